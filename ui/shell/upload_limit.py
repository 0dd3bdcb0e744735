"""How much of a visitor's uploads the server holds.

Streamlit keeps every file until the visit ends, whether a page takes it or not, so that many requests of the largest size
would fill the memory. Only the newest files stay; a page that looks for an older one finds that there is none.
"""

import re

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

LARGEST_FILES = 2  # as many bytes of a visitor's files as so many files of the largest size have
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")


def upload_limit() -> list[Middleware]:
    return [Middleware(KeepNewestUploads)]


class KeepNewestUploads:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
        if scope["type"] == "http" and (upload := _UPLOAD.search(scope["path"])) and runtime.exists():
            files = runtime.get_instance().uploaded_file_mgr
            assert isinstance(files, MemoryUploadedFileManager)
            keep_newest(files, upload[1], LARGEST_FILES * config.get_option("server.maxUploadSize") * 2**20)


def keep_newest(files: MemoryUploadedFileManager, session: str, most: int) -> None:
    """As many of a session's files, from the last one back, as have at most so many bytes together."""
    held = 0
    for file in reversed(list(files.file_storage.get(session, {}).values())):
        held += len(file.data)
        if held > most:
            files.remove_file(session, file.file_id)
