"""Texts of any size and kind: of a long one the beginning is used, and what is no text is refused."""

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.apps.text import data, own
from rnn_core.errors import CoreError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_of_a_long_text_the_beginning_is_used(encoding: str) -> None:
    whole = own.clean("\n".join(data.documents_of("chinese"))[:30_000])
    book = "\n".join([whole] * 40)
    found = own.own_text(book.encode(encoding))
    used = own.unpack(found.packed)
    assert found.is_cut
    assert len(used) == found.characters
    assert book.startswith(used)
    assert own.MOST_BYTES - 10 < len(used.encode()) <= own.MOST_BYTES
    classic = own.own_text(b"a line of a book\n" * 65_000)
    assert (classic.characters, classic.is_cut) == (17 * 65_000 - 1, False), "1.1 MB are used whole"


def test_a_file_of_any_size_is_read_as_far_as_it_is_used() -> None:
    found = own.own_text("é".encode() * own.MOST_BYTES + b"\xff" * own.MOST_BYTES)
    assert (found.characters, found.is_cut) == (own.MOST_BYTES // 2, True)


@given(st.binary(max_size=100), st.sampled_from([1, 300]))
def test_any_file_is_a_text_or_refused(piece: bytes, times: int) -> None:
    try:
        found = own.own_text(piece * times)
    except CoreError:
        return
    assert len(own.unpack(found.packed)) == found.characters


@given(st.text(max_size=100) | st.binary(max_size=100).map(lambda raw: base64.b64encode(zlib.compress(raw)).decode()))
def test_anything_packed_by_others_is_a_text_or_refused(packed: str) -> None:
    try:
        unpacked = own.unpack(packed)
    except CoreError:
        return
    assert own.clean(unpacked) == unpacked
