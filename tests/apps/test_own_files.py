"""Encodings and labels of files that people bring: read as they were meant, or refused, and never turned into other letters."""

import numpy as np
import pytest

from rnn_core.apps.sentiment.own import (
    MOST_CHARACTERS,
    MOST_REVIEWS,
    OwnReviews,
    own_reviews,
    pack,
    review_table,
    unpack,
)
from rnn_core.apps.table import decode
from rnn_core.apps.text.own import NotText, clean, read_text

GERMAN = "Der Bär läuft über die Straße. " * 50
CHINESE = "那是一个很冷的早晨，街上没有什么人。" * 80


@pytest.mark.parametrize(
    ("text", "encoding"), [(GERMAN, "cp1252"), (GERMAN, "utf-16"), (CHINESE, "gb18030"), (CHINESE, "utf-8-sig")]
)
def test_a_text_in_a_usual_encoding_is_read_as_it_was_written(text: str, encoding: str) -> None:
    assert read_text(text.encode(encoding)) == text
    assert decode(text.encode(encoding)).lstrip("\ufeff") == text


@pytest.mark.parametrize(
    "data",
    [
        "これは日本語です。".encode("shift_jis") * 200,
        np.random.default_rng(0).integers(0, 256, 3000, np.uint8).tobytes(),
        b"\x89PNG\r\n\x1a\n" + np.random.default_rng(1).integers(0, 256, 3000, np.uint8).tobytes(),
    ],
)
def test_what_would_become_other_letters_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        clean(read_text(data))


def test_labels_that_a_program_wrote_as_numbers_with_a_point() -> None:
    data = b"text,label\na lovely film,1.0\na dull one,0.0\nquite nice,1.0\n"
    assert own_reviews(review_table(data)).rows == (
        ("a lovely film", True),
        ("a dull one", False),
        ("quite nice", True),
    )


def sorted_by_label(letters: int = 1) -> OwnReviews:
    """Three quarters are good, and come first."""
    good, bad = ([f"{word} {k} {'x' * letters},{label}" for k in range(n)] for word, label, n in KINDS)
    return own_reviews(review_table("\n".join(["text,label", *good, *bad]).encode()))


KINDS = (("fine", 1, 6_000), ("dull", 0, 2_000))


def test_reviews_that_are_sorted_by_label_are_drawn_from_both() -> None:
    found = sorted_by_label()
    assert (len(found.rows), found.left_out) == (MOST_REVIEWS, 5_000)
    assert sum(good for _text, good in found.rows) == 0.75 * MOST_REVIEWS
    assert found == sorted_by_label(), "drawn, and the same each time"
    assert list(found.numbers) == sorted(found.numbers)
    first_half = sum(number < 3_000 for number in found.numbers)
    assert 0.4 * 2_250 < first_half < 0.6 * 2_250, "not from the top alone"


def test_as_many_reviews_are_trained_on_as_a_run_holds_and_both_labels_keep_their_share() -> None:
    found = sorted_by_label(letters=120)
    used = unpack(pack(found.rows))
    assert MOST_CHARACTERS - 200 < sum(len(text) for text, _good in used) <= MOST_CHARACTERS
    assert sum(good for _text, good in used) == pytest.approx(0.75 * len(used), abs=2)
    assert set(used) <= set(found.rows)
    huge = [("x " * MOST_CHARACTERS, True), *found.rows[:300], *found.rows[-300:]]
    assert len(unpack(pack(huge))) == 600, "one that would not fit is passed over"
