"""Limits on the connections to Streamlit: how many there are, and how many runs of a page one of them may ask for in a second.

A connection beyond the limit is refused before it is made (servers answer 403), and the browser tries again by itself. Messages beyond
the limit wait; a page that is moved by a person never reaches it, because it asks again when it was answered.
"""

import asyncio
import time
from collections.abc import Callable

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.runs.limits import MOST_RUNS_A_SECOND, MOST_SOCKETS, is_over, limit

_PATH = "/_stcore/stream"


def socket_limit() -> list[Middleware]:
    return [Middleware(SocketLimits)]


class Pace:
    """When the next message of a connection may pass: as many at once as pass in a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._paid_until = clock()  # each message takes its share of a second

    def seconds_to_wait(self) -> float:
        """Counts one message."""
        most = limit(MOST_RUNS_A_SECOND)
        if not most:
            return 0.0
        now = self._clock()
        self._paid_until = max(self._paid_until, now - 1.0) + 1.0 / most
        return max(0.0, self._paid_until - now)


class SocketLimits:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" or not scope["path"].rstrip("/").endswith(_PATH):
            return await self.app(scope, receive, send)
        if is_over(MOST_SOCKETS, self.open + 1):
            await receive()  # the request to connect
            return await send({"type": "websocket.close"})
        pace = Pace()

        async def receive_in_time() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                await asyncio.sleep(pace.seconds_to_wait())
            return message

        self.open += 1
        try:
            await self.app(scope, receive_in_time, send)
        finally:
            self.open -= 1
