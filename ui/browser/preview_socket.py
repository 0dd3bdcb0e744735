"""The socket over which a browser requests previews: who may open it, and its limits.

A browser identifies itself as on Streamlit's own socket, by the subprotocol: `ahead` and the visitor's token. Each question is
"slider value", each answer the pictures as JSON. A visitor has one socket and at most one thread at work; the newest question
takes the place of the oldest where too many wait.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic
from urllib.parse import urlparse

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.web.server.server_util import is_url_from_allowed_origins
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from ui.browser import previews

MOST = 500  # sockets of all visitors together
LONGEST = 100  # characters of a question
PATIENCE = 10  # seconds for a browser to take an answer
MOST_WAITING = 3  # questions of a visitor: as many as a browser has on their way (every_page/previews.js)
MOST_A_SECOND = 200  # questions of a visitor: a browser asks again when it was answered
POLICY_VIOLATION, UNSUPPORTED, TOO_BIG, TRY_LATER, NORMAL = 1008, 1003, 1009, 1013, 1000  # RFC 6455, and IANA's list

# Not the threads that serve files: they must not wait for pictures.
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="pictures ahead")
_open: dict[str, "_Line"] = {}  # by the visitors' tokens


class _Line:
    """One visitor's open socket."""

    def __init__(self, socket: WebSocket, token: str) -> None:
        self.socket, self.token = socket, token
        self.waiting: asyncio.Queue[str | None] = asyncio.Queue(maxsize=MOST_WAITING)
        self.code: int | None = None  # why it ends
        self.is_over = asyncio.Event()

    def ask(self, question: str | None) -> None:
        """Queue a question; None ends the queue."""
        if self.code is not None:
            return
        if self.waiting.full():
            self.waiting.get_nowait()
        self.waiting.put_nowait(question)

    def end(self, code: int) -> None:
        self.ask(None)
        self.code = self.code or code

    async def listen(self) -> None:
        second, asked = monotonic(), 0
        try:
            while (message := await self.socket.receive())["type"] == "websocket.receive":
                if monotonic() - second >= 1.0:
                    second, asked = monotonic(), 0
                asked += 1
                self.hear(message.get("text"), asked)
        finally:
            self.end(NORMAL)

    def hear(self, question: str | None, asked: int) -> None:
        if question is None:  # a binary message
            self.end(UNSUPPORTED)
        elif len(question) > LONGEST:
            self.end(TOO_BIG)
        elif asked > MOST_A_SECOND:
            self.end(POLICY_VIOLATION)
        else:
            self.ask(question)

    async def draw(self) -> None:
        """A picture that is being drawn is waited for, whatever comes: so its thread is known to be free afterwards."""
        while (question := await self.waiting.get()) is not None:
            pictures = await asyncio.get_running_loop().run_in_executor(_threads, previews.answer, self.token, question)
            async with asyncio.timeout(PATIENCE):
                await self.socket.send_text(json.dumps(pictures))

    async def run(self) -> None:
        listening = asyncio.create_task(self.listen())
        try:
            with suppress(WebSocketDisconnect, TimeoutError):
                await self.draw()
        finally:
            self.is_over.set()
            listening.cancel()
            with suppress(WebSocketDisconnect, RuntimeError):  # it is closed already
                await self.socket.close(self.code or NORMAL)


async def answers(socket: WebSocket) -> None:
    """Everything about one socket, from the browser's request to its end."""
    token = _token(socket)
    if len(_open) >= MOST and token not in _open:
        return await socket.close(TRY_LATER)
    if not previews.is_visitor(token) or not await run_in_threadpool(_is_from_this_app, socket):
        return await socket.close(POLICY_VIOLATION)
    former, _open[token] = _open.get(token), (line := _Line(socket, token))
    try:
        if former:
            former.end(NORMAL)
            await former.is_over.wait()
        with suppress(WebSocketDisconnect):  # the browser has left while it waited
            await socket.accept(subprotocol="ahead")
            await line.run()
    finally:
        line.is_over.set()
        if _open.get(token) is line:
            del _open[token]


def _token(socket: WebSocket) -> str:
    said = [each.strip() for each in socket.headers.get("sec-websocket-protocol", "").split(",")]
    return said[1] if len(said) == 2 and said[0] == "ahead" else ""


def _is_from_this_app(socket: WebSocket) -> bool:
    """As Streamlit decides it for its own socket, so that ours opens wherever the page works.

    Streamlit may ask the network for this machine's address, so this must not run in the event loop.
    """
    origin, host = socket.headers.get("origin"), socket.headers.get("host")
    if not is_host_allowed(host):
        return False
    return origin is None or urlparse(origin).netloc == host or is_url_from_allowed_origins(origin)
