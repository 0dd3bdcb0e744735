"""Editing a lesson plan: every change gives a plan that can be read again, and students get no notes."""

import pytest

from ui.classroom.plans import edit
from ui.classroom.plans.stop_editor import read_answers
from ui.i18n import using_language
from ui.widgets.tours import shipped
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import read_tour
from ui.widgets.tours.write import write_tour

PLAN = shipped.shipped_tour("fading")


def test_views_are_added_moved_and_deleted() -> None:
    with using_language("en"):
        plan = edit.with_view(edit.empty_plan(), "lstm?preset=leak&bias=2&lang=zh&tour=own&hide=1", "LSTM")
        plan = edit.checked(edit.with_view(plan, "gru?", "GRU"))
    assert [(step.page, step.query) for step in plan.steps] == [
        ("lstm", (("preset", "leak"), ("bias", "2"))),
        ("gru", ()),
    ]
    assert edit.minutes_of(edit.with_minutes(plan, 0, 12)) == 17
    assert [step.page for step in edit.moved(plan, 0, 1).steps] == ["gru", "lstm"]
    assert edit.moved(plan, 0, -1) == plan
    assert [step.page for step in edit.without(plan, 0).steps] == ["gru"]


def test_the_other_language_stays_when_one_is_edited() -> None:
    with using_language("zh"):
        fields = edit.fields_of(PLAN.steps[3])
        assert edit.with_fields(PLAN, 3, fields) == PLAN
        changed = edit.checked(edit.with_fields(PLAN, 3, edit.Fields(**{**vars(fields), "question": "为什么？"})))
    ask = changed.steps[3].ask
    assert ask is not None
    assert dict(ask.text.by_language) == {"en": dict(PLAN.steps[3].ask.text.by_language)["en"], "zh": "为什么？"}  # type: ignore[union-attr]


def test_a_question_becomes_open_and_goes() -> None:
    with using_language("en"):
        fields = vars(edit.fields_of(PLAN.steps[3]))
        open_one = edit.checked(edit.with_fields(PLAN, 3, edit.Fields(**{**fields, "kind": "open"})))
        none = edit.checked(edit.with_fields(PLAN, 3, edit.Fields(**{**fields, "kind": "none"})))
        with pytest.raises(TourProblem, match="2 to 6 answers"):
            edit.checked(edit.with_fields(PLAN, 3, edit.Fields(**{**fields, "answers": ("one",)})))
    assert open_one.steps[3].ask is not None
    assert open_one.steps[3].ask.answers == ()
    assert none.steps[3].ask is None


def test_students_get_no_notes() -> None:
    copy = read_tour(write_tour(edit.for_students(PLAN)))
    assert b"note" not in write_tour(copy)
    assert [(step.text, step.ask, step.hide) for step in copy.steps] == [
        (step.text, step.ask, step.hide) for step in PLAN.steps
    ]


def test_answers_are_lines_and_a_star_marks_the_right_one() -> None:
    assert read_answers("falls\n\n* grows \nstays\n *") == (("falls", "grows", "stays"), 1)
    assert read_answers("") == ((), 0)


NUMBER, AXES = (
    {"right": "0,5", "slack": ""},
    {"x": "t", "x_low": "0", "x_high": "9", "y": "h", "y_low": "-1", "y_high": "1"},
)


def test_a_question_becomes_a_number_an_order_and_a_sketch_and_is_shown_as_it_was_typed() -> None:
    with using_language("en"):
        fields = vars(edit.fields_of(PLAN.steps[3]))

        def asking(**changed: object) -> edit.Fields:
            plan = edit.checked(edit.with_fields(PLAN, 3, edit.Fields(**{**fields, **changed})))
            return edit.fields_of(plan.steps[3])

        number = asking(kind="number", number=NUMBER)
        assert (number.kind, number.number, number.answers) == ("number", {"right": "0.5", "slack": ""}, ())
        order = asking(kind="order", items=("c", "a", "b"))
        assert (order.kind, order.items, order.number) == ("order", ("c", "a", "b"), {"right": "", "slack": ""})
        sketch = asking(kind="sketch", sketch=AXES)
        assert (sketch.kind, sketch.sketch) == ("sketch", AXES)
        for changed, said in (
            ({"kind": "number", "number": {"right": "many", "slack": ""}}, "“many” is not a number"),
            ({"kind": "sketch", "sketch": AXES | {"x_low": "9"}}, "from a smaller number"),
            ({"kind": "order", "items": ("a",)}, "`items` has 2 to 8 texts"),
        ):
            with pytest.raises(TourProblem, match=said):
                asking(**changed)
