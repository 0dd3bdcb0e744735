"""Tables in Markdown: a reader's own words have no meaning there."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.plain import escaped


@given(st.text())
def test_what_is_escaped_reads_as_it_was_and_means_nothing(text: str) -> None:
    shown = escaped(text)
    assert unescape(shown) == text or any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in text)
    assert not set(shown) & set("|*_`$<>[]()\\!~:\"'\n")


@pytest.mark.parametrize("letter", ["a", "7", "é", "中"])
def test_letters_stay_letters(letter: str) -> None:
    assert escaped(letter) == letter
