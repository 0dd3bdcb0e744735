"""A class in a room: students who join, wait for the question, and answer within ten seconds, beside the teacher's projector.

`python -m benchmarks room` starts the app, and prints how long answers took to the projector, in seconds.
"""

import asyncio
import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from benchmarks.browser import ROOT, running
from ui.classroom.room.limits import POINTS
from ui.classroom.room.offered import sketches
from ui.classroom.room.rooms import Rooms
from ui.classroom.room.store import PLACE, store_at

SECONDS = 10.0  # in which all answer
NO_NEWS = 204


class Line:
    """One connection of a browser, kept open."""

    def __init__(self, port: int, **headers: str) -> None:
        self.port, self.headers = port, headers
        self.reader: asyncio.StreamReader | None = None

    async def ask(self, path: str, body: object = None) -> Any:
        """The server closes a connection on which nothing was asked for some seconds: then there is a new one."""
        try:
            return await self._ask(path, body)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.reader = None
            return await self._ask(path, body)

    async def _ask(self, path: str, body: object) -> Any:
        if self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        sent = b"" if body is None else json.dumps(body).encode()
        head = {"Host": "localhost", "Content-Length": str(len(sent)), **self.headers}
        lines = [
            f"{'GET' if body is None else 'POST'} {path} HTTP/1.1",
            *(f"{name}: {text}" for name, text in head.items()),
        ]
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + sent)
        answer = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        status = int(answer.split()[1])
        if "transfer-encoding: chunked" in answer:
            found = b""
            while size := int(await self.reader.readline(), 16):
                found += await self.reader.readexactly(size)
                await self.reader.readline()
            await self.reader.readline()
        else:
            length = [line for line in answer.splitlines() if line.startswith("content-length:")]
            found = await self.reader.readexactly(int(length[0].split(":")[1])) if length else b""
        if status not in (200, NO_NEWS):
            raise OSError(f"status {status} for {path.partition('?')[0].rpartition('/')[2]}")
        return json.loads(found) if status == 200 else status


@dataclass
class Played:
    """Seconds, one of each student."""

    question: list[float] = field(default_factory=list)  # until it was on the student's page
    requests: list[float] = field(default_factory=list)  # of the answers
    projector: list[float] = field(default_factory=list)  # until an answer was on the projector
    revealed: list[float] = field(default_factory=list)  # until all answers were on the student's page


async def lesson(port: int, code: str, key: str, students: int) -> Played:
    """The room has one sketch in its list. An exception group where a student or the teacher fails."""
    base = f"/room/{code}"
    teacher, doing = (Line(port, **{"X-Room-Key": key}) for _ in range(2))
    draw = random.Random(0)
    ready = asyncio.Semaphore(0)
    heard: list[float] = []
    sent: list[float] = []
    shown: list[float] = []
    arrivals: list[float] = []
    played = Played()

    async def student() -> None:
        secret = (await Line(port).ask(f"{base}/join", {"name": "", "student": ""}))["student"]
        line = Line(port, **{"X-Room-Student": secret})
        state = await line.ask(f"{base}/now?after=-1&lang=en")
        version = state["version"]
        ready.release()
        while state["phase"] == "waiting":
            state = await line.ask(f"{base}/now?after={version}&lang=en")
            if state == NO_NEWS:
                state = {"phase": "waiting"}
        heard.append(time.monotonic())
        listening = group.create_task(Line(port, **line.headers).ask(f"{base}/now?after={state['version']}&lang=en"))
        await asyncio.sleep(SECONDS * draw.random())
        curve = np.cumsum([draw.gauss(0.0, 0.6) for _ in range(POINTS)]).clip(-20, 30).tolist()
        start = time.monotonic()
        assert (await line.ask(f"{base}/answer", {"round": 1, "answer": curve}))["kept"] == "kept"
        sent.append(start)
        played.requests.append(time.monotonic() - start)
        revealed = await listening
        while revealed == NO_NEWS:
            revealed = await line.ask(f"{base}/now?after={state['version']}&lang=en")
        assert len(revealed["answers"]) == students
        shown.append(time.monotonic())

    async with asyncio.TaskGroup() as group:
        for _ in range(students):
            group.create_task(student())
        for _ in range(students):
            await ready.acquire()
        await asyncio.sleep(0.5)
        asking = time.monotonic()
        await doing.ask(f"{base}/do", {"do": "next", "what": ""})
        state = await teacher.ask(f"{base}/class?after=-1&lang=en")
        while state["answered"] < students:
            news = await teacher.ask(f"{base}/class?after={state['version']}&lang=en")
            state = state if news == NO_NEWS else news
            arrivals += [time.monotonic()] * (state["answered"] - len(arrivals))
        revealing = time.monotonic()
        await doing.ask(f"{base}/do", {"do": "reveal", "what": ""})
    played.question = [seen - asking for seen in heard]
    played.projector = [seen - start for seen, start in zip(arrivals, sorted(sent), strict=True)]
    played.revealed = [seen - revealing for seen in shown]
    return played


def open_with_sketch(rooms: Rooms) -> tuple[str, str]:
    """The code and the key."""
    return rooms.open((sketches()["gradient"].make(0),))


@contextmanager
def own_rooms() -> Iterator[Rooms]:
    """Rooms in a temporary file, which a server that is started meanwhile shares."""
    with TemporaryDirectory() as folder:
        os.environ[PLACE] = str(Path(folder) / "rooms.sqlite3")
        rooms = Rooms(store_at(os.environ[PLACE]))
        yield rooms
        rooms.store.close()


def measure(students: int) -> dict[str, float]:
    with own_rooms() as rooms, running(ROOT / "app.py") as url:
        played = asyncio.run(lesson(port_of(url), *open_with_sketch(rooms), students))
    return {
        "question on the last student's page": max(played.question),
        "an answer's request, 95th percentile": float(np.percentile(played.requests, 95)),
        "an answer on the projector, median": float(np.median(played.projector)),
        "an answer on the projector, 95th percentile": float(np.percentile(played.projector, 95)),
        "an answer on the projector, longest": max(played.projector),
        "all answers on the last student's page after the reveal": max(played.revealed),
    }


def port_of(url: str) -> int:
    return urlsplit(url).port or 80


def main() -> None:
    for students in (60, 200):
        print(f"{students} students answer within {SECONDS:.0f} s, in seconds")
        for what, seconds in measure(students).items():
            print(f"{seconds:8.3f}  {what}")


if __name__ == "__main__":
    main()
