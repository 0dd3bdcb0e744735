"""What a first visit loads before Streamlit runs in the browser: something to read at once, and Streamlit's files compressed."""

import gzip
import re
from collections.abc import Awaitable, Callable
from functools import cache
from html import escape
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from ui.i18n import LANGUAGES, Language, _, best_language, speaking
from ui.shell.site import PAGES, idea, title

STREAMLIT = Path(file_util.get_static_dir())
KINDS = {".js": "text/javascript", ".css": "text/css"}  # fonts and pictures are compressed in themselves
LEVEL = 6
STYLE_SHEET = re.compile(r'<link rel="stylesheet"[^>]*>\s*')

# Text alone: nothing is loaded for it.
STYLE = """<style>
#first { position: fixed; inset: 0; z-index: 1; pointer-events: none; padding: 6rem max(2rem, 20vw); background: #fff; color: #1a2230;
  font: 1rem/1.6 system-ui, sans-serif }
@media (prefers-color-scheme: dark) { #first { background: #11151c; color: #e6ebf2 } }
</style>"""
# It goes when the page has its title, or Streamlit says why there is none.
SCRIPT = """<script>
new MutationObserver((changes, watch) => {
  if (!document.querySelector('[data-testid="stMain"] h1, [data-testid="stException"], [role="dialog"]')) return
  document.getElementById("first").remove()
  watch.disconnect()
}).observe(document.body, { childList: true, subtree: true })
</script>"""


def routes(base: str) -> list[Route]:
    """The address of each page. `base` is the path of the app, with a slash at its end."""
    return [Route(base + ("" if page.slug == "home" else page.slug), _answer(page.slug)) for page in PAGES]


def _answer(slug: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        asked = request.query_params.get("lang")
        spoken = asked if asked in LANGUAGES else best_language(request.headers.get("accept-language"))
        page = await run_in_threadpool(document, slug, spoken)
        return HTMLResponse(page, headers={"Cache-Control": "no-cache", "Vary": "Accept-Language"})

    return answer


@cache
def document(slug: str, lang: Language) -> str:
    """Streamlit's own document, with the page's title and idea in it. Its style sheet follows them: they need not wait for it."""
    page = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    with speaking(lang):
        heading = "Unrolled" if slug == "home" else title(slug)
        lines = (
            f"<h1>{escape(heading)}</h1>",
            f"<p>{escape(idea(slug))}</p>",
            f"<p>{escape(_('The page is loading …'))}</p>",
        )
    first = f'<div id="first" lang="{lang}">{"".join(lines)}</div>'
    name = heading if slug == "home" else f"{heading} · Unrolled"
    sheets = "".join(STYLE_SHEET.findall(page))
    page = STYLE_SHEET.sub("", page)
    page = page.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{escape(name)}</title>{STYLE}", 1)
    return page.replace("<body>", f"<body>{first}{SCRIPT}{sheets}", 1)


class CompressedFiles:
    """Streamlit sends its own files as they are, because it would compress them anew for every visitor. Here each is compressed when
    it is first asked for, and kept: about a third of the size."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app = app
        self.files = {
            base + file.relative_to(STREAMLIT).as_posix(): file
            for file in STREAMLIT.glob("static/*/*")
            if file.suffix in KINDS
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
        response = Response(await run_in_threadpool(_compressed, file), headers=headers, media_type=KINDS[file.suffix])
        return await response(scope, receive, send)


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), LEVEL)
