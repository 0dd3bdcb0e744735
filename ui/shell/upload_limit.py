"""The limits on uploaded files in memory.

Streamlit keeps every file until the visit ends, even if the page refused it, so that many large uploads would fill the memory. Here
only a visitor's newest files are kept; a page that reads an older one finds no file. And while the files of all visitors have as many
megabytes as they may, another one is refused before it is read; the uploader says so (ui/browser/frame.py).
"""

import re

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from ui.runs.limits import MOST_UPLOADS, is_over

LARGEST_FILES = 2  # the limit per visitor, in files of the largest size
REFUSED = 503
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")


def upload_limit() -> list[Middleware]:
    return [Middleware(KeepNewestUploads)]


class KeepNewestUploads:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._arriving = 0  # bytes of uploads that are being read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        upload = _UPLOAD.search(scope["path"]) if scope["type"] == "http" else None
        if upload is None or not runtime.exists():
            return await self._app(scope, receive, send)
        files = runtime.get_instance().uploaded_file_mgr
        assert isinstance(files, MemoryUploadedFileManager)
        size = _length(scope) if scope["method"] in ("POST", "PUT") else 0
        if size and is_over(MOST_UPLOADS, (held(files) + self._arriving + size) / 2**20):
            return await PlainTextResponse("Too many files are held now", REFUSED)(scope, receive, send)
        self._arriving += size
        try:
            await self._app(scope, receive, send)
        finally:
            self._arriving -= size
        keep_newest(files, upload[1], LARGEST_FILES * config.get_option("server.maxUploadSize") * 2**20)


def held(files: MemoryUploadedFileManager) -> int:
    """Bytes of all visitors."""
    return sum(len(file.data) for of_visitor in list(files.file_storage.values()) for file in list(of_visitor.values()))


def keep_newest(files: MemoryUploadedFileManager, session: str, most: int) -> None:
    """Keep the newest files of a session that have at most `most` bytes together, and remove the others."""
    total = 0
    for file in reversed(list(files.file_storage.get(session, {}).values())):
        total += len(file.data)
        if total > most:
            files.remove_file(session, file.file_id)


def _length(scope: Scope) -> int:
    """What the browser says that it sends. Without it, the largest file counts."""
    said = dict(scope["headers"]).get(b"content-length", b"")
    largest: int = config.get_option("server.maxUploadSize") * 2**20
    return int(said) if said.isdigit() and len(said) < 16 else largest
