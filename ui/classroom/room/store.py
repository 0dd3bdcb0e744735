"""What keeps the rooms: one small interface, with two implementations.

`UNROLLED_ROOMS` names the place: a file for SQLite, or redis://HOST:PORT/NUMBER for Valkey or Redis, which several replicas share.
"""

import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

PLACE = "UNROLLED_ROOMS"
Kept = Literal["kept", "late", "unknown"]  # late: this round is over; unknown: no such room, or no such student in it


class StoreUnavailable(Exception):
    """The store cannot be reached or written."""


@dataclass(frozen=True)
class Versions:
    """The versions of a room, which only grow. `stage` is the version at the last change that students see."""

    news: int
    stage: int


@dataclass(frozen=True)
class StoredRoom:
    key: str  # a digest
    ends: float  # seconds since 1970
    versions: Versions
    stage: str  # JSON
    plan: str  # JSON


@dataclass(frozen=True)
class StoredAnswer:
    name: str  # a nickname, or nothing
    answer: str  # JSON


class RoomStore(Protocol):
    """Every method is one transaction, may be called from any thread, and raises `StoreUnavailable` alone."""

    def create(self, code: str, key: str, now: float, ends: float, most: int) -> Literal["made", "taken", "full"]:
        """`most` rooms at a time. Rooms that have ended are removed first."""

    def versions(self, code: str, now: float) -> Versions | None: ...

    def room(self, code: str, now: float) -> StoredRoom | None: ...

    def set_stage(self, code: str, stage: str, round_: int, is_open: bool) -> None:
        """The stage, and which round takes answers, if any."""

    def set_plan(self, code: str, plan: str) -> None: ...

    def join(self, code: str, student: str, name: str, most: int) -> bool:
        """False if the room has as many students as it may have. A student who joins again gets the newer name."""

    def answer(self, code: str, round_: int, student: str, answer: str) -> Kept:
        """A second answer replaces the first."""

    def counts(self, code: str, round_: int) -> tuple[int, int]:
        """How many have joined, and how many have answered in this round."""

    def answers(self, code: str, round_: int) -> list[StoredAnswer]:
        """The answers of a round, in an order that says nothing about who answered when."""

    def end(self, code: str) -> None: ...

    def close(self) -> None: ...


def default_file() -> Path:
    """A file of this user alone, which outlives the server's restart."""
    owner = os.getuid() if hasattr(os, "getuid") else 0
    return Path(tempfile.gettempdir()) / f"unrolled-{owner}" / "rooms.sqlite3"


def store_at(place: str) -> RoomStore:
    if place.startswith(("redis://", "rediss://", "unix://")):
        from ui.classroom.room.redis_store import RedisStore  # an optional package

        return RedisStore(place)
    from ui.classroom.room.sqlite_store import SQLiteStore

    return SQLiteStore(Path(place) if place else default_file())


@cache
def the_store() -> RoomStore:
    return store_at(os.environ.get(PLACE, ""))
