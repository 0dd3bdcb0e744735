"""Sound as numbers: one channel, RATE samples a second, between -1 and 1."""

import numpy as np
from numpy.typing import NDArray

from rnn_core.types import Array, Mask

Integers = NDArray[np.int64]

RATE = 8000  # samples a second, as on a telephone: everything below 4 kHz
_MU = 255.0


def resampled(samples: Array, rate: int) -> Array:
    """The same sound at RATE samples a second.

    The spectrum is cut or continued with zeros. With silence up to whole seconds both lengths are exact at any rate, and
    the slope before the edge keeps it from ringing.
    """
    if rate == RATE:
        return samples
    seconds = -(-len(samples) // rate) + 1
    spectrum = np.fft.rfft(samples, seconds * rate)
    kept = np.zeros(seconds * RATE // 2 + 1, complex)
    both = min(len(kept), len(spectrum))
    kept[:both] = spectrum[:both] * np.clip((both - np.arange(both)) / (0.08 * both), 0.0, 1.0)
    sound = np.fft.irfft(kept, seconds * RATE)[: round(len(samples) * RATE / rate)]
    return np.asarray(sound * (RATE / rate))


def to_mulaw(samples: Array) -> NDArray[np.uint8]:
    """8 bits a sample, fine near zero and coarse where it is loud (ITU-T G.711's curve, mu = 255)."""
    curved = np.sign(samples) * np.log1p(_MU * np.abs(np.clip(samples, -1.0, 1.0))) / np.log1p(_MU)
    return np.asarray(np.round((curved + 1.0) * 127.5), np.uint8)


def from_mulaw(codes: NDArray[np.uint8]) -> Array:
    curved = codes.astype(np.float64) / 127.5 - 1.0
    return np.asarray(np.sign(curved) * np.expm1(np.abs(curved) * np.log1p(_MU)) / _MU)


def level(samples: Array) -> Array:
    """The root mean square of every 10 ms, in decibels below full scale; silence is -120."""
    size = RATE // 100
    blocks = samples[: len(samples) // size * size].reshape(-1, size)
    return np.asarray(10.0 * np.log10(np.mean(blocks**2, axis=1) + 1e-12))


def spoken(samples: Array, margin: float = 0.1) -> slice:
    """Where the loud part is, with `margin` seconds before and after: where the level is in the upper part of what lies
    between the background (the quiet tenth) and the loudest moment. A click shorter than 40 ms apart from it is left out.
    """
    levels = level(samples)
    if not len(levels):
        return slice(0, len(samples))
    loudest, background = levels.max(), np.quantile(levels, 0.1)
    edge = max(loudest - 35.0, min(background + 8.0, loudest - 10.0))
    found = _without_clicks(levels > edge)
    if not found.any():
        return slice(0, len(samples))
    first, last = np.flatnonzero(found)[[0, -1]]
    around = round(margin * RATE)
    size = RATE // 100
    return slice(max(0, first * size - around), min(len(samples), (last + 1) * size + around))


def _without_clicks(loud: Mask) -> Mask:
    """Runs of less than 40 ms are dropped where no other run is within 150 ms."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(int)))
    kept = loud.copy()
    runs = edges.reshape(-1, 2)
    for index, (first, end) in enumerate(runs):
        far_before = index == 0 or first - runs[index - 1][1] > 15
        far_after = index == len(runs) - 1 or runs[index + 1][0] - end > 15
        if end - first < 4 and far_before and far_after and len(runs) > 1:
            kept[first:end] = False
    return kept
