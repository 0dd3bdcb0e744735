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
from ui.i18n import LANGUAGES, Language
from ui.runs.memory import use_few_pools
from ui.shell import first_visit, operation, run_time
from ui.shell.security import security
from ui.shell.socket_limit import socket_limit
from ui.shell.upload_limit import upload_limit

# A page sends each of its 50 parts in a call that lets other threads compute, and then waits for so long to go on.
SECONDS_OF_A_THREAD = 0.0005
READ_AT_THE_START = ("ui.cells.page", "ui.shell.frame", "ui.course.search.lazy")  # what the first visitor's page needs


@asynccontextmanager
async def server_lifespan(_server: App) -> AsyncIterator[None]:
    disable_nagle_algorithm()
    sys.setswitchinterval(SECONDS_OF_A_THREAD)
    use_few_pools()
    run_time.start()
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
        Route(f"{_base()}{assets.SEARCH}/{{lang}}.json", _search_index),
        *operation.routes(_base()),
        *_room_routes(_base()),
        *first_visit.routes(_base(), still_of),
    ]


def middleware() -> list[Middleware]:
    return [*security(), *socket_limit(), *upload_limit(), Middleware(first_visit.CompressedFiles, base=_base())]


def _base() -> str:
    base: str = config.get_option("server.baseUrlPath").strip("/")
    return f"/{base}/" if base else "/"


def _room_routes(base: str) -> list[Route]:
    from ui.classroom.room.routes import room_routes  # it knows pages, which import this folder

    return room_routes(base)


def still_of(slug: str, preset: str) -> str:
    from ui.course.home.pictures import picture_in_link  # it knows pages, which import this folder
    from ui.shell.still import still

    shown = picture_in_link(slug, preset)
    return "" if shown is None else still(shown)


async def _part_from_memory(request: Request) -> Response:
    code = assets.from_memory(request.path_params["folder"], request.path_params["filename"])
    if code is None:
        return Response(status_code=404)
    # The address changes with the content.
    return Response(
        code, media_type="text/javascript", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


async def _search_index(request: Request) -> Response:
    lang = request.path_params["lang"]
    if lang not in LANGUAGES:
        return Response(status_code=404)
    found = await run_in_threadpool(_index, lang)
    return Response(found, media_type="application/json", headers={"Cache-Control": "no-cache"})


def _index(lang: Language) -> bytes:
    from ui.course.search.entries import index  # it reads the modules of all pages

    return index(lang)


async def _preview_socket(browser: WebSocket) -> None:
    from ui.browser.preview_socket import (
        answers,  # imported when the first browser connects, and not before the server starts
    )

    await answers(browser)


def preload_modules() -> None:
    """Import the modules of the first page, and publish the code of charts and diagrams. A page that is opened before this has
    ended imports the missing modules itself."""
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
