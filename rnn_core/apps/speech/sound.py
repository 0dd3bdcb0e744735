"""Sound as numbers: one channel, RATE samples a second, between -1 and 1."""

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array, Mask

Integers = NDArray[np.int64]

RATE = 8000  # samples a second, as on a telephone: everything below 4 kHz
PAUSE, SHORTEST = 33, 6  # hundredths of a second: between two words, and of a word
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
    """Looked up: there are 256 codes, and a page that is opened first waits for a million samples."""
    curved = np.arange(256) / 127.5 - 1.0
    return np.asarray((np.sign(curved) * np.expm1(np.abs(curved) * np.log1p(_MU)) / _MU)[codes])


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
    found = _without_clicks(levels > _edge(levels))
    if not found.any():
        return slice(0, len(samples))
    first, last = np.flatnonzero(found)[[0, -1]]
    around = round(margin * RATE)
    size = RATE // 100
    return slice(max(0, first * size - around), min(len(samples), (last + 1) * size + around))


def without_hum(samples: Array) -> Array:
    """Nothing below 80 Hz and everything above 160 Hz: mains, wind and traffic. The network reads from 100 Hz on."""
    padded = len(samples) + RATE  # silence, so that the end does not run into the beginning
    hertz = np.fft.rfftfreq(padded, 1.0 / RATE)
    kept = 0.5 - 0.5 * np.cos(np.pi * np.clip((hertz - 80.0) / 80.0, 0.0, 1.0))
    return np.asarray(np.fft.irfft(np.fft.rfft(samples, padded) * kept, padded)[: len(samples)])


def utterances(samples: Array) -> list[slice]:
    """The stretches of `spoken`, parted where a third of a second is quiet: no digit has such a pause in it.

    One that has less than a fiftieth of the energy of the strongest is a breath, and a very short one a click.
    """
    levels = level(samples)
    whole = spoken(samples, margin=0.0)
    size = RATE // 100
    first, end = whole.start // size, min(whole.stop // size, len(levels))
    if end <= first:
        return [whole]
    power = 10.0 ** (levels[first:end] / 10.0)
    loud = np.flatnonzero(levels[first:end] > _edge(levels))
    if not len(loud):
        return [whole]
    parts = np.split(loud, np.flatnonzero(np.diff(loud) > PAUSE) + 1)
    energies = [float(power[part].sum()) if len(part) >= SHORTEST else 0.0 for part in parts]
    return [
        slice((first + int(part[0])) * size, (first + int(part[-1]) + 1) * size)
        for part, energy in zip(parts, energies, strict=True)
        if energy >= max(energies) / 50.0
    ]


def loud_parts(samples: Array) -> list[tuple[int, int]]:
    """Where the sound is loud, in hundredths of a second: the beginning and the end of each part. Lone clicks are left out."""
    levels = level(samples)
    if not len(levels):
        return []
    loud = _without_clicks(levels > _edge(levels))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(int)))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]


def one_word(samples: Array, margin: float = 0.1) -> slice:
    """The samples from the first utterance to the last, with `margin` seconds around."""
    found, around = utterances(samples), round(margin * RATE)
    return slice(max(0, found[0].start - around), min(len(samples), found[-1].stop + around))


def _edge(levels: Array) -> float:
    loudest, background = float(levels.max()), float(np.quantile(levels, 0.1))
    return max(loudest - 35.0, min(background + 8.0, loudest - 10.0))


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
