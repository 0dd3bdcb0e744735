"""Browsers of a room without a browser and without a server: requests to the routes, in one event loop."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from ui.classroom.room import limits
from ui.classroom.room.questions import Axes, Question, Words, in_both
from ui.classroom.room.rooms import Rooms, Stop
from ui.classroom.room.routes import KEY, STUDENT, RoomRoutes
from ui.classroom.room.sqlite_store import SQLiteStore

CHOICE = Question("choice", in_both(Words("Which gate?", options=("input", "forget", "output"))), right=1, view="gates")
NUMBER = Question("number", in_both(Words("How many weights?")), right=12.0, tolerance=0.5)
ORDER = Question("order", in_both(Words("Which order?", options=("c", "f", "h"))), right=(1, 0, 2))
SKETCH = Question("sketch", in_both(Words("Sketch it", x="t", y="h")), axes=Axes((0.0, 20.0), (-1.0, 1.0)), right=(0.0, 1.0))  # fmt: skip
QUESTIONS = {each.kind: each for each in (CHOICE, NUMBER, ORDER, SKETCH)}

CURVE = [0.5] * limits.POINTS
RIGHT = {"choice": 1, "number": 12, "order": [1, 0, 2], "sketch": CURVE}


def played(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """In a thread of its own, because a browser of other tests may have an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(asyncio.wait_for(scene(), 20))).result()


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class School:
    """One room, and requests to it."""

    def __init__(self, folder: Path, *questions: Question) -> None:
        self.rooms = Rooms(SQLiteStore(folder / "rooms.sqlite3"))
        self.routes = RoomRoutes(self.rooms)
        self.app = Starlette(routes=self.routes.routes("/"))
        self.code, self.key = self.rooms.open()
        stops = [Stop(str(at), {"en": each.words["en"].text, "zh": "问题"}, each) for at, each in enumerate(questions)]
        self.rooms.set_stops(self.rooms.room(self.code), tuple(stops))

    async def ask(
        self, path: str, body: object = None, address: str = "10.0.0.1", code: str | None = None, **headers: str
    ) -> Answered:
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        path, _mark, query = path.partition("?")
        scope = {
            "type": "http",
            "method": "GET" if body is None else "POST",
            "path": f"/room/{code or self.code}/{path}" if not path.startswith("/") else path,
            "root_path": "",
            "query_string": query.encode(),
            "client": (address, 1),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        }
        pieces = [sent[at : at + 4096] for at in range(0, max(1, len(sent)), 4096)]
        messages: list[Any] = []

        async def receive() -> dict[str, object]:
            await asyncio.sleep(0)
            if not pieces:
                await asyncio.sleep(60)
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

        async def send(message: Any) -> None:
            messages.append(message)

        await self.app(scope, receive, send)
        found = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        return Answered(messages[0]["status"], found, b"".join(each.get("body", b"") for each in messages))

    async def joins(self, name: str = "", address: str = "10.0.0.1") -> "Student":
        answer = await self.ask("join", {"name": name, "student": ""}, address)
        assert answer.status == 200, answer
        return Student(self, answer.json["student"], address)

    async def does(self, action: str, what: str = "") -> int:
        return (await self.ask("do", {"do": action, "what": what}, **{KEY: self.key})).status

    async def sees(self, after: int = -1) -> Any:
        """The projector."""
        return (await self.ask(f"class?after={after}", **{KEY: self.key})).json


@dataclass
class Student:
    school: School
    secret: str
    address: str

    async def ask(self, path: str, body: object = None) -> Answered:
        return await self.school.ask(path, body, self.address, **{STUDENT: self.secret})

    async def answers(self, answer: object, round_: int = 1) -> Answered:
        return await self.ask("answer", {"round": round_, "answer": answer})

    async def sees(self, after: int = -1, lang: str = "en") -> Any:
        answer = await self.ask(f"now?after={after}&lang={lang}")
        return answer.json if answer.status == 200 else answer.status
