"""The tours of the app: every page, setting and element that a step names exists, in both languages; numbers are computed."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.charts import opened
from tests.repository import ROOT
from tests.ui.widgets.tours.numbers_of_tours import computed
from ui.widgets.tours import shipped
from ui.widgets.tours.fields import Words
from ui.widgets.tours.tour import Step

PAGES = [
    "home",
    "before",
    "rnn",
    "answer",
    "lstm",
    "gru",
    "compare",
    "states",
    "gates",
    "bptt",
    "gradients",
    "clipping",
    "variants",
    "lab",
    "runs",
    "experiments",
    "text",
    "forecast",
    "sentiment",
    "speech",
    "recommend",
    "vision",
    "multimodal",
    "translate",
    "caption",
    "watch",
    "finding",
    "inside",
    "after",
]
NUMBER = re.compile(r"(?<![A-Za-z\d.,])\d[\d,]*(?:\.\d+)?")
SMALL = {"0", "1", "2", "−1"}  # counts and marks that no setting changes


def steps() -> Iterator[tuple[str, int, Step]]:
    for name in shipped.names():
        for stop, step in enumerate(shipped.shipped_tour(name).steps, 1):
            yield name, stop, step


def texts(step: Step) -> list[Words]:
    ask = step.ask
    return [step.text, *([ask.text, *ask.answers, ask.reason] if ask else [])]


def test_every_main_page_has_a_tour_and_one_goes_through_the_whole_app() -> None:
    assert {*PAGES, shipped.WHOLE_APP} == set(shipped.names())
    assert shipped.names()[0] == shipped.WHOLE_APP
    for page in PAGES:
        tour = shipped.shipped_tour(page)
        assert 3 <= len(tour.steps) <= 7
        assert {step.page for step in tour.steps} == {page}
    course = shipped.shipped_tour(shipped.WHOLE_APP)
    assert course.minutes == 15
    assert len({step.page for step in course.steps}) > 12


def test_every_text_is_written_in_both_languages() -> None:
    for name in shipped.names():
        assert len(shipped.shipped_tour(name).title.by_language) == 2
    for name, stop, step in steps():
        assert all(len(text.by_language) == 2 for text in texts(step)), (name, stop)


def test_every_target_is_the_key_of_an_element() -> None:
    """By the source alone; the long test below looks at the pages."""
    sources = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    literals = {
        node.value
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = literals | {f"dial_{text}" for text in literals} | {"lines_h", "lines_c", "states_rnn", "cards_cells"}
    assert {step.target for _name, _stop, step in steps()} - made == set()


def numbers(text: str) -> list[str]:
    return [found.rstrip(",") for found in NUMBER.findall(text)]


def test_every_number_is_a_setting_of_its_view_or_computed_and_the_same_in_both_languages() -> None:
    of_core = computed()
    for name, stop, step in steps():
        goal = step.goal
        bounds = [] if goal is None else [bound for bound in (goal.least, goal.most) if bound is not None]
        settings = {value for _name, value in step.query} | {f"{bound:g}" for bound in bounds}
        known = settings | SMALL | set(of_core.get((name, stop), ()))
        said = [step.text, *([step.ask.reason] if step.ask else [])]
        english, chinese = (" ".join(dict(words.by_language)[lang] for words in said) for lang in ("en", "zh"))
        assert set(numbers(english)) - known == set(), (name, stop)
        assert set(numbers(chinese)) - known == set(), (name, stop)
    assert of_core.keys() <= {(name, stop) for name, stop, _step in steps()}


@pytest.mark.parametrize("name", shipped.names())
def test_every_view_opens_as_its_link_says(name: str) -> None:
    for step in shipped.shipped_tour(name).steps:
        app = opened(step.page, "en", **dict(step.query))
        reported = [warning.value for warning in app.warning]
        assert reported == [], (name, step.query)
        keys = {re.sub(r"^\$\$ID-[0-9a-f]+-", "", found) for found in _ids(app._tree)}
        assert step.target in keys, (name, step.query, step.target)


def _ids(node: object) -> Iterator[str]:
    yield str(getattr(getattr(node, "proto", None), "id", ""))
    for child in getattr(node, "children", {}).values():
        yield from _ids(child)
