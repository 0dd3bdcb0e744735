"""The test sounds of the scores: the test voices, clean and under conditions that nothing was tuned on.

Every word is inserted into a longer recording and must be found in it, like a visitor's word.
"""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from rnn_core.apps.speech.augment import Sounds
from rnn_core.apps.speech.data import Clip, of_split, padded
from rnn_core.apps.speech.features import features
from rnn_core.apps.speech.settings import CONDITIONS, NOISE, PROGRAM, RECORDED, VOCODER
from rnn_core.apps.speech.sound import RATE, Integers, spoken
from rnn_core.arrays import Array

NOISES = (30.0, 20.0, 10.0, 5.0, 0.0)  # decibels by which the voice is louder
BANDS = 16  # of the vocoder
# Whose test voices speak in each condition.
PROGRAMS = dict.fromkeys(CONDITIONS, "eSpeak NG") | {PROGRAM: "Flite", RECORDED: "recorded"}


def clips_of(language: str, program: str) -> tuple[Clip, ...]:
    return tuple(clip for clip in of_split("test", language) if clip.voice.program == program)


@lru_cache(maxsize=16)
def trial(condition: str, language: str) -> tuple[Sounds, Integers]:
    clips = clips_of(language, PROGRAMS[condition])
    if not clips:  # Flite and the recorded person speak no Mandarin
        return Sounds(np.zeros((0, 1, 13)), np.zeros(0, np.int64)), np.zeros(0, np.int64)
    change = {NOISE: lambda sound, seed: in_noise(sound, 10.0, seed), VOCODER: vocoded}.get(condition, as_it_is)
    return heard([change(clip.samples, seed) for seed, clip in enumerate(clips)]), words_of(clips)


@lru_cache(maxsize=16)
def noise_trial(louder: float, language: str) -> tuple[Sounds, Integers]:
    clips = clips_of(language, "eSpeak NG")
    return heard([in_noise(clip.samples, louder, seed) for seed, clip in enumerate(clips)]), words_of(clips)


def words_of(clips: tuple[Clip, ...]) -> Integers:
    return np.array([clip.word for clip in clips], np.int64)


def heard(recordings: list[Array]) -> Sounds:
    """Each recording as the network reads it: only the word."""
    return padded([features(recording[spoken(recording)]).cepstra for recording in recordings])


def around(word: Array) -> Array:
    """The word with 0.4 s of silence before and after."""
    return np.pad(word, round(0.4 * RATE))


def as_it_is(word: Array, seed: int) -> Array:
    return around(word)


def in_noise(word: Array, louder: float, seed: int) -> Array:
    return with_hiss(around(word), float(np.sqrt(np.mean(word**2))), louder, seed)


def with_hiss(sound: Array, loudness: float, louder: float, seed: int) -> Array:
    """A hiss as loud in every octave, as rain or a ventilator, `louder` decibels below a voice of this loudness."""
    spectrum = np.fft.rfft(np.random.default_rng([4, seed]).standard_normal(len(sound)))
    hiss = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 5.0), len(sound))
    return np.asarray(sound + hiss * (loudness / hiss.std() * 10.0 ** (-louder / 20.0)))


def vocoded(word: Array, seed: int) -> Array:
    """The voice replaced by noise: of each of 16 bands only how loud it is from moment to moment is kept.

    People understand it (Shannon and others, 1995), and it resembles a whisper or a cochlear implant.
    """
    sound = around(word)
    N = len(sound)
    spectrum, noise = np.fft.rfft(sound), np.fft.rfft(np.random.default_rng([5, seed]).standard_normal(N))
    hertz = np.arange(len(spectrum)) * (RATE / N)
    edges = np.geomspace(100.0, 3900.0, BANDS + 1)
    slow = np.exp(-0.5 * (hertz / 30.0) ** 2)  # envelopes are smooth: slower than 30 Hz
    result = np.zeros(N)
    for low, high in pairwise(edges):
        inside = (hertz >= low) & (hertz < high)
        envelope = np.fft.irfft(np.fft.rfft(np.abs(np.fft.irfft(spectrum * inside, N))) * slow, N)
        carrier = np.fft.irfft(noise * inside, N)
        result += np.clip(envelope, 0.0, None) * carrier / carrier.std()
    return result
