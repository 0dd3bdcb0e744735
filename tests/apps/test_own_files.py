"""Encodings and labels of files that people bring: read as they were meant, or refused, and never turned into other letters."""

import numpy as np
import pytest

from rnn_core.apps.sentiment.own import own_reviews, review_table
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
