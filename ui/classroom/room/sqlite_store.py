"""Rooms in one file, with SQLite."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Literal

from ui.classroom.room.store import Kept, StoredAnswer, StoredRoom, StoreUnavailable, Versions

PATIENCE = 2.0  # seconds for another process that writes
_TABLES = """
CREATE TABLE IF NOT EXISTS rooms (
    code TEXT PRIMARY KEY, key TEXT, ends REAL, news INTEGER, stage_version INTEGER, stage TEXT, plan TEXT, round INTEGER, open INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS students (code TEXT, student TEXT, name TEXT, PRIMARY KEY (code, student)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
    code TEXT, round INTEGER, student TEXT, answer TEXT, PRIMARY KEY (code, round, student)
) WITHOUT ROWID;
"""
_PARTS = ("rooms", "students", "answers")


class SQLiteStore:
    """One connection for all threads: a transaction takes less time than opening another."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, Lock()
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def _transaction(self, writes: bool = True) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                connection = self._opened()
                connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
                try:
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
            except (sqlite3.Error, OSError) as problem:
                self._forget()
                raise StoreUnavailable(str(problem)) from problem

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None or not self._file.exists():
            self._forget()
            _make_private(self._file.parent)
            made = sqlite3.connect(self._file, PATIENCE, isolation_level=None, check_same_thread=False)
            self._file.chmod(0o600)
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("PRAGMA synchronous = NORMAL")
            made.execute("PRAGMA secure_delete = ON")
            made.executescript(_TABLES)
            self._connection = made
        return self._connection

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def create(self, code: str, key: str, now: float, ends: float, most: int) -> Literal["made", "taken", "full"]:
        with self._transaction() as run:
            for (ended,) in run.execute("SELECT code FROM rooms WHERE ends <= ?", (now,)).fetchall():
                _remove(run, ended)
            if run.execute("SELECT count(*) FROM rooms").fetchone()[0] >= most:
                return "full"
            row = (code, key, ends, 1, 1, "", "", 0, 0)
            made = run.execute("INSERT OR IGNORE INTO rooms VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            return "made" if made.rowcount else "taken"

    def versions(self, code: str, now: float) -> Versions | None:
        with self._transaction(writes=False) as run:
            found = "SELECT news, stage_version FROM rooms WHERE code = ? AND ends > ?"
            row = run.execute(found, (code, now)).fetchone()
        return Versions(*row) if row else None

    def room(self, code: str, now: float) -> StoredRoom | None:
        with self._transaction(writes=False) as run:
            found = "SELECT key, ends, news, stage_version, stage, plan FROM rooms WHERE code = ? AND ends > ?"
            row = run.execute(found, (code, now)).fetchone()
        return StoredRoom(row[0], row[1], Versions(row[2], row[3]), row[4], row[5]) if row else None

    def set_stage(self, code: str, stage: str, round_: int, is_open: bool) -> None:
        changed = (
            "UPDATE rooms SET stage = ?, round = ?, open = ?, news = news + 1, stage_version = news + 1 WHERE code = ?"
        )
        with self._transaction() as run:
            run.execute(changed, (stage, round_, int(is_open), code))

    def set_plan(self, code: str, plan: str) -> None:
        changed = "UPDATE rooms SET plan = ?, news = news + 1, stage_version = news + 1 WHERE code = ?"
        with self._transaction() as run:
            run.execute(changed, (plan, code))

    def join(self, code: str, student: str, name: str, most: int) -> bool:
        with self._transaction() as run:
            known = "SELECT 1 FROM students WHERE code = ? AND student = ?"
            if not run.execute(known, (code, student)).fetchone():
                count = run.execute("SELECT count(*) FROM students WHERE code = ?", (code,)).fetchone()[0]
                if count >= most or not run.execute("SELECT 1 FROM rooms WHERE code = ?", (code,)).fetchone():
                    return False
            run.execute("INSERT OR REPLACE INTO students VALUES (?, ?, ?)", (code, student, name))
            _count_news(run, code)
            return True

    def answer(self, code: str, round_: int, student: str, answer: str) -> Kept:
        with self._transaction() as run:
            known = "SELECT round, open FROM rooms JOIN students USING (code) WHERE code = ? AND student = ?"
            row = run.execute(known, (code, student)).fetchone()
            if row is None:
                return "unknown"
            if row != (round_, 1):
                return "late"
            run.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", (code, round_, student, answer))
            _count_news(run, code)
            return "kept"

    def counts(self, code: str, round_: int) -> tuple[int, int]:
        with self._transaction(writes=False) as run:
            joined = run.execute("SELECT count(*) FROM students WHERE code = ?", (code,)).fetchone()[0]
            given = "SELECT count(*) FROM answers WHERE code = ? AND round = ?"
            return int(joined), int(run.execute(given, (code, round_)).fetchone()[0])

    def answers(self, code: str, round_: int) -> list[StoredAnswer]:
        with self._transaction(writes=False) as run:
            found = (
                "SELECT name, answer FROM answers JOIN students USING (code, student) "
                "WHERE code = ? AND round = ? ORDER BY student"
            )
            return [StoredAnswer(*row) for row in run.execute(found, (code, round_))]

    def end(self, code: str) -> None:
        with self._transaction() as run:
            _remove(run, code)

    def close(self) -> None:
        with self._lock:
            self._forget()


def _count_news(run: sqlite3.Connection, code: str) -> None:
    run.execute("UPDATE rooms SET news = news + 1 WHERE code = ?", (code,))


def _remove(run: sqlite3.Connection, code: str) -> None:
    for part in _PARTS:
        run.execute(f"DELETE FROM {part} WHERE code = ?", (code,))


def _make_private(folder: Path) -> None:
    """A folder that is missing becomes this user's alone. One of another user, in a place that all may write, is refused."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and folder.stat().st_uid not in (os.getuid(), 0):
        raise OSError(f"{folder} belongs to another user")
