"""How many connections there may be, and how fast one may ask for runs of its page."""

import asyncio
from typing import Any

import pytest

from ui.runs.limits import MOST_RUNS_A_SECOND, MOST_SOCKETS
from ui.shell.socket_limit import Pace, SocketLimits

SCOPE = {"type": "websocket", "path": "/base/_stcore/stream"}


async def connect() -> dict[str, str]:
    return {"type": "websocket.connect"}


def test_a_connection_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MOST_SOCKETS, "1")
    sent: list[Any] = []

    async def keep(message: Any) -> None:
        sent.append(message)

    async def opens_another(_scope: object, _receive: object, _send: object) -> None:
        if not sent:
            await limits(SCOPE, connect, keep)

    limits = SocketLimits(opens_another)
    asyncio.run(limits(SCOPE, connect, keep))
    assert sent == [{"type": "websocket.close"}]
    assert limits.open == 0


def test_a_flood_waits_and_a_person_never_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MOST_RUNS_A_SECOND, "10")
    now = [100.0]
    pace = Pace(lambda: now[0])
    waited = 0.0
    for _message in range(50):
        waited += (wait := pace.seconds_to_wait())
        now[0] += wait
    assert waited == pytest.approx(5.0, abs=1.1)
    for _message in range(50):
        now[0] += 0.11
        assert pace.seconds_to_wait() == pytest.approx(0.0, abs=0.11)
    now[0] += 60.0
    assert [pace.seconds_to_wait() for _message in range(10)] == [pytest.approx(0.0)] * 10
