"""A room spans two replicas of the app, and goes on when one of them is stopped while a student waits there."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from benchmarks.browser import ROOT, running
from tests.ui.classroom.client import CHOICE
from tests.ui.classroom.test_store import SERVER, free_port, server
from ui.classroom.room.rooms import Rooms, Stop
from ui.classroom.room.store import PLACE, store_at

pytestmark = pytest.mark.long


@pytest.fixture(params=["sqlite", "redis"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "rooms.sqlite3")
        return
    pytest.importorskip("redis")
    if not SERVER:
        pytest.skip("neither valkey-server nor redis-server is installed")
    port = free_port()
    with server(tmp_path, port):
        yield f"redis://127.0.0.1:{port}/0"


def ask(address: str, body: object = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address, data, named), timeout=40) as answer:
        return json.load(answer) if answer.status == 200 else answer.status


def test_a_room_spans_replicas_and_outlives_one(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, place)
    rooms = Rooms(store_at(place))
    code, key = rooms.open()
    rooms.set_stops(rooms.of_teacher(code, key), (Stop("one", {"en": "One", "zh": "一"}, CHOICE),))
    rooms.store.close()
    with running(ROOT / "app.py") as stays:
        with ExitStack() as first:
            goes = f"{first.enter_context(running(ROOT / 'app.py'))}/room/{code}"
            stays = f"{stays}/room/{code}"
            student = {"X_Room_Student": ask(f"{goes}/join", {"name": "", "student": ""})["student"]}
            before = ask(f"{goes}/now?after=-1", **student)
            received: list[Any] = []
            waiting = threading.Thread(
                target=lambda: received.append(ask(f"{goes}/now?after={before['version']}&lang=en", **student))
            )
            waiting.start()
            ask(f"{stays}/do", {"do": "next", "what": ""}, X_Room_Key=key)
            waiting.join(20)
            assert received[0]["question"]["text"] == CHOICE.words["en"].text
            held = threading.Thread(
                target=lambda: received.append(ask(f"{goes}/now?after={received[0]['version']}&lang=en", **student))
            )
            held.start()
            time.sleep(0.5)
            started = time.monotonic()
        assert time.monotonic() - started < 3.0, "a server ends although students wait"
        held.join(5)
        assert received[1] == 204
        assert ask(f"{stays}/answer", {"round": 1, "answer": 1}, **student) == {"kept": "kept"}
        assert ask(f"{stays}/class?after=-1", X_Room_Key=key)["answered"] == 1
