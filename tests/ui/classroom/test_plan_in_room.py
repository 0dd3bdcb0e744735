"""The questions of a lesson plan in a room: what is asked, which answers are right, and that the store reads them back."""

import pytest

from ui.classroom.room.limits import POINTS
from ui.classroom.room.plan import stops
from ui.classroom.room.questions import Answer, Question, dumps, loads, question_of, read_answer
from ui.widgets.tours.tour import read_tour

HEAD = 'en = "Mine"\n[[steps]]\nview = "lstm?bias=3"\nen = "One"\n[steps.ask]\nen = "Which?"\nzh = "哪个？"\nreason = { en = "So." }\n'
ORDER = 'items = [{ en = "alpha", zh = "丙" }, { en = "beta", zh = "甲" }, { en = "gamma", zh = "乙" }]'


def asked(form: str) -> Question:
    [stop] = stops(read_tour((HEAD + form).encode()))
    assert stop.question is not None
    assert stop.view == ""
    assert stop.question.view == "lstm?bias=3"
    return question_of(loads(dumps(stop.question.as_json())))


@pytest.mark.parametrize(
    ("form", "kind", "right", "wrong"),
    [
        ("number = { right = 8, within = 0.5 }", "number", 8.4, 8.6),
        ("number = { right = 200 }", "number", 201.9, 202.1),
        (ORDER, "order", [2, 1, 0], [0, 1, 2]),  # they are shown backwards, because their names are in the right order
    ],
)
def test_a_right_answer_is_told_from_a_wrong_one(form: str, kind: str, right: object, wrong: object) -> None:
    question = asked(form)
    assert question.kind == kind
    assert [question.is_right(read_answer(question, answer)) for answer in (right, wrong)] == [True, False]


def test_an_order_has_the_same_places_in_both_languages() -> None:
    words = asked(ORDER).words
    assert words["en"].options == ("gamma", "beta", "alpha")
    assert words["zh"].options == ("乙", "甲", "丙")


def test_a_sketch_has_axes_and_nothing_is_right_or_wrong() -> None:
    question = asked('sketch = { x = [0, 20], y = [-1, 1], x_name = { en = "time step", zh = "时间步" } }')
    assert question.axes is not None
    assert (question.axes.x, question.axes.y) == ((0.0, 20.0), (-1.0, 1.0))
    assert (question.words["zh"].x, question.words["zh"].y) == ("时间步", "")
    answer: Answer = read_answer(question, [0.25] * POINTS)
    assert question.is_right(answer) is None
    assert question.solution("en")["reason"] == "So."


def test_a_number_without_a_right_answer_is_only_counted() -> None:
    question = asked("number = {}")
    assert question.is_right(read_answer(question, 3.5)) is None
