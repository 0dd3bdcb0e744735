"""Every page is opened by links with hostile parameters, in both languages, and shows no exception.

A value that a parameter refuses is tried on one parameter after another in tests/ui/links; here all parameters of a page meet.
"""

import base64
import random
import zlib
from collections.abc import Iterator

import pytest
from streamlit.runtime.state.query_params import QueryParams
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy
from streamlit.testing.v1 import AppTest

from tests.charts import ROOT
from ui.i18n import LANGUAGES
from ui.shell import site

LINKS, MANY_LINKS = 3, 100  # per page and language

Link = dict[str, str | list[str]]

MARKDOWN = "\n\n# heading\n![a](//evil.test/m.png) <img src=x onerror=hit=1>"
HOSTILE: tuple[str | list[str], ...] = (
    *("inf", "-inf", "nan", "1e999", "-1e999", "1e400", "1" * 400, "-" + "9" * 5000, "1e308", "-1e-320"),
    *(
        "-1",
        "0",
        "1",
        "-0.0",
        "1.5",
        "9999",
        "99999999999999999999",
        "1_000",
        "0x10",
        "٣",
        "²",
        "½",
        "+1",
        " 7 ",
        "1e2",
    ),
    *("", " ", "x" * 10_000, "[" * 5000, "None", "null", "true", "False", "undefined", "'", '"', "\\", "`" * 50),
    *(MARKDOWN, "%ED%A0%80", "\ufffd\u202e\u0000", "$x$ :red[x] :material/home:", "{0}{x!r}%s", "../../etc/passwd"),
    *(["1", "inf"], ["", "nan"], ["0"] * 500, ["a", "a"], "1,2,3", "1-2", "2024-13-45", "9999-12-31", "00:00"),
    *('{"a":1e400}', "[[1e999]]", '{"__class__":"x"}', "[1,1]", "[0,99]"),
)


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(data)).decode().rstrip("=")


TASK = '{"task":{"name":"adding","steps":%s},"seeds":%s,"runs":[{"cell":%s}]}'
OWN: dict[str, tuple[str, ...]] = {  # values that are hostile for these parameters only
    "w": (
        packed(b"\x00\x00\x00" + b"\xff" * 8),
        packed(b"\x00" * 1_000_000),
        "eJw",
        "A" * 19_999,
        packed(b"\xff" * 11),
    ),
    "kept": (
        "f.all.1-99999.1e308",
        "~".join(["s.1.1-9"] * 21),
        "f.9999.99999.-",
        "c.2.40.1.5.6",
        "f.all.0-0.1e-",
        "~~",
    ),
    "wave": ("1," * 300, "inf,nan", ",".join(["0.5"] * 40), ",".join(["1e400"] * 40), ";;;"),
    "clicks": ("0." * 3000, "9999.-1.5", "٣.4", "1..2", "." * 50, "0" * 400),
    "list": (
        *(TASK % (value, 3, '"gru"') for value in ("1e400", "1" * 400, "null", '"\\ud800"', "[[]]")),
        *(TASK % (30, value, '"gru"') for value in ("0", "1e400", "-1", "true")),
        *(TASK % (30, 3, value) for value in ("{}", '"\\ud800"', '"gru","rate":1e400', '"gru","hidden":' + "1" * 400)),
        '{"task":' + "[" * 2000 + "]" * 2000 + ',"seeds":1,"runs":[]}',
    ),
    "more": (
        *('{"task":{"name":"copy","steps":' + value + "}}" for value in ("1e400", "1" * 400, '"\\ud800"', "{}", "NaN")),
        *('{"check_every":' + value + "}" for value in ("1e400", "1" * 400, "0", "true", "null", '"\\ud800"')),
        *("[]", "1", '"x"', "null", '{"task":null}', '{"task":{"name":["copy"]}}', "{" * 500),
    ),
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The parameters that a page uses: those of its widgets, and those that it reads itself."""
    names: set[str] = set()
    bind, get = QueryParams.bind_widget, QueryParamsProxy.__getitem__

    def noted_bind(self: QueryParams, param_key: str, *given: str, **named: str) -> None:
        names.add(param_key)
        bind(self, param_key, *given, **named)

    def noted_get(self: QueryParamsProxy, key: str) -> str:
        names.add(key)
        return get(self, key)

    monkeypatch.setattr(QueryParams, "bind_widget", noted_bind)
    monkeypatch.setattr(QueryParamsProxy, "__getitem__", noted_get)
    return names


def opened(slug: str, lang: str, link: Link) -> AppTest:
    """The page as the first page of a session. Home is not run before it, which halves the time."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update({"lang": lang, **link})
    return app.switch_page(f"pages/{slug}.py").run()


def choices(app: AppTest) -> dict[str, list[str]]:
    """The options, as a link names them, of every choice that the page shows."""
    widgets = [widget for kind in ("selectbox", "button_group") for widget in app.get(kind)]
    labels = {widget.key: getattr(widget.format_func, "__self__", None) for widget in widgets}
    return {key: list(options) for key, options in labels.items() if isinstance(options, dict)}


def links(slug: str, lang: str, asked: set[str], options: dict[str, list[str]], count: int) -> Iterator[Link]:
    """About half of the choices get a valid option, so that every part of the page is opened; all other values are hostile."""
    draw = random.Random(f"{slug} {lang}")
    for at in range(count):
        link: Link = {}
        for place, name in enumerate(sorted(asked - {"lang"})):
            known = options.get(name)
            if known and draw.random() < 0.6:
                link[name] = known[(at + place) % len(known)]
            elif draw.random() < 0.8:
                link[name] = draw.choice(OWN[name] if name in OWN and draw.random() < 0.7 else HOSTILE)
        yield link


def smallest(slug: str, lang: str, link: Link) -> Link:
    """The smallest part of a link that still causes the exception."""
    for name in tuple(link):
        less = {key: value for key, value in link.items() if key != name}
        if opened(slug, lang, less).exception:
            link = less
    return link


@pytest.mark.parametrize("count", [LINKS, pytest.param(MANY_LINKS, marks=pytest.mark.long)])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", [page.slug for page in site.PAGES])
def test_no_link_makes_a_page_show_an_exception(slug: str, lang: str, count: int, asked: set[str]) -> None:
    options = choices(opened(slug, lang, {}))
    for link in links(slug, lang, asked, options, count):
        app = opened(slug, lang, link)
        if app.exception:
            (first, *_) = app.exception
            pytest.fail(f"{smallest(slug, lang, link)}\n{first.message}\n" + "\n".join(first.stack_trace[-4:]))
        options |= choices(app)


def test_the_generated_links_cover_parameters_and_choices(asked: set[str]) -> None:
    """The parameters are recorded while pages run: if Streamlit renamed the patched methods, the links would be empty and every test would pass."""
    app = opened("gates", "en", {})
    assert {"view", "cell", "T", "seed", "bo"} <= asked
    assert choices(app)["view"] == ["gates", "left", "hold", "functions"]
    opened("gates", "en", {"view": "hold"})
    assert "kept" in asked
