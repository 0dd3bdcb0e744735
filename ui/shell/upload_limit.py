"""The limit on a visitor's uploaded files in memory.

Streamlit keeps every file until the visit ends, even if the page refused it, so that many large uploads would fill the memory.
Here only the newest files are kept; a page that reads an older one finds no file.
"""

import re

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

LARGEST_FILES = 2  # the limit per visitor, in files of the largest size
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
    """Keep the newest files of a session that have at most `most` bytes together, and remove the others."""
    total = 0
    for file in reversed(list(files.file_storage.get(session, {}).values())):
        total += len(file.data)
        if total > most:
            files.remove_file(session, file.file_id)
