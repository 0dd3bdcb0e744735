"""What a link, a file or a visitor says has no meaning in Markdown, in code and in charts."""

import ast
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.repository import ROOT
from ui.as_text import as_code, in_chart, in_markdown


def shown_of(escaped: str) -> str:
    return unescape(escaped).replace("\u2060", "")


@given(st.text())
def test_escaped_markdown_shows_the_original_text(text: str) -> None:
    shown = in_markdown(text)
    assert not set(shown) & set("|*_`$<>[]()\\!~:@\"'\n")
    assert shown_of(shown).split() == shown_of(in_markdown(shown_of(shown))).split()
    if text.isprintable() and "\u2060" not in text:
        assert shown_of(shown) == text


@pytest.mark.parametrize("letter", ["a", "7", "é", "中"])
def test_plain_letters_are_not_escaped(letter: str) -> None:
    assert in_markdown(letter) == letter


@pytest.mark.parametrize("text", ["http://evil.test", "www.evil.test", "WWW.evil.test", "me@evil.test", ":smile:"])
def test_links_and_shortcodes_that_markdown_finds_later_are_escaped(text: str) -> None:
    assert text not in unescape(in_markdown(text))


@pytest.mark.parametrize(
    "pieces", [("www", ".evil.test"), ("http", "://evil.test"), ("http:", "//evil.test"), ("me@", "b.c")]
)
def test_joined_pieces_form_no_markup(pieces: tuple[str, str]) -> None:
    assert "".join(pieces) not in unescape("".join(map(in_markdown, pieces)))


@given(st.text())
def test_code_is_one_span_in_one_line(text: str) -> None:
    shown = as_code(text)
    assert shown[0] == shown[-1] == "`"
    assert shown[1:-1]
    assert not set(shown[1:-1]) & set("`\n\r\v\f\x85\u2028\u2029")


@given(st.text())
def test_charts_show_outside_text_without_markup(text: str) -> None:
    shown = in_chart(text)
    assert not set(shown) & set("<>\n")


def test_no_other_function_escapes_outside_text() -> None:
    """One door: whoever escapes in a way of their own has missed what it does."""
    for path in sorted([*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]):
        if path.name == "as_text.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.ImportFrom) and node.module == "html"), path
            assert not (isinstance(node, ast.Import) and any(each.name == "html" for each in node.names)), path
            if isinstance(node, ast.keyword):
                assert node.arg != "unsafe_allow_html", path
