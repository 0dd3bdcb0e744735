"""What the browser may do with the app's answers, and who may read the server's numbers."""

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METRICS_KEY = "UNROLLED_METRICS_KEY"
_STREAMLITS_NUMBERS = re.compile(r"/_stcore/metrics/?$")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def security() -> list[Middleware]:
    return [Middleware(SecurityHeaders), Middleware(NumbersNeedKey)]


def content_security_policy(document: str, scripts: Iterable[str] = ()) -> str:
    """No other host, no plug-ins, and of inline scripts only these and those that the document itself has.

    Streamlit makes styles while it runs ('unsafe-inline'), and loads the module of each browser part from memory (blob:). Any site
    may show the app in a frame, because teachers embed it.
    """
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in (*_INLINE_SCRIPT.findall(document), *scripts))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class SecurityHeaders:
    """A file is what its type says, other sites get no address of ours, and only our own pages use camera and microphone."""

    HEADERS = (
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()"),
    )

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.HEADERS:
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class NumbersNeedKey:
    """Streamlit's numbers on sessions and memory are for the operator alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _STREAMLITS_NUMBERS.search(scope["path"]) and not has_key(Headers(scope=scope)):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def has_key(headers: Headers) -> bool:
    """Whether the request has the operator's key (`Authorization: Bearer KEY`). Without a key in the environment nobody has it."""
    key = os.environ.get(METRICS_KEY, "")
    return bool(key) and hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {key}".encode())
