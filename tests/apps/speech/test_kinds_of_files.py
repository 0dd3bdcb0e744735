"""Files of many kinds through the door of the page: what a recorder writes is read alike, and all else is refused with words."""

import struct

import numpy as np
import pytest

from rnn_core.apps.speech import data, trials
from rnn_core.apps.speech.listen import heard_file
from rnn_core.apps.speech.playing import played
from rnn_core.apps.speech.reader import Reader
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.wav import LARGEST, SoundError, read_wav, write_wav
from rnn_core.apps.trained import load_trained

WORD = trials.around(data.of_split("test")[5].samples)


def wav(code: int, channels: int, rate: int, bits: int, sound: bytes) -> bytes:
    size = bits // 8 * channels
    form = struct.pack("<HHIIHH", code, channels, rate, rate * size, size, bits)
    chunks = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def at(rate: int) -> np.ndarray:
    """The word at another rate, by straight lines between its samples."""
    return np.interp(np.arange(0, len(WORD) - 1, 8000 / rate), np.arange(len(WORD)), WORD)


def mu_law(samples: np.ndarray) -> bytes:
    """By looking for the nearest of the 256 values that the reader knows."""
    known, _rate = read_wav(wav(7, 1, 8000, 8, bytes(range(256))))
    return np.abs(samples[:, None] - known).argmin(axis=1).astype(np.uint8).tobytes()


def a_law(samples: np.ndarray) -> bytes:
    known, _rate = read_wav(wav(6, 1, 8000, 8, bytes(range(256))))
    return np.abs(samples[:, None] - known).argmin(axis=1).astype(np.uint8).tobytes()


def in_24_bits(samples: np.ndarray) -> bytes:
    fours = np.round(samples * (2**23 - 1)).astype("<i4").view(np.uint8).reshape(-1, 4)
    return fours[:, :3].tobytes()


KINDS = {
    "16 bits": write_wav(WORD),
    "stereo, 48 kHz": wav(1, 2, 48_000, 16, np.repeat(at(48_000) * 32767, 2).astype("<i2").tobytes()),
    "one channel of two, 44.1 kHz": wav(
        1, 2, 44_100, 16, np.stack([at(44_100), 0 * at(44_100)], 1).ravel().dot(32767).astype("<i2").tobytes()
    ),
    "8 bits": wav(1, 1, 8000, 8, np.round(WORD * 127 + 128).astype(np.uint8).tobytes()),
    "24 bits": wav(1, 1, 8000, 24, in_24_bits(WORD)),
    "32 bits": wav(1, 1, 8000, 32, np.round(WORD * (2**31 - 1)).astype("<i4").tobytes()),
    "float": wav(3, 1, 16_000, 32, at(16_000).astype("<f4").tobytes()),
    "double": wav(3, 1, 8000, 64, WORD.astype("<f8").tobytes()),
    "mu-law": wav(7, 1, 8000, 8, mu_law(WORD)),
    "A-law": wav(6, 1, 8000, 8, a_law(WORD)),
}
REFUSED = {
    b"": "empty",
    b"ID3" + bytes(99): "compressed file",
    b"OggS" + bytes(99): "compressed file",
    b"fLaC" + bytes(99): "compressed file",
    write_wav(np.zeros(8000)): "silent",
    write_wav(np.tile(WORD, 20)): "long",
    b"RIFF" + bytes(LARGEST): "large",
    wav(1, 1, 8000, 12, bytes(99)): "format",
    write_wav(WORD)[:30]: "cut off",
    b"eins, zwei": "text",
}


def test_ten_kinds_of_files_with_one_word_get_one_answer() -> None:
    reader = Reader(load_trained(Settings, "gru").state)
    answers = {kind: reader.read(played(heard_file(file).whole).features.inputs).answer for kind, file in KINDS.items()}
    assert set(answers.values()) == {data.of_split("test")[5].word}, answers


@pytest.mark.parametrize(("file", "fault"), REFUSED.items(), ids=REFUSED.values())
def test_what_cannot_be_read_is_refused_with_its_reason(file: bytes, fault: str) -> None:
    with pytest.raises(SoundError) as refused:
        heard_file(file)
    assert refused.value.fault == fault


@pytest.mark.parametrize(("code", "top"), [(6, 32256 / 32768), (7, 32124 / 32768)])
def test_the_values_of_the_telephone_are_those_of_the_standard(code: int, top: float) -> None:
    """ITU-T G.711: symmetric about zero, 128 sizes, each step as wide as or wider than the one below."""
    values = np.sort(read_wav(wav(code, 1, 8000, 8, bytes(range(256))))[0])
    assert values.max() == pytest.approx(top)
    np.testing.assert_allclose(values, -values[::-1])
    steps = np.diff(values[128:])
    assert (np.diff(steps) >= -1e-12).all()
