"""The life of a room, over any store: who may do what, and what everybody is shown.

A room has a list of stops, each a question or a view, and a stage: the stop that is shown, which questions have been asked in
which round, and the view to which all are brought.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from time import time
from typing import Any

from ui.browser import door
from ui.classroom.room import codes, limits
from ui.classroom.room.questions import Question, dumps, loads, question_of, read_answer, view_of
from ui.classroom.room.store import Kept, RoomStore, StoredAnswer, StoredRoom, Versions
from ui.i18n import LANGUAGES, Language


class RoomProblem(Exception):
    """A request that the room refuses; `reason` names the sentence that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


NO_ROOM, NOT_YOURS, TOO_MANY_ROOMS, FULL, TOO_LONG, TOO_OFTEN, NOT_KEPT = (
    "no room", "not yours", "too many rooms", "full", "too long", "too often", "not kept"
)  # fmt: skip


@dataclass(frozen=True)
class Stop:
    id: str
    title: Mapping[Language, str]
    question: Question | None = None
    view: str = ""
    minutes: int = 0  # of a lesson plan; 0 for none
    note: Mapping[Language, str] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, ""))  # for the teacher alone

    def as_json(self) -> dict[str, Any]:
        question = None if self.question is None else self.question.as_json()
        return {
            "id": self.id,
            "title": dict(self.title),
            "question": question,
            "view": self.view,
            "minutes": self.minutes,
            "note": dict(self.note),
        }


_text = door.record(**dict.fromkeys(LANGUAGES, door.text(limits.LONGEST_TEXT)))
_stop = door.record(
    id=door.text(40),
    title=_text,
    question=door.optional(question_of),
    view=view_of,
    minutes=door.whole(0, limits.MOST_MINUTES),
    note=_text,
)
_stops = door.several(lambda sent: Stop(**_stop(sent)), 0, limits.MOST_STOPS)


@dataclass(frozen=True)
class Stage:
    stop: str = ""  # none before the first question
    rounds: Mapping[str, int] = field(default_factory=dict)  # of every stop whose question was asked the newest round
    revealed: tuple[int, ...] = ()  # rounds
    last: int = 0  # the newest round of all
    view: str = ""  # all are brought to this view
    is_blank: bool = False

    @property
    def round(self) -> int:
        return self.rounds.get(self.stop, 0)

    @property
    def is_open(self) -> bool:
        return self.round > 0 and self.round not in self.revealed


@dataclass(frozen=True)
class Room:
    code: str
    key: str  # a digest
    ends: float
    versions: Versions
    stage: Stage
    stops: tuple[Stop, ...]

    @property
    def stop(self) -> Stop | None:
        return next((stop for stop in self.stops if stop.id == self.stage.stop), None)

    @property
    def question(self) -> Question | None:
        return None if self.stop is None else self.stop.question

    @property
    def is_revealed(self) -> bool:
        return self.question is not None and self.stage.round in self.stage.revealed


@dataclass(frozen=True)
class Given:
    name: str
    answer: Any  # as `read_answer` has read it


class Rooms:
    def __init__(self, store: RoomStore, clock: Callable[[], float] = time) -> None:
        self.store, self._clock = store, clock
        self._read: dict[str, Room] = {}  # the newest reading of each room: most questions find nothing new

    def open(self, stops: tuple[Stop, ...] = ()) -> tuple[str, str]:
        """The code and the key of a new room with this list."""
        key, plan = codes.new_secret(), _written(stops)
        for _ in range(20):
            code, now = codes.new_code(), self._clock()
            made = self.store.create(code, codes.digest(key), now, now + limits.LIFETIME, limits.MOST_ROOMS)
            if made == "made":
                if stops:
                    self.store.set_plan(code, plan)
                return code, key
            if made == "full":
                break
        raise RoomProblem(TOO_MANY_ROOMS)

    def versions(self, code: str) -> Versions | None:
        return self.store.versions(code, self._clock())

    def room(self, code: str) -> Room:
        versions = self.versions(code)
        if versions is None:
            self._read.pop(code, None)
            raise RoomProblem(NO_ROOM)
        known = self._read.get(code)
        if known is not None and known.versions.stage == versions.stage and known.ends > self._clock():
            return replace(known, versions=versions)
        stored = self.store.room(code, self._clock())
        if stored is None:
            raise RoomProblem(NO_ROOM)
        if len(self._read) > limits.MOST_ROOMS:
            self._read.clear()
        self._read[code] = room = _room_of(code, stored)
        return room

    def of_teacher(self, code: str, key: str) -> Room:
        room = self.room(code)
        if not codes.fits(key, room.key):
            raise RoomProblem(NOT_YOURS)
        return room

    def join(self, code: str, student: str, name: str) -> None:
        if not self.store.join(code, student, name, limits.MOST_STUDENTS):
            raise RoomProblem(FULL)

    def answer(self, code: str, round_: int, student: str, sent: object) -> Kept:
        """Raises `door.Refused` where the question takes no such answer."""
        room = self.room(code)
        if room.question is None or round_ != room.stage.round or not room.stage.is_open:
            return "late"
        return self.store.answer(code, round_, student, dumps(read_answer(room.question, sent)))

    def counts(self, room: Room) -> tuple[int, int]:
        return self.store.counts(room.code, room.stage.round)

    def answers(self, room: Room, stop: Stop | None = None) -> list[Given]:
        """To the question of this stop, or of the one that is shown."""
        stop = stop or room.stop
        if stop is None or stop.question is None or stop.id not in room.stage.rounds:
            return []
        return _given(stop.question, self.store.answers(room.code, room.stage.rounds[stop.id]))

    def set_stops(self, room: Room, stops: tuple[Stop, ...]) -> None:
        self.store.set_plan(room.code, _written(stops))

    def set_stage(self, room: Room, stage: Stage) -> None:
        text = dumps(asdict(stage) | {"rounds": dict(stage.rounds)})
        self.store.set_stage(room.code, text, stage.round, stage.is_open)

    def end(self, room: Room) -> None:
        self.store.end(room.code)
        self._read.pop(room.code, None)


def _room_of(code: str, stored: StoredRoom) -> Room:
    kept = loads(stored.stage) or {}
    stage = Stage(**{**kept, "revealed": tuple(kept.get("revealed", ()))})
    return Room(code, stored.key, stored.ends, stored.versions, stage, read_stops(loads(stored.plan) or []))


def _written(stops: tuple[Stop, ...]) -> str:
    """A list as it is kept; RoomProblem where it could not be read again."""
    text = dumps([stop.as_json() for stop in stops])
    if len(stops) > limits.MOST_STOPS or len(text) > limits.LONGEST_PLAN:
        raise RoomProblem(TOO_LONG)
    try:
        read_stops(loads(text))
    except door.Refused:
        raise RoomProblem(NOT_KEPT) from None
    return text


def read_stops(found: object) -> tuple[Stop, ...]:
    """Or `door.Refused`."""
    stops = _stops(found)
    if len({stop.id for stop in stops}) < len(stops):
        raise door.Refused
    return stops


def _given(question: Question, stored: list[StoredAnswer]) -> list[Given]:
    found = []
    for each in stored:
        try:
            found.append(Given(each.name, read_answer(question, loads(each.answer))))
        except door.Refused:  # of a question that was exchanged under the same name
            continue
    return found
