"""The ready lesson plans: what they show exists, in both languages; and a plan is saved and read back as it is."""

import pytest

from tests.ui.widgets.tours.numbers_of_tours import computed
from tests.ui.widgets.tours.test_shipped import SMALL, numbers, steps, texts
from ui.widgets.tours import shipped, tips
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import pack, read_tour, unpack
from ui.widgets.tours.write import write_tour

TOURS = {(step.page, step.query, step.target) for _name, _stop, step in steps()}
OF_PLANS = [(name, step) for name in shipped.plan_names() for step in shipped.shipped_tour(name).steps]
ASKED = {"70", "7", "90", "45", "73", "40", "6"}  # wrong answers, and lessons of a course


def test_there_is_a_lesson_of_45_minutes_and_a_course_of_six() -> None:
    assert shipped.plan_names() == (*(f"course_{number}" for number in range(1, 7)), "fading")
    for name in shipped.plan_names():
        plan = shipped.shipped_tour(name)
        assert plan.is_lesson
        assert sum(step.minutes or 0 for step in plan.steps) == 45
        assert sum(step.ask is not None for step in plan.steps) >= 2
    assert set(shipped.plan_names()) & set(shipped.names()) == set()


def test_every_text_is_written_in_both_languages() -> None:
    assert all(len(shipped.shipped_tour(name).title.by_language) == 2 for name in shipped.plan_names())
    for name, step in OF_PLANS:
        assert all(len(text.by_language) == 2 for text in (*texts(step), step.note)), (name, step.query)


def test_every_number_is_a_setting_or_computed_for_a_tour() -> None:
    of_core = {number for found in computed().values() for number in found} | SMALL | ASKED
    for name, step in OF_PLANS:
        known = of_core | {value for _name, value in step.query} | ({f"{step.goal.least:g}"} if step.goal else set())
        said = " ".join(text for words in texts(step) for _lang, text in words.by_language)
        assert set(numbers(said)) - known == set(), (name, step.query)


def test_every_view_and_target_is_one_that_the_test_of_tours_opens() -> None:
    assert [(name, step.query) for name, step in OF_PLANS if (step.page, step.query, step.target) not in TOURS] == []


@pytest.mark.parametrize("name", [*shipped.plan_names(), "lstm", "clipping"])
def test_a_plan_is_written_and_read_back(name: str) -> None:
    plan = shipped.shipped_tour(name)
    assert read_tour(write_tour(plan)) == plan
    assert read_tour(unpack(pack(write_tour(plan)))) == plan


OPEN = 'en = "Mine"\n[[steps]]\nview = "lstm"\nen = "One"\nminutes = 5\nhide = true\nnote = { en = "a \\"quote\\" \\\\" }\n[steps.ask]\nen = "Why?"\n'


def test_an_open_question_needs_no_answers() -> None:
    [step] = read_tour(OPEN.encode()).steps
    assert step.ask is not None
    assert (step.ask.answers, step.hide, step.minutes, str(step.note)) == ((), True, 5, 'a "quote" \\')
    assert read_tour(write_tour(read_tour(OPEN.encode()))) == read_tour(OPEN.encode())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes = 5", "minutes = 0", "from 1 to 600"),
        ("hide = true", 'hide = "yes"', "true or false"),
        ("note = {", "note = { de = 'x', ", "no field `de`"),
    ],
)
def test_what_a_plan_cannot_have_is_told(old: str, new: str, said: str) -> None:
    with pytest.raises(TourProblem, match=said):
        read_tour(OPEN.replace(old, new).encode())


def test_every_page_with_a_tour_has_tips_for_teachers() -> None:
    lacking = set(shipped.names()) - {shipped.WHOLE_APP, "home", "vision"} - set(tips.pages())
    assert lacking == set()
    assert all(tip is not None and len(tip.lines()) == 3 for tip in map(tips.of_page, tips.pages()))


FORMS = {
    "number": "number = { right = 8, within = 0.5 }",
    "order": 'items = [{ en = "b", zh = "乙" }, { en = "a", zh = "甲" }, { en = "c", zh = "丙" }]',
    "sketch": 'sketch = { x = [0, 20], y = [-1, 1.5], x_name = { en = "t" } }',
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_plan_may_ask_for_a_number_an_order_or_a_sketch(kind: str) -> None:
    plan = read_tour((OPEN + FORMS[kind]).encode())
    ask = plan.steps[0].ask
    assert ask is not None
    assert ask.kind == kind
    assert read_tour(unpack(pack(write_tour(plan)))) == plan


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (FORMS["number"] + "\n" + FORMS["order"], "only one of `answers`"),
        ('number = { right = "8" }', "`right` and `within` are numbers"),
        ("number = { right = nan }", "`right` and `within` are numbers"),
        ("number = { right = 1, within = -1 }", "is not negative"),
        ("number = 8", "a table is expected"),
        ("number = { right = true }", "`right` and `within` are numbers"),
        ('items = [{ en = "a" }]', "`items` has 2 to 8 texts"),
        ('items = [{ en = "a" }, { en = "a" }]', "two of `items` are the same"),
        ('items = ["a", "b"]', "a table is expected"),
        ("sketch = { x = [0, 1] }", "the field `y` is missing"),
        ("sketch = { x = [1, 1], y = [0, 1] }", "`x` is a list of two numbers"),
        ("sketch = { x = [0, inf], y = [0, 1] }", "`x` is a list of two numbers"),
        ("sketch = { x = [0, 1e300], y = [0, 1] }", "`x` is a list of two numbers"),
        ("sketch = { x = 3, y = [0, 1] }", "`x` is a list of two numbers"),
        (f'sketch = {{ x = [0, 1], y = [0, 1], x_name = {{ en = "{"t" * 61}" }} }}', "at most 60 characters"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told(form: str, said: str) -> None:
    with pytest.raises(TourProblem, match=said):
        read_tour((OPEN + form).encode())
