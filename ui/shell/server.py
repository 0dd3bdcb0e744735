"""The server: its start, when what the first page needs is read while a browser still fetches Streamlit itself, and what it
serves beside Streamlit's own."""

import os
import socket
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket
from streamlit import config
from streamlit.starlette import App

from ui.browser import assets
from ui.shell import first_visit
from ui.shell.upload_limit import upload_limit


@asynccontextmanager
async def getting_ready(_server: App) -> AsyncIterator[None]:
    send_small_answers_at_once()
    threading.Thread(target=read_what_pages_need, name="getting ready", daemon=True).start()
    yield
    await run_in_threadpool(
        _close_workers
    )  # uvicorn ends this process right afterwards, by the signal that it was sent


def _close_workers() -> None:
    if "ui.runs.workers" in sys.modules:  # otherwise there are none
        sys.modules["ui.runs.workers"].close_workers()


def routes() -> list[BaseRoute]:
    assets.server_has_routes = True
    return [
        WebSocketRoute(f"{_base()}ahead", _answers_ahead),
        Route(f"{_base()}{assets.MEMORY}/{{folder}}/{{filename}}", _part_from_memory),
        *first_visit.routes(_base()),
    ]


def middleware() -> list[Middleware]:
    return [*upload_limit(), Middleware(first_visit.CompressedFiles, base=_base())]


def _base() -> str:
    base: str = config.get_option("server.baseUrlPath").strip("/")
    return f"/{base}/" if base else "/"


async def _part_from_memory(request: Request) -> Response:
    code = assets.from_memory(request.path_params["folder"], request.path_params["filename"])
    if code is None:
        return Response(status_code=404)
    # The address changes with the content.
    return Response(
        code, media_type="text/javascript", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


async def _answers_ahead(browser: WebSocket) -> None:
    from ui.browser.preview_socket import answers  # after the start, when it is known

    await answers(browser)


def read_what_pages_need() -> None:
    """A visitor who comes sooner waits for the modules that are still missing, as without this."""
    from ui.browser.plot import serve_plotly
    from ui.shell import frame  # noqa: F401

    serve_plotly()
    assets.serve("stepper")


def send_small_answers_at_once() -> None:
    """Without Nagle's algorithm, on every listening socket of this process.

    uvicorn leaves it on where the socket was bound before (Kludex/uvicorn issue 3149), as Streamlit does: then every file
    after the first of a connection waits 40 ms for the browser's receipt. On Linux a connection inherits what its listener says.
    """
    descriptors = Path("/dev/fd")
    for name in os.listdir(descriptors) if descriptors.is_dir() else ():
        with suppress(OSError), socket.fromfd(int(name), socket.AF_INET, socket.SOCK_STREAM) as opened:
            # An OSError where it is a file, or closed by now
            if opened.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
