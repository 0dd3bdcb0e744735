"""The questions that a room offers: they come from the lessons and from the core, in both languages, and can be kept."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from rnn_core.studies.gradients import RNNSetup, gradient_norms
from rnn_core.studies.practice.sketches import SKETCHES
from rnn_core.studies.practice.value_tasks import VALUE_TASKS, value_exercise
from tests.selection import quick
from tests.ui.classroom.client import CHOICE, NUMBER, ORDER, SKETCH
from ui.classroom.room import limits, offered, plan
from ui.classroom.room.export import answers_as_csv, harmless
from ui.classroom.room.formulas import UnknownCommand, formula, plain_marks
from ui.classroom.room.offered import Offer
from ui.classroom.room.own_question import order_question
from ui.classroom.room.questions import dumps, loads, question_of
from ui.classroom.room.rooms import Rooms, Stop, read_stops
from ui.classroom.room.sqlite_store import SQLiteStore
from ui.classroom.room.teaching import ACTIONS
from ui.i18n import LANGUAGES
from ui.widgets.tours import shipped

OFFERS: dict[str, Mapping[str, Offer]] = {
    "sketches": offered.sketches(),
    "lesson questions": offered.lesson_questions(),
    "exercises": offered.exercises(),
}
EVERY = [f"{kind}/{name}" for kind, offers in OFFERS.items() for name in offers]
SOME = EVERY[::9]


@pytest.mark.parametrize("offer", quick(SOME, [each for each in EVERY if each not in SOME]))
def test_an_offered_question_can_be_asked_and_its_right_answer_is_right(offer: str) -> None:
    kind, name = offer.split("/")
    stop = OFFERS[kind][name].make(3)
    question = stop.question
    assert question is not None
    text = dumps(question.as_json())
    assert question_of(loads(text)) == question
    for mark in ("$", "\\\\", "{,"):
        assert mark not in text, (mark, text)
    assert len(text) < limits.LONGEST_PLAN / limits.MOST_STOPS
    assert question.right is not None
    assert question.is_right(question.right) is (None if question.kind == "sketch" else True)
    assert question.words["en"].text != question.words["zh"].text or kind == "sketches"
    assert all(stop.title.values())
    for lang in LANGUAGES:
        assert "right" not in question.public(lang)


def test_the_offered_curves_and_numbers_are_the_cores() -> None:
    gradient = OFFERS["sketches"]["gradient"].make(5).question
    assert gradient is not None
    norms = np.asarray(gradient_norms(RNNSetup("singular", 2.0, "tanh", 100, 16), range(5, 13)).h)[:, ::-1]
    np.testing.assert_allclose(np.array(gradient.right), norms[0], rtol=1e-5)
    np.testing.assert_allclose(np.array(gradient.curves[1:]), norms[1:], rtol=1e-5)
    gate = OFFERS["sketches"]["forget_gate"].make(2).question
    assert gate is not None
    np.testing.assert_allclose(np.array(gate.right), SKETCHES["forget_gate"].curve(2).values, rtol=1e-5)
    name = next(iter(VALUE_TASKS))
    number = OFFERS["exercises"][name].make(1).question
    assert number is not None
    assert number.right == value_exercise(name, 1).answer


def test_formulas_become_marks_and_an_unknown_command_is_noticed() -> None:
    assert (
        plain_marks(r"**If** $\ink{h}{h_{t-1}}$ is $-\tfrac{1}{2}$, $W_{hh}^2$ is `4`")
        == "**If** h_{t−1} is −1/2, W_{hh}^{2} is 4"
    )
    assert formula(r"W = \begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}") == "W = (1 −2; 3 4)"
    with pytest.raises(UnknownCommand):
        formula(r"\unheard{x}")


@pytest.mark.parametrize("name", [*shipped.names(), *shipped.plan_names()])
def test_a_tour_becomes_stops_that_can_be_kept(name: str) -> None:
    tour = shipped.shipped_tour(name)
    found = plan.stops(tour)
    assert read_stops([stop.as_json() for stop in found]) == found
    assert len(found) == len(tour.steps)
    assert [stop.question is not None for stop in found] == [step.ask is not None for step in tour.steps]
    assert all(stop.view or (stop.question and stop.question.view) for stop in found)


def test_a_stop_of_a_plan_keeps_its_minutes_its_note_and_an_open_question() -> None:
    tour = shipped.shipped_tour("fading")
    found = plan.stops(tour)
    assert [stop.minutes for stop in found] == [step.minutes for step in tour.steps]
    assert [stop.note for stop in found if any(stop.note.values())] == [
        dict(step.note.by_language) for step in tour.steps if step.note.by_language
    ]
    [asked] = [stop.question for stop, step in zip(found, tour.steps, strict=True) if step.ask and not step.ask.answers]
    assert asked is not None
    assert (asked.right, asked.is_right(0), asked.words["zh"].options) == (None, None, ("我有答案了", "我还没有答案"))
    assert asked.words["en"].reason


def test_an_order_of_the_teachers_own_is_shown_in_another_order() -> None:
    for items in (["a", "b", "c"], ["c", "b", "a"], ["b", "b", "a"]):
        question = order_question("Which order?", items)
        assert isinstance(question.right, tuple)
        options = question.words["en"].options
        assert [options[int(at)] for at in question.right] == items
        assert list(options) != items


def test_the_table_of_answers_holds_all_of_them_and_no_formula(tmp_path: Path) -> None:
    rooms = Rooms(SQLiteStore(tmp_path / "rooms.sqlite3"))
    code, key = rooms.open()
    questions = (CHOICE, NUMBER, ORDER, SKETCH)
    room = rooms.of_teacher(code, key)
    titles = {lang: "=1+1" for lang in LANGUAGES}
    rooms.set_stops(room, tuple(Stop(str(at), titles, each) for at, each in enumerate(questions)))
    rooms.join(code, "one", '=HYPERLINK("http://evil.example")')
    for round_, sent in enumerate((1, -0.5, [1, 0, 2], [0.25] * limits.POINTS), 1):
        room = rooms.room(code)
        rooms.set_stage(room, ACTIONS["next"](room, ""))
        assert rooms.answer(code, round_, "one", sent) == "kept"
    table = list(csv.reader(io.StringIO(answers_as_csv(rooms, rooms.room(code)).decode("utf-8-sig"))))
    assert [row[0] for row in table[1:]] == ["1", "2", "3", "4"]
    assert [row[5] for row in table[1:]] == ["forget", "-0.5", "f > c > h", " ".join(["0.25"] * limits.POINTS)]
    assert [row[6] for row in table[1:]] == ["yes", "no", "yes", ""]
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "@"))]
    assert [harmless(cell) for cell in ("-1e-3", "-1+1", "  =1", "@x", "\t=1", "5")] == ["-1e-3", "'-1+1", "'  =1", "'@x", "'\t=1", "5"]  # fmt: skip
