"""Who may open the socket for pictures, and how much one visitor may ask."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from ui.browser import preview_socket, previews

PATIENCE = 20  # seconds


class Drawing:
    """Stands in for the function that draws: slow where the test wants it, and it records its questions."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.at_work = self.most_at_work = 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self._lock = threading.Lock()

    def answer(self, _token: str, question: str) -> dict[str, Any]:
        with self._lock:
            self.asked.append(question)
            self.at_work += 1
            self.most_at_work = max(self.most_at_work, self.at_work)
        assert self.may_go_on.wait(PATIENCE)
        with self._lock:
            self.at_work -= 1
        return {"drawn": question}


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Drawing:
    drawing = Drawing()
    monkeypatch.setattr(previews, "answer", drawing.answer)
    monkeypatch.setattr(previews, "is_visitor", lambda token: token.startswith("known"))
    return drawing


class Faults:
    """What the server's tasks did not catch."""

    def __init__(self) -> None:
        self.seen: list[BaseException | str] = []

    async def watch(self, browser: Any) -> None:
        try:
            await preview_socket.answers(browser)
        except Exception as fault:
            self.seen.append(fault)
            raise


@pytest.fixture
def server(drawing: Drawing) -> Iterator[int]:
    """The port of a server that has nothing but the socket. No fault may leave it."""
    faults = Faults()

    @asynccontextmanager
    async def watched(_app: Starlette) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, reported: faults.seen.append(str(reported)))
        yield

    app = Starlette(routes=[WebSocketRoute("/ahead", faults.watch)], lifespan=watched)
    running = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", ws="websockets-sansio"))
    thread = threading.Thread(target=running.run)
    thread.start()
    wait_until(lambda: running.started)
    yield running.servers[0].sockets[0].getsockname()[1]
    drawing.may_go_on.set()
    running.should_exit = True
    thread.join(PATIENCE)
    assert not faults.seen
    wait_until(lambda: not preview_socket._open)


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


Opened = Callable[..., ClientConnection]


@pytest.fixture
def opened(server: int) -> Iterator[Opened]:
    """Open a socket as a browser does; it is closed after the test, if not before."""
    with ExitStack() as lines:

        def open_one(token: str = "known", host: str = "127.0.0.1", **more: Any) -> ClientConnection:
            wire = socket.create_connection(("127.0.0.1", server))
            more = {"subprotocols": ["ahead", token], "sock": wire} | more
            return lines.enter_context(connect(f"ws://{host}/ahead", **more))

        yield open_one


def code_of(line: ClientConnection) -> int:
    """With which the server closes."""
    with suppress(ConnectionClosed):
        while True:
            line.recv(timeout=PATIENCE)
    assert line.close_code is not None
    return line.close_code


def test_a_preview_request_is_answered(opened: Opened) -> None:
    line = opened()
    for question in ("T 30", "T 31"):
        line.send(question)
        assert json.loads(line.recv(timeout=PATIENCE)) == {"drawn": question}


@pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://127.0.0.1.evil.test:8501", "http://"])
def test_another_origin_is_refused(opened: Opened, origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.net_util.get_external_ip", lambda: None)
    with pytest.raises(InvalidStatus) as refused:
        opened(origin=origin)
    assert refused.value.response.status_code == 403


def test_the_same_origin_is_accepted_under_each_of_its_names(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.net_util.get_external_ip", lambda: None)
    for host in ("192.0.2.7", "unrolled.example", "unrolled.example:8443"):
        assert opened(host=host, origin=f"https://{host}").subprotocol == "ahead"


def test_a_proxy_that_hides_the_host_is_named_in_streamlits_settings(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.net_util.get_external_ip", lambda: None)
    monkeypatch.setattr("streamlit.web.server.server_util.allowlisted_origins", lambda: {"https://class.example"})
    assert opened(origin="https://class.example").subprotocol == "ahead"


@pytest.mark.parametrize("protocols", [None, ["ahead"], ["ahead", "stranger"], ["known"], ["other", "known"]])
def test_only_a_visitor_with_a_session_opens_the_socket(opened: Opened, protocols: Any) -> None:
    with pytest.raises(InvalidStatus):
        opened(subprotocols=protocols)


def test_the_newest_request_is_answered_by_a_single_thread(opened: Opened, drawing: Drawing) -> None:
    drawing.may_go_on.clear()
    line = opened()
    line.send("T 1")
    wait_until(lambda: drawing.asked == ["T 1"])
    for steps in range(2, 60):
        line.send(f"T {steps}")
    line.ping().wait(PATIENCE)  # the server has read them all
    drawing.may_go_on.set()
    assert [json.loads(line.recv(timeout=PATIENCE))["drawn"] for _answer in range(4)] == ["T 1", "T 57", "T 58", "T 59"]
    assert drawing.most_at_work == 1


def test_a_visitor_has_one_socket_and_one_thread_however_often_it_opens(opened: Opened, drawing: Drawing) -> None:
    drawing.may_go_on.clear()
    first = opened()
    first.send("T 1")
    wait_until(lambda: drawing.at_work == 1)
    later: list[ClientConnection] = []
    openers = [threading.Thread(target=lambda: later.append(opened())) for _opener in range(5)]
    for opener in openers:
        opener.start()
    drawing.may_go_on.set()
    for opener in openers:
        opener.join(PATIENCE)
    wait_until(lambda: len(preview_socket._open) == 1)
    assert code_of(first) == 1000
    assert drawing.most_at_work == 1


def test_the_number_of_sockets_of_all_visitors_is_limited(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_socket, "MOST", 2)
    lines = [opened(f"known{number}") for number in range(2)]
    with pytest.raises(InvalidStatus):
        opened("known2")
    lines[0].close()
    wait_until(lambda: len(preview_socket._open) == 1)
    lines.append(opened("known2"))


@pytest.mark.parametrize(
    ("said", "code"), [(b"T 30", 1003), (b"", 1003), ("T " + "9" * 200, 1009), ("T " + "9" * 100_000, 1009)]
)
def test_an_invalid_message_closes_the_socket(opened: Opened, drawing: Drawing, said: str | bytes, code: int) -> None:
    line = opened()
    line.send(said)
    assert code_of(line) == code
    assert not drawing.asked


def test_too_many_messages_close_the_socket(opened: Opened, drawing: Drawing) -> None:
    drawing.may_go_on.clear()
    line = opened()
    line.send("T 1")
    wait_until(lambda: drawing.at_work == 1)
    for steps in range(preview_socket.MOST_A_SECOND + 5):
        line.send(f"T {steps}")
    drawing.may_go_on.set()
    assert code_of(line) == 1008


def test_a_browser_that_disconnects_while_a_preview_is_drawn_leaves_no_thread(opened: Opened, drawing: Drawing) -> None:
    drawing.may_go_on.clear()
    line = opened()
    line.send("T 1")
    wait_until(lambda: drawing.at_work == 1)
    line.socket.close()
    drawing.may_go_on.set()
    wait_until(lambda: not preview_socket._open)
