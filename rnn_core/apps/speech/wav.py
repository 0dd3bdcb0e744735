"""Reads and writes WAV files: PCM of 8 to 32 bits, floats and the telephone's A-law and mu-law, any number of channels, which
are averaged.

A file may come from anywhere, so everything in it is checked, and samples are decoded only if the header's number of
samples is within the limits.
"""

import struct
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.speech.sound import RATE
from rnn_core.arrays import Array

SoundFault = Literal[
    "empty", "large", "compressed file", "text", "not sound", "cut off", "format", "rate", "numbers",
    "long", "silent", "short", "several words", "long strip", "pauses",
]  # fmt: skip
LOWEST_RATE, HIGHEST_RATE = 4_000, 192_000
LONGEST = 10.0  # seconds
LARGEST = 16_000_000  # bytes: so long, at the highest rate, in two channels of 32 bits
MOST_SAMPLES = 4_000_000  # of all channels together
MOST_CHANNELS = 8

_FOREIGN = {  # how files of other kinds begin
    b"ID3": "MP3",
    b"\xff\xfb": "MP3",
    b"\xff\xf3": "MP3",
    b"\xff\xf2": "MP3",
    b"OggS": "OGG",
    b"fLaC": "FLAC",
    b"\x1a\x45\xdf\xa3": "WebM",
    b"FORM": "AIFF",
    b"\xff\xf1": "AAC",
    b"\xff\xf9": "AAC",
    b".snd": "AU",
    b"#!AMR": "AMR",
}
_PCM, _FLOAT, _A_LAW, _MU_LAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
_BITS = {_PCM: (8, 16, 24, 32), _FLOAT: (32, 64), _A_LAW: (8,), _MU_LAW: (8,)}


class SoundError(Exception):
    """Why a sound cannot be used: `fault` names the kind, `detail` what was found."""

    def __init__(self, fault: SoundFault, detail: str = "") -> None:
        super().__init__(f"{fault} {detail}".strip())
        self.fault: SoundFault = fault
        self.detail = detail


def read_wav(data: bytes, longest: float = LONGEST) -> tuple[Array, int]:
    """(N,) samples between -1 and 1 and the samples a second; at most `longest` seconds."""
    if not data:
        raise SoundError("empty")
    if len(data) > LARGEST:
        raise SoundError("large", f"{len(data) / 1e6:.0f} MB")
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise _foreign(data)
    form, sound = _chunks(data)
    code, channels, rate, bits = form
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise SoundError("rate", f"{rate:,} Hz")
    if not 1 <= channels <= MOST_CHANNELS:
        raise SoundError("format", f"{channels} channels")
    if bits not in _BITS.get(code, ()):
        raise SoundError("format", f"{bits} bits" if code in _BITS else f"format {code}")
    size = bits // 8 * channels
    count = len(sound) // size
    if count == 0:
        raise SoundError("empty")
    if count > longest * rate:
        raise SoundError("long", f"{count / rate:.0f}")
    if count * channels > MOST_SAMPLES:
        raise SoundError("large", f"{len(data) / 1e6:.0f} MB")
    numbers = _numbers(sound[: count * size], code, bits)
    if not np.isfinite(numbers).all() or max(numbers.max(), -numbers.min()) > 1e6:
        raise SoundError("numbers")
    return numbers.reshape(-1, channels).mean(axis=1), rate


def _foreign(data: bytes) -> SoundError:
    if data[:4] == b"RIFF":
        return SoundError("cut off") if len(data) < 12 else SoundError("not sound")
    for start, kind in _FOREIGN.items():
        if data.startswith(start):
            return SoundError("compressed file", kind)
    if data[4:8] == b"ftyp":
        return SoundError("compressed file", "MP4/M4A")
    if b"RIFF".startswith(data[:4]):
        return SoundError("cut off")
    try:
        text = data[:2000].decode("utf-8", errors="strict" if len(data) <= 2000 else "ignore")
    except UnicodeDecodeError:
        return SoundError("not sound")
    return SoundError("text" if all(letter.isprintable() or letter.isspace() for letter in text) else "not sound")


def _chunks(file: bytes) -> tuple[tuple[int, int, int, int], memoryview]:
    """The format (code, channels, samples a second, bits) and the bytes of the sound, which are not copied."""
    data = memoryview(file)
    form: tuple[int, int, int, int] | None = None
    at = 12
    while at + 8 <= len(data):
        name, size = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if name == b"fmt ":
            if len(body) < 16:
                raise SoundError("cut off")
            code, channels, rate, _, _, bits = struct.unpack("<HHIIHH", body[:16])
            form = (int.from_bytes(body[24:26], "little") if code == _EXTENSIBLE else code, channels, rate, bits)
        elif name == b"data" and form is not None:
            # A recorder that was interrupted, or writes into a pipe, could not say how long the sound is: take what is there.
            return form, body if len(body) else data[at + 8 :]
        at += 8 + size + size % 2
    raise SoundError("cut off")


def _numbers(sound: memoryview, code: int, bits: int) -> Array:
    match code, bits:
        case (1, 8):  # the only one without a sign
            return (np.frombuffer(sound, np.uint8).astype(np.float64) - 128.0) / 128.0
        case (1, 16):
            return np.frombuffer(sound, "<i2") / 2.0**15
        case (1, 24):
            threes = np.frombuffer(sound, np.uint8).reshape(-1, 3)
            fours = np.pad(threes, ((0, 0), (1, 0)))  # the empty byte lowest: 32 bits with the right sign
            return fours.reshape(-1).view("<i4") / 2.0**31
        case (1, 32):
            return np.frombuffer(sound, "<i4") / 2.0**31
        case (6, 8):
            return _expanded(np.frombuffer(sound, np.uint8) ^ np.uint8(0x55), bias=8, is_a_law=True)
        case (7, 8):
            return _expanded(~np.frombuffer(sound, np.uint8), bias=0x84, is_a_law=False)
        case (3, 32):
            return np.frombuffer(sound, "<f4").astype(np.float64)
        case _:
            return np.frombuffer(sound, "<f8").astype(np.float64)


def _expanded(codes: NDArray[np.uint8], bias: int, is_a_law: bool) -> Array:
    """The samples of ITU-T G.711: a sign, an exponent of three bits and four bits behind it."""
    exponent, steps = (codes >> 4 & 7).astype(np.int64), (codes & 15).astype(np.int64)
    if is_a_law:
        sizes = np.where(exponent > 0, (steps * 16 + bias + 256) << np.maximum(exponent - 1, 0), steps * 16 + bias)
        is_negative = codes < 128
    else:
        sizes = (((steps << 3) + bias) << exponent) - bias
        is_negative = codes >= 128
    return np.asarray(np.where(is_negative, -sizes, sizes) / 2.0**15)


def write_wav(samples: Array, rate: int = RATE) -> bytes:
    """16 bits, one channel."""
    sound = (np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
    form = struct.pack("<HHIIHH", _PCM, 1, rate, 2 * rate, 2, 16)
    chunks = b"WAVE" + b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks
