"""The preparation of a visitor's sound for the network, or the reason why it cannot be used."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.apps.speech.sound import RATE, level, one_word, resampled, utterances, without_hum
from rnn_core.apps.speech.wav import LONGEST, SoundError, read_wav
from rnn_core.arrays import Array

LONGEST_WORD, SHORTEST_WORD = 1.6, 0.1  # seconds
SILENT = -75.0  # decibels below full scale: the loudest moment of a recording in which nobody spoke
FAINT, OUTSTANDING = (
    -50.0,
    15.0,
)  # below the first, a voice is there if the loudest moment is so far above the background
FEWEST_VALUES = 24  # a faint sound in few bits is steps and no sound
QUIET = -35.0
STEADY = 9.0  # decibels between the loudest moment and the background: less is no speech
CLIPPED = 0.002  # the share of samples at the extreme value, in runs of at least three

Remark = Literal["clipped", "quiet", "noisy", "low rate"]


@dataclass(frozen=True)
class Heard:
    whole: Array  # (N,) the recording at 8 kHz, around zero
    word: slice  # the part that the network reads
    remarks: tuple[Remark, ...]

    @property
    def samples(self) -> Array:
        return self.whole[self.word]


def heard_file(data: bytes) -> Heard:
    return heard(*read_wav(data))


def heard(samples: Array, rate: int) -> Heard:
    if len(samples) > LONGEST * rate:
        raise SoundError("long", f"{len(samples) / rate:.0f}")
    whole = without_hum(resampled(samples - samples.mean(), rate))
    if len(whole) < SHORTEST_WORD * RATE:
        raise SoundError("short", f"{len(whole) / RATE:.2f}")
    levels = level(whole)
    if _silent(levels) or len(np.unique(samples)) < FEWEST_VALUES:
        raise SoundError("silent")
    bare, words = one_word(whole, margin=0.0), utterances(whole)
    if bare.stop - bare.start > LONGEST_WORD * RATE or len(words) > 1:
        raise SoundError("several words", f"{(bare.stop - bare.start) / RATE:.1f}")
    if bare.stop - bare.start < 0.06 * RATE:
        raise SoundError("short", f"{(bare.stop - bare.start) / RATE:.2f}")
    remarks: list[Remark] = []
    if _clipped(samples):
        remarks.append("clipped")
    if levels.max() < QUIET:
        remarks.append("quiet")
    if levels.max() - np.quantile(levels, 0.1) < STEADY and len(levels) > 50:
        remarks.append("noisy")
    if rate < RATE:
        remarks.append("low rate")
    return Heard(whole, one_word(whole), tuple(remarks))


def _silent(levels: Array) -> bool:
    loudest = levels.max()
    return bool(loudest < SILENT or (loudest < FAINT and loudest - np.quantile(levels, 0.1) < OUTSTANDING))


def _clipped(samples: Array) -> bool:
    """Whether the microphone has clipped the sound: many samples are equal to the extreme value."""
    peak = np.abs(samples).max()
    if peak < 0.5:
        return False
    at_edge = np.abs(samples) >= 0.995 * peak
    runs = at_edge[:-2] & at_edge[1:-1] & at_edge[2:]
    return bool(runs.mean() > CLIPPED)
