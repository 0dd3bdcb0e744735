"""Every link of docs/facts.md opens a view of the app that knows each of its settings."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.charts import opened, parts, selected
from tests.repository import ROOT
from ui.shell import site

FACTS = ROOT / "docs" / "facts.md"
LINKS = sorted(set(re.findall(r"`/([a-z]+(?:\?[^`]*)?)`", FACTS.read_text(encoding="utf-8"))))


def test_the_table_lists_every_fact_of_these_pages() -> None:
    reported = {int(number) for number in re.findall(r"^\| (\d+)\.", FACTS.read_text(encoding="utf-8"), re.MULTILINE)}
    assert {*range(1, 9), 16, 17} <= reported


OF_THE_DIAGRAM = {"step", "value", "direction"}  # the browser reads these from the address


@pytest.mark.parametrize("link", LINKS)
def test_a_link_of_the_table_opens_what_it_names(link: str) -> None:
    address = urlsplit(link)
    assert address.path in {page.slug for page in site.PAGES}
    query = parse_qs(address.query)
    app = opened(address.path, **{name: values if len(values) > 1 else values[0] for name, values in query.items()})
    assert not app.error
    assert not app.warning
    assert parts(app)
    for name, values in query.items():
        if name not in {"preset", *OF_THE_DIAGRAM}:
            assert said(app.session_state[name]) == values, name
    if "preset" in query and address.path == "gradients" and len(query) == 1:
        assert selected(app) == query["preset"][0]


def said(value: object) -> list[str]:
    """A widget's value as the link writes it."""
    several = value if isinstance(value, list | tuple) else [value]
    return [f"{each:g}" if isinstance(each, float) else str(each) for each in several]
