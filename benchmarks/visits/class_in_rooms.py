"""A class that answers sketches in rooms, one room after the other. Students of a room have no Streamlit and no browser here."""

import asyncio
import time

from benchmarks import room
from benchmarks.visits.measured import Waits
from benchmarks.visits.tab import PATIENCE
from ui.classroom.room.rooms import Rooms

_KINDS = {
    "question": "room: the question on a student's page",
    "requests": "room: an answer is kept",
    "projector": "room: an answer on the projector",
    "revealed": "room: all answers on a student's page",
}


async def answer_in_rooms(url: str, rooms: Rooms, students: int, waits: Waits, end: float) -> None:
    """The students answer in one room or more. Each is opened in the store, as the teacher's page does; an error ends the series."""
    is_over = False
    while not is_over:
        try:
            code, key = await asyncio.to_thread(room.open_with_sketch, rooms)
            async with asyncio.timeout(PATIENCE + room.SECONDS):
                played = await room.lesson(room.port_of(url), code, key, students)
            for name, kind in _KINDS.items():
                waits.of[kind] += getattr(played, name)
            is_over = time.monotonic() + room.SECONDS > end
        except* (
            OSError,
            TimeoutError,
            AssertionError,
            LookupError,
            TypeError,
        ) as problems:  # TypeError: a refusal's status
            waits.errors.update(f"in a room: {type(each).__name__}: {each}" for each in problems.exceptions)
            is_over = True
