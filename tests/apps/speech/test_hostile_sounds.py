"""Sounds that are large to decode: their length is read in their headers, and refused before a sample is made of them."""

import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.apps.speech.listen import heard_file
from rnn_core.apps.speech.wav import LARGEST, SoundError, read_wav, write_wav


def wav(size: int, *, code: int = 1, channels: int = 1, rate: int = 16_000, bits: int = 16) -> bytes:
    form = struct.pack("<HHIIHH", code, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits)
    chunks = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", size) + bytes(size)
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


ALL = LARGEST - 100
LARGE = {
    "minutes of telephone": (wav(ALL, bits=8, rate=8_000), "long"),
    "minutes of music": (wav(ALL, channels=2, rate=44_100), "long"),
    "eight channels": (wav(ALL, channels=8, rate=192_000, bits=16), "large"),
    "a rate that no sound has": (wav(ALL, rate=400_000), "rate"),
    "no rate": (wav(ALL, rate=0), "rate"),
    "no channel": (wav(ALL, channels=0), "format"),
    "bits of another kind": (wav(ALL, bits=12), "format"),
    "larger than any": (wav(LARGEST + 1), "large"),
}


@pytest.mark.parametrize(("data", "fault"), LARGE.values(), ids=LARGE)
def test_a_large_sound_is_refused_before_it_is_decoded(data: bytes, fault: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(SoundError) as refusal:
            read_wav(data)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refusal.value.fault == fault
    assert most < 1e6


def test_the_largest_sound_that_is_decoded_takes_bounded_memory() -> None:
    data = wav(10 * 192_000 * 2 * 4, code=3, channels=2, rate=192_000, bits=32)
    tracemalloc.start()
    try:
        samples, rate = read_wav(data)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (len(samples), rate) == (1_920_000, 192_000)
    assert most < 100e6


WORD = write_wav(0.3 * np.sin(np.arange(6000) / 5.0))


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda end: b"RIFF....WAVE" + end))
def test_any_bytes_are_a_sound_or_refused(data: bytes) -> None:
    heard_or_refused(data)


@given(st.integers(0, 60), st.binary(min_size=1, max_size=8))
def test_a_sound_with_any_part_of_its_header_changed_is_a_sound_or_refused(place: int, other: bytes) -> None:
    heard_or_refused(WORD[:place] + other + WORD[place + len(other) :])


def heard_or_refused(data: bytes) -> None:
    try:
        found = heard_file(data)
    except SoundError:
        return
    assert np.isfinite(found.whole).all()
