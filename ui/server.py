"""The start of the server: what the first page needs is read while a browser still fetches Streamlit itself."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streamlit.starlette import App


@asynccontextmanager
async def getting_ready(_server: App) -> AsyncIterator[None]:
    threading.Thread(target=read_what_pages_need, name="getting ready", daemon=True).start()
    yield


def read_what_pages_need() -> None:
    """A visitor who comes sooner waits for the modules that are still missing, as without this."""
    from ui import cell_page, shell  # noqa: F401
    from ui.components import assets
    from ui.components.plot import serve_plotly

    serve_plotly()
    assets.serve("stepper")
