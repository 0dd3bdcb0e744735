r"""The network's input features of a sound: 13 mel-frequency cepstral coefficients every 12.5 ms.

1. pre-emphasis   y_n = x_n - 0.97 x_{n-1}: high tones are weak in speech, and are lifted
2. frames         256 samples (32 ms), every 100 samples (12.5 ms), each under Hann's window
3. spectrum       |rfft|^2 of every frame: 129 frequencies from 0 to 4 kHz
4. mel            24 triangles, narrow below and wide above as in our ear: mel(f) = 2595 log10(1 + f/700)
5. logarithm      of each against the loudest of the whole sound: how loud it was said drops out, and what lies
                  more than 40 dB below the loudest is one and the same floor
6. DCT            the first 13 cosines of the curve over the 24 triangles: its shape without its details
7. one scale      each coefficient less its mean over the whole sound, over its spread: what a room, a microphone or a
                  throat adds to every frame alike drops out
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnn_core.apps.speech.sound import RATE, Integers
from rnn_core.arrays import Array

EMPHASIS = 0.97
WINDOW, HOP = 256, 100  # samples
MELS, CEPSTRA = 24, 13
LOWEST, HIGHEST = 100.0, 3800.0  # Hz
FLOOR = 1e-4  # of the loudest: 40 dB below it
FREQUENCIES: Array = np.arange(WINDOW // 2 + 1, dtype=np.float64) * (RATE / WINDOW)  # (129,) Hz


@dataclass(frozen=True)
class Features:
    """Every step for one sound of N samples; T frames."""

    samples: Array  # (N,)
    emphasised: Array  # (N,)
    frames: Array  # (T, 256) cut out
    windowed: Array  # (T, 256)
    power: Array  # (T, 129)
    mel: Array  # (T, 24)
    log_mel: Array  # (T, 24) decibels below the loudest, -40 to 0
    cepstra: Array  # (T, 13)
    inputs: Array  # (T, 13) standardised: the network's input

    @property
    def times(self) -> Array:
        """(T,) seconds, of the middle of each frame."""
        return (np.arange(len(self.cepstra)) * HOP + WINDOW / 2) / RATE


def features(samples: Array) -> Features:
    emphasised = emphasise(samples)
    cut = frames(emphasised, frame_starts(len(samples)))
    windowed = cut * hann()
    power = np.abs(np.fft.rfft(windowed)) ** 2
    mel = power @ mel_filters().T
    log_mel = decibels(mel)
    found = cepstra(log_mel)
    return Features(samples, emphasised, cut, windowed, power, mel, log_mel, found, at_one_scale(found))


def emphasise(samples: Array) -> Array:
    """Along the last axis; nothing came before the first sample."""
    before = np.zeros_like(samples)
    before[..., 1:] = samples[..., :-1]
    return samples - EMPHASIS * before


def frame_starts(samples: int) -> Integers:
    """(T,): only whole frames, and at least one."""
    return np.arange(max(1, (samples - WINDOW) // HOP + 1)) * HOP


def frames(samples: Array, starts: Integers) -> Array:
    """(T, 256) of samples (N,) at starts (T,); beyond the end there is silence."""
    needed = int(starts.max()) + WINDOW
    padded = np.pad(samples, (0, max(0, needed - len(samples))))
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[starts])


@lru_cache(maxsize=1)
def hann() -> Array:
    """(256,) a cosine bell."""
    return 0.5 - 0.5 * np.cos(2.0 * np.pi * (np.arange(WINDOW) + 0.5) / WINDOW)


def to_mel(hertz: Array | float) -> Array:
    return 2595.0 * np.log10(1.0 + np.asarray(hertz) / 700.0)


def to_hertz(mel: Array) -> Array:
    return np.asarray(700.0 * (10.0 ** (mel / 2595.0) - 1.0))


@lru_cache(maxsize=1)
def mel_edges() -> Array:
    """(26,) Hz: triangle k rises from edge k, is 1 at edge k + 1, and ends at edge k + 2."""
    return to_hertz(np.linspace(to_mel(LOWEST), to_mel(HIGHEST), MELS + 2))


@lru_cache(maxsize=64)
def mel_filters(warp: float = 1.0) -> Array:
    """(24, 129): the triangles' heights at the 129 frequencies.

    A warp above 1 moves them up: the spectrum is read as if the speaker's mouth and throat were longer.
    """
    edges = mel_edges() * warp
    low, top, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    heights = np.minimum((FREQUENCIES - low) / (top - low), (high - FREQUENCIES) / (high - top))
    return np.asarray(np.clip(heights, 0.0, None))


def decibels(mel: Array) -> Array:
    """The decibels of mel (..., T, 24), relative to the loudest value of each sound; pure silence is all 0."""
    loudest = mel.max(axis=(-2, -1), keepdims=True)
    return np.asarray(
        10.0 * np.log10(np.where(loudest > 0.0, mel / np.where(loudest > 0.0, loudest, 1.0), 1.0) + FLOOR)
    )


@lru_cache(maxsize=1)
def dct_rows() -> Array:
    """(13, 24): row k is k half waves over the 24 triangles, of length 1 (the orthonormal DCT-II)."""
    rows = np.cos(np.pi * np.outer(np.arange(CEPSTRA), np.arange(MELS) + 0.5) / MELS) * np.sqrt(2.0 / MELS)
    rows[0] /= np.sqrt(2.0)
    return np.asarray(rows)


def cepstra(log_mel: Array) -> Array:
    return np.asarray(log_mel @ dct_rows().T)


def at_one_scale(found: Array) -> Array:
    """The coefficients (T, 13), standardised. The 1 dB keeps nearly constant coefficients small."""
    return np.asarray((found - found.mean(axis=0)) / (found.std(axis=0) + 1.0))
