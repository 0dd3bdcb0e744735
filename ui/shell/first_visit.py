"""The first visit, before Streamlit runs in the browser: a document with the page's title, and Streamlit's files compressed.

A page in the frame of another site (`embed=true`) also begins with a still picture.
"""

import gzip
import re
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from ui.as_text import in_html
from ui.browser.worksheet import sheet_script
from ui.i18n import LANGUAGES, Language, _, best_language, using_language
from ui.shell.operation import is_full
from ui.shell.security import content_security_policy
from ui.shell.site import PAGES, idea, title

Picture = Callable[[str, str], str]

STREAMLIT = Path(file_util.get_static_dir())
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}  # fonts and pictures are compressed formats already
COMPRESSION_LEVEL = 6
SECONDS_TO_WAIT = 15  # until the page of a full server asks again
STYLE_SHEET = re.compile(r'<link rel="stylesheet"[^>]*>\s*')

# The styles of the title and the idea, which need no further file.
STYLE = """<style>
#first { color-scheme: light dark; position: fixed; inset: 0; z-index: 1; pointer-events: none; padding: 6rem max(2rem, 20vw); background: #fff; color: #1a2230;
  font: 1rem/1.6 system-ui, sans-serif }
#first:has(svg) { padding: 1.5rem 2rem }
#first svg { display: block; width: 100%; height: min(34vh, 14rem); margin: 1.5rem 0 }
@media (prefers-color-scheme: dark) { #first { background: #11151c; color: #e6ebf2 } }
</style>"""
# Each page's address is one level below the app. Without this, Streamlit first looks for its server below the page's own address.
PLACE = """<script>
window.__streamlit ??= { BACKEND_BASE_URL: new URL(".", location).href }
</script>"""
# Removes them when the page shows its own title or an error.
SCRIPT = """<script>
new MutationObserver((changes, watch) => {
  if (!document.querySelector('[data-testid="stMain"] h1, [data-testid="stException"], [role="dialog"]')) return
  document.getElementById("first").remove()
  watch.disconnect()
}).observe(document.body, { childList: true, subtree: true })
</script>"""


def routes(base: str, picture: Picture) -> list[Route]:
    """The address of each page. `base` is the path of the app, with a slash at its end; `picture` draws a page with a preset, or gives no text."""
    return [Route(base + ("" if page.slug == "home" else page.slug), _answer(page.slug, picture)) for page in PAGES]


def _answer(slug: str, picture: Picture) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        requested = request.query_params.get("lang")
        lang = requested if requested in LANGUAGES else best_language(request.headers.get("accept-language"))
        headers = {"Vary": "Accept-Language"}
        if await run_in_threadpool(is_full):
            headers |= {"Cache-Control": "no-store", "Retry-After": str(SECONDS_TO_WAIT)}
            page, status = full_document(lang), 503
        else:
            headers |= {"Cache-Control": "no-cache"}
            is_embedded = request.query_params.get("embed") == "true"
            preset = request.query_params.get("preset", "")
            shown = await run_in_threadpool(picture, slug, preset) if is_embedded else ""
            page, status = await run_in_threadpool(document, slug, lang, shown), 200
        headers["Content-Security-Policy"] = policy(page)
        return HTMLResponse(page, status, headers)

    return answer


@cache
def document(slug: str, lang: Language, shown: str = "") -> str:
    """Streamlit's own document with the page's title and idea, in front of its style sheet, so that they do not wait for it.
    `shown`: a picture below them."""
    page = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    with using_language(lang):
        heading = "Unrolled" if slug == "home" else title(slug)
        lines = (
            f"<h1>{in_html(heading)}</h1>",
            f"<p>{in_html(idea(slug))}</p>",
            shown,
            f"<p>{in_html(_('The page is loading …'))}</p>",
        )
    first = f'<div id="first" lang="{lang}">{"".join(lines)}</div>'
    name = heading if slug == "home" else f"{heading} · Unrolled"
    sheets = "".join(STYLE_SHEET.findall(page))
    page = STYLE_SHEET.sub("", page)
    page = page.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{in_html(name)}</title>{STYLE}{PLACE}", 1)
    return page.replace("<body>", f"<body>{first}{SCRIPT}{sheets}", 1)


@cache
def full_document(lang: Language) -> str:
    """What a new visitor gets while the server has as many visitors as it may have."""
    with using_language(lang):
        heading = _("This server is full")
        lines = _("It serves as many visitors as it can. This page asks again by itself every {seconds} seconds.")
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{in_html(heading)} · Unrolled</title>'
        f'<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="{SECONDS_TO_WAIT}">'
        f'{STYLE}</head><body><div id="first"><h1>{in_html(heading)}</h1>'
        f"<p>{in_html(lines.format(seconds=SECONDS_TO_WAIT))}</p></div></body></html>"
    )


@cache
def policy(page: str) -> str:
    """A worksheet stands in a frame of the page, and its script is in its own text."""
    return content_security_policy(page, (sheet_script(),))


class CompressedFiles:
    """Compresses each of Streamlit's own files at its first request, and keeps the result, which is about a third of the size.

    Streamlit sends them uncompressed, because it would compress them again for every visitor.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app = app
        self.files = {
            base + file.relative_to(STREAMLIT).as_posix(): file
            for file in STREAMLIT.glob("static/*/*")
            if file.suffix in MEDIA_TYPES
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self.files.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if file is None or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return await self.app(scope, receive, send)
        headers = {
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
            "Cache-Control": "public, immutable, max-age=31536000",  # their names change with their content
        }
        response = Response(
            await run_in_threadpool(_compressed, file), headers=headers, media_type=MEDIA_TYPES[file.suffix]
        )
        return await response(scope, receive, send)


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), COMPRESSION_LEVEL)
