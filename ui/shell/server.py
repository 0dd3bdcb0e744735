"""The server: its start, which imports the pages' modules while a browser still fetches Streamlit, its end, and the routes that
it serves beside Streamlit's own."""

import os
import socket
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
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

READ_AT_THE_START = ("ui.cells.page", "ui.shell.frame")  # modules that the first visitor's page needs


@asynccontextmanager
async def server_lifespan(_server: App) -> AsyncIterator[None]:
    disable_nagle_algorithm()
    threading.Thread(target=preload_modules, name="preload modules", daemon=True).start()
    yield
    # Here and not at the end of Python: uvicorn ends this process by the signal that it received, right after this function.
    await run_in_threadpool(_close_workers)


def _close_workers() -> None:
    if "ui.runs.workers" in sys.modules:  # otherwise there are none
        sys.modules["ui.runs.workers"].close_workers()


def routes() -> list[BaseRoute]:
    assets.server_has_routes = True
    return [
        WebSocketRoute(f"{_base()}ahead", _preview_socket),
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


async def _preview_socket(browser: WebSocket) -> None:
    from ui.browser.preview_socket import (
        answers,  # imported when the first browser connects, and not before the server starts
    )

    await answers(browser)


def preload_modules() -> None:
    """Import the modules of the first page, and publish the code of charts and diagrams. A page that is opened before this has ended
    imports the missing modules itself."""
    for name in READ_AT_THE_START:
        import_module(name)
    from ui.browser.plot import serve_plotly

    serve_plotly()
    assets.serve("stepper")


def disable_nagle_algorithm() -> None:
    """Turn off Nagle's algorithm on every listening socket of this process. On Linux a connection inherits the option.

    uvicorn does not turn it off on a socket that was bound before, as Streamlit's is (Kludex/uvicorn issue 3149). Then every
    file after the first of a connection waits 40 ms for the browser's acknowledgement.
    """
    descriptors = Path("/dev/fd")
    for name in os.listdir(descriptors) if descriptors.is_dir() else ():
        with suppress(OSError), socket.fromfd(int(name), socket.AF_INET, socket.SOCK_STREAM) as opened:
            # OSError if the descriptor is not a socket, or has been closed since it was listed
            if opened.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
