"""Every link in the app that names a view opens that view, from the page that contains it and from the page that it names."""

from collections.abc import Mapping
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.lab.comparison import Comparison
from rnn_core.lab.experiments import EXPERIMENTS
from tests.charts import opened
from ui.lab.comparison.controls import LINK as COMPARED
from ui.links.door import FOLLOWED
from ui.shell import site

# Where a page's links depend on its view, all of these are looked at.
VIEWS: list[tuple[str, dict[str, str]]] = [
    *((page.slug, {}) for page in site.PAGES),
    ("variants", {"view": "forms"}),
    ("variants", {"view": "forms", "input": "silence", "init": "chrono", "H": "20", "T": "90", "seed": "3"}),
    *(("experiments", {"story": story}) for story in EXPERIMENTS),
]
Query = dict[str, str]


def links(app: AppTest) -> list[tuple[str, Query]]:
    """The links that name more than a page: the page, and what they ask for."""
    found = []
    for link in app.get("page_link"):
        query = {name: values[-1] for name, values in parse_qs(link.proto.query_string).items()}
        query.pop("lang", None)
        if query:
            found.append((link.proto.page or "home", query))
    return found


def follow(app: AppTest, slug: str, query: Mapping[str, str]) -> AppTest:
    """What the browser does at a click on a link."""
    here = app.session_state["page"] == slug
    app.query_params.clear()
    app.query_params.update({"lang": "en", **query})
    return app.run() if here else app.switch_page(f"pages/{slug}.py").run()


def says(value: object, text: str) -> bool:
    """Whether a link writes a widget's value so."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(text) == value
    return str(value).lower() == text.lower()


def shows(app: AppTest, query: Mapping[str, str]) -> None:
    assert not app.exception
    assert not app.error
    assert not app.warning
    assert FOLLOWED not in app.query_params
    for name, text in query.items():
        if name == COMPARED:
            assert app.session_state["runs_comparison"] == Comparison.unpack(text)
        elif name != FOLLOWED:
            assert says(app.session_state[name], text), name


@pytest.fixture(scope="module")
def all_links() -> list[tuple[str, Query, str, Query]]:
    return [(slug, view, *link) for slug, view in VIEWS for link in links(opened(slug, **view))]


def test_the_links_are_found(all_links: list[tuple[str, Query, str, Query]]) -> None:
    assert {(source, target) for source, _view, target, _query in all_links} >= {
        ("gru", "gru"),
        ("variants", "lstm"),
        ("experiments", "lab"),
        ("experiments", "runs"),
    }


def test_a_link_leads_to_the_view_that_it_names(all_links: list[tuple[str, Query, str, Query]]) -> None:
    for source, view, target, query in all_links:
        shows(follow(opened(source, **view), target, query), query)


def test_a_link_leads_to_its_view_also_from_the_page_that_it_names(
    all_links: list[tuple[str, Query, str, Query]],
) -> None:
    unlike = {target: query for _source, _view, target, query in all_links}
    for target, query in unlike.items():
        shows(follow(opened(target), target, {**query, FOLLOWED: "1"}), query)


def test_a_link_to_its_own_page_reports_that_it_was_followed(all_links: list[tuple[str, Query, str, Query]]) -> None:
    for source, _view, target, query in all_links:
        assert (FOLLOWED in query) == (source == target)


def test_a_link_to_its_own_page_works_repeatedly() -> None:
    app = opened("gru")
    [(slug, query)] = [(slug, query) for slug, query in links(app) if slug == "gru"]
    shows(follow(app, slug, query), query)
    app.query_params.clear()
    app.query_params.update({"lang": "en", "preset": "random"})
    app.session_state["preset"] = "ignore"
    assert app.run().session_state["preset"] == "ignore"
    shows(follow(app, slug, query), query)
