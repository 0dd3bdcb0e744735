"""An answer of an ASGI application, without a server."""

import asyncio
from typing import Any

from starlette.types import ASGIApp


def asked(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body."""
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    messages: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    sent = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return messages[0]["status"], sent, b"".join(each.get("body", b"") for each in messages)
