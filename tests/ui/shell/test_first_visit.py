"""A first visit has something to read before any script, and Streamlit's files come compressed."""

import asyncio
import gzip
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from ui.i18n import LANGUAGES, Language
from ui.shell import first_visit
from ui.shell.first_visit import STREAMLIT, CompressedFiles, routes
from ui.shell.site import PAGES

ENTRY = next(STREAMLIT.glob("static/js/index.*.js"))


def asked(path: str, base: str = "/", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an app with these routes, before all that Streamlit serves."""
    rest = Mount("/", app=PlainTextResponse("Streamlit's answer"))
    app = Starlette(routes=[*routes(base), rest], middleware=[Middleware(CompressedFiles, base=base)])
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
    told = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return messages[0]["status"], told, b"".join(each.get("body", b"") for each in messages)


class Words(HTMLParser):
    """What stands in the body, and in which order its elements come."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside, self.words, self.order = [""], "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.order += f"<{tag} {dict(attrs).get('rel') or dict(attrs).get('id') or ''}>"

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_says_what_it_is_before_any_script(lang: Language) -> None:
    for page in PAGES:
        path = "/" if page.slug == "home" else f"/{page.slug}"
        status, headers, body = asked(f"{path}?lang={lang}&T=3")
        assert status == 200
        assert headers["cache-control"] == "no-cache"
        told = Words(body.decode())
        with first_visit.using_language(lang):
            assert first_visit.idea(page.slug) in told.words
        assert ("loading" in told.words) == (lang == "en")
        assert f'lang="{lang}"' in body.decode()
        order = [told.order.index(name) for name in ("<style ", "<div first>", "<link stylesheet>", "<div root>")]
        assert order == sorted(order), "Streamlit's document has another form now: see first_visit.document"
        assert told.order.count("<link stylesheet>") == 1


def test_the_language_is_the_browsers_where_the_link_has_none() -> None:
    assert 'lang="zh"' in asked("/lstm", accept_language="zh-CN,zh;q=0.9")[2].decode()
    told = asked("/lstm?lang=<marquee>", accept_language="de")[2].decode()
    assert 'lang="en"' in told
    assert "<marquee>" not in told


@pytest.mark.parametrize("base", ["/", "/some/place/"])
def test_streamlits_files_are_sent_compressed(base: str) -> None:
    path = f"{base}static/js/{ENTRY.name}"
    status, headers, body = asked(path, base, accept_encoding="gzip, deflate, br")
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert gzip.decompress(body) == ENTRY.read_bytes()
    assert len(body) < 0.45 * ENTRY.stat().st_size


@pytest.mark.parametrize(
    "path", ["/static/js/../../index.html", "/static/js/nothing.js", "/_stcore/health", "/static/media"]
)
def test_all_else_is_streamlits(path: str) -> None:
    assert asked(path, accept_encoding="gzip")[2] == b"Streamlit's answer"


def test_who_cannot_unpack_it_gets_it_from_streamlit() -> None:
    path = f"/static/js/{ENTRY.name}"
    assert asked(path)[2] == asked(path, method="HEAD", accept_encoding="gzip")[2] == b"Streamlit's answer"
