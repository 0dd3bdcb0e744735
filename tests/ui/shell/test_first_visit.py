"""A first visit has something to read before any script, and Streamlit's files come compressed."""

import gzip
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from tests.ui.shell import asgi
from ui.cells.compute import preset_ribbons
from ui.i18n import LANGUAGES, Language
from ui.shell import first_visit
from ui.shell.first_visit import STREAMLIT, CompressedFiles, routes
from ui.shell.server import still_of
from ui.shell.site import PAGES

ENTRY = next(STREAMLIT.glob("static/js/index.*.js"))


def asked(path: str, base: str = "/", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Of an app with these routes, before all that Streamlit serves."""
    rest = Mount("/", app=PlainTextResponse("Streamlit's answer"))
    app = Starlette(routes=[*routes(base, still_of), rest], middleware=[Middleware(CompressedFiles, base=base)])
    return asgi.asked(app, path, method, **headers)


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
def test_every_page_has_its_title_before_any_script_runs(lang: Language) -> None:
    for page in PAGES:
        path = "/" if page.slug == "home" else f"/{page.slug}"
        status, headers, body = asked(f"{path}?lang={lang}&T=3")
        assert status == 200
        assert headers["cache-control"] == "no-cache"
        reported = Words(body.decode())
        with first_visit.using_language(lang):
            assert first_visit.idea(page.slug) in reported.words
        assert ("loading" in reported.words) == (lang == "en")
        assert f'lang="{lang}"' in body.decode()
        order = [reported.order.index(name) for name in ("<style ", "<div first>", "<link stylesheet>", "<div root>")]
        assert order == sorted(order), "Streamlit's document has another form now: see first_visit.document"
        assert reported.order.count("<link stylesheet>") == 1


def test_the_language_is_the_browsers_where_the_link_has_none() -> None:
    assert 'lang="zh"' in asked("/lstm", accept_language="zh-CN,zh;q=0.9")[2].decode()
    reported = asked("/lstm?lang=<marquee>", accept_language="de")[2].decode()
    assert 'lang="en"' in reported
    assert "<marquee>" not in reported


def test_an_embedded_page_begins_with_a_picture_of_its_own_numbers() -> None:
    ribbons = preset_ribbons("lstm", "latch")
    body = asked("/lstm?embed=true")[2].decode()
    assert body.count("<path ") == 2 * len(ribbons)
    assert "<svg" not in asked("/lstm")[2].decode()
    assert asked("/lstm?embed=true&preset=nothing")[2].decode() == body
    other = asked("/lstm?embed=true&preset=random")[2].decode()
    assert other.count("<path ") == 2 * len(preset_ribbons("lstm", "random"))
    assert other != body
    lines = asked("/runs?embed=true")[2].decode()
    assert lines.count("<polyline ") == 6
    assert "nan" not in lines
    assert all(len(still_of(page.slug, "")) < 60_000 for page in PAGES)


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
def test_other_requests_are_answered_by_streamlit(path: str) -> None:
    assert asked(path, accept_encoding="gzip")[2] == b"Streamlit's answer"


def test_a_browser_without_gzip_gets_uncompressed_files() -> None:
    path = f"/static/js/{ENTRY.name}"
    assert asked(path)[2] == asked(path, method="HEAD", accept_encoding="gzip")[2] == b"Streamlit's answer"
