"""What a room shows, as the browsers receive it: students, and the teacher's projector."""

from collections.abc import Sequence
from typing import Any

from ui.classroom.room.rooms import Given, Room, Rooms
from ui.i18n import Language


def student_state(rooms: Rooms, room: Room, lang: Language) -> dict[str, Any]:
    """The same for all students of a language, so that it is made once for all of them."""
    question, stage = room.question, room.stage
    shown: dict[str, Any] = {
        "version": room.versions.stage,
        "round": stage.round,
        "view": stage.view,
        "ends": room.ends,
    }
    if question is None:
        return shown | {"phase": "waiting", "question": None}
    shown |= {"phase": "shown" if room.is_revealed else "asking", "question": question.public(lang)}
    if room.is_revealed:
        shown |= {"solution": question.solution(lang), "answers": _answers(rooms.answers(room))}
    return shown


def teacher_state(rooms: Rooms, room: Room, lang: Language) -> dict[str, Any]:
    """The state for the projector: with the counts, and without the answers until they are revealed, because the whole class sees it."""
    joined, answered = rooms.counts(room)
    stops = [
        {
            "id": stop.id,
            "title": stop.title[lang],
            "kind": stop.question.kind if stop.question else "view",
            "isAsked": stop.id in room.stage.rounds,
        }
        for stop in room.stops
    ]
    stop = room.stop
    return student_state(rooms, room, lang) | {
        "version": room.versions.news,
        "joined": joined,
        "answered": answered,
        "stops": stops,
        "stop": room.stage.stop if stop else "",
        "title": stop.title[lang] if stop else "",
        "stopView": "" if stop is None else stop.view or (stop.question.view if stop.question else ""),
        "isBlank": room.stage.is_blank,
    }


def _answers(given: Sequence[Given]) -> list[Any]:
    return [each.answer for each in given]
