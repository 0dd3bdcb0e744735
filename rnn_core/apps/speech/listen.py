"""The preparation of a visitor's sound for the network, or the reason why it cannot be used."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.apps.speech.sound import RATE, level, one_word, resampled, utterances, without_hum
from rnn_core.apps.speech.wav import LONGEST, SoundError, read_wav
from rnn_core.arrays import Array

LONGEST_WORD, SHORTEST_WORD = 1.6, 0.1  # seconds
LONGEST_STRIP = 6.0  # seconds of several digits
SILENT = -75.0  # decibels below full scale: the loudest moment of a recording in which nobody spoke
FAINT, OUTSTANDING = (
    -50.0,
    15.0,
)  # below the first, a voice is there if the loudest moment is so far above the background
FEWEST_VALUES = 24  # a faint sound in few bits is steps and no sound
QUIET = -35.0
MARGIN = 0.1  # seconds of background that a word needs on both sides
AROUND = 0.25  # seconds of silence put before and after, because a word that begins at once has no background to stand out from
DEEPEST = -45.0  # decibels below the loudest moment: the silence is at least so quiet
FADE = 0.005  # seconds over which a recording that is cut off comes and goes, so that no edge clicks
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


def heard_file(data: bytes, is_strip: bool = False) -> Heard:
    return heard(*read_wav(data), is_strip=is_strip)


def heard(samples: Array, rate: int, is_strip: bool = False) -> Heard:
    """`is_strip`: several digits in one breath are wanted, and not one word."""
    if len(samples) > LONGEST * rate:
        raise SoundError("long", f"{len(samples) / rate:.0f}")
    sound = resampled(samples - samples.mean(), rate)
    if len(sound) < SHORTEST_WORD * RATE:
        raise SoundError("short", f"{len(sound) / RATE:.2f}")
    bare = without_hum(sound)
    levels, whole = level(bare), in_silence(bare)
    if _silent(levels) or len(np.unique(samples)) < FEWEST_VALUES:
        raise SoundError("silent")
    word, words = one_word(whole, margin=0.0), utterances(whole)
    seconds = (word.stop - word.start) / RATE
    if is_strip and seconds > LONGEST_STRIP:
        raise SoundError("long strip", f"{seconds:.1f}")
    if not is_strip and (seconds > LONGEST_WORD or len(words) > 1):
        raise SoundError("several words", f"{seconds:.1f}")
    if seconds < 0.06:
        raise SoundError("short", f"{seconds:.2f}")
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


def in_silence(sound: Array) -> Array:
    """The sound with silence on each side where a word reaches up to the edge: nothing there tells where it begins."""
    word, fade, around = one_word(sound, margin=0.0), round(FADE * RATE), round(AROUND * RATE)
    before = around if word.start < MARGIN * RATE else 0
    behind = around if len(sound) - word.stop < MARGIN * RATE else 0
    slope = np.ones(len(sound))
    slope[:fade], slope[-fade:] = np.linspace(0.0, 1.0, fade), np.linspace(1.0, 0.0, fade)
    levels = level(sound)
    quiet = min(float(np.quantile(levels, 0.1)), float(levels.max()) + DEEPEST)
    hiss = np.random.default_rng(7).standard_normal(before + len(sound) + behind) * 10.0 ** (quiet / 20.0)
    hiss[before : before + len(sound)] = 0.0
    return np.asarray(hiss + np.pad(sound * slope, (before, behind)))


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
