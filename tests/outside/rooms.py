"""The readers of rooms: messages of any browser, a list that a store has kept, and what a teacher types."""

import json
from typing import Any

from tests.outside.browser import through_the_door
from tests.outside.reader import Reader
from tests.ui.classroom.client import CHOICE, NUMBER, ORDER, SKETCH
from ui.browser import door
from ui.classroom.room import limits
from ui.classroom.room.codes import read_code
from ui.classroom.room.own_question import Unfinished, written_question
from ui.classroom.room.questions import dumps, loads, read_answer, view_of
from ui.classroom.room.rooms import Stop, read_stops
from ui.classroom.room.routes import nickname

QUESTIONS = {each.kind: each for each in (CHOICE, NUMBER, ORDER, SKETCH)}
ANSWERS = {"choice": 1, "number": -0.5, "order": [2, 0, 1], "sketch": [0.25] * limits.POINTS}
STOPS = [Stop(kind, {"en": kind, "zh": kind}, each, "lstm?preset=latch").as_json() for kind, each in QUESTIONS.items()]


def answered(sent: Any) -> object:
    if not isinstance(sent, dict) or sent.get("kind") not in list(QUESTIONS):
        raise door.Refused
    return read_answer(QUESTIONS[sent["kind"]], sent.get("answer"))


def of_message(text: Any) -> object:
    return answered(loads(text if isinstance(text, str) else text.decode(errors="replace")))


def typed(sent: Any) -> object:
    kind, text, fields = (sent.get(name) if isinstance(sent, dict) else None for name in ("kind", "text", "fields"))
    names = ("lines", "right", "slack", "x", "x_low", "x_high", "y", "y_low", "y_high")
    if kind not in list(QUESTIONS) or not isinstance(text, str) or not isinstance(fields, dict):
        raise door.Refused
    if not all(isinstance(fields.get(name), str) for name in names):
        raise door.Refused
    return written_question(kind, text, fields)


FIELDS = {
    "lines": "a\n* b\nc",
    "right": "0,5",
    "slack": "",
    "x": "t",
    "x_low": "0",
    "x_high": "9",
    "y": "h",
    "y_low": "-1",
    "y_high": "1",
}
ROOMS = (
    Reader("an answer in a room", through_the_door(answered), tuple({"kind": kind, "answer": ANSWERS[kind]} for kind in QUESTIONS), (door.Refused,)),
    Reader("a message to a room", of_message, tuple(json.dumps({"kind": kind, "answer": ANSWERS[kind]}) for kind in QUESTIONS), (door.Refused,)),
    Reader("the list of a room", lambda text: read_stops(loads(text)), (dumps(STOPS), dumps(STOPS[:1])), (door.Refused,)),
    Reader("a view for all", through_the_door(view_of), ("gradients?size=2&seed=3", "https://a.b/c/lstm?preset=latch", "home"), (door.Refused,)),
    Reader("the code of a room", read_code, ("ab2c3", "AB2-C3", " a b 2 c 3 "), enters=("room", "key")),
    Reader("a nickname", nickname, ("Ada", "小明", " a\tb ")),
    Reader(
        "a question of the teacher's own",
        typed,
        tuple({"kind": kind, "text": "Which?", "fields": FIELDS} for kind in QUESTIONS),
        (door.Refused, Unfinished),
        ("own_text", "own_options", "own_items"),
    ),
)  # fmt: skip
