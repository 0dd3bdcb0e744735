"""A round of a visitor's words: all of them in one recording, in a known order and with a pause after each, cut into words."""

from itertools import pairwise

import numpy as np

from rnn_core.apps.speech.sound import RATE, SHORTEST, loud_parts, resampled, without_hum
from rnn_core.apps.speech.wav import SoundError, read_wav
from rnn_core.arrays import Array

LONGEST = 30.0  # seconds of a round
LEAST_PAUSE = 0.15  # seconds
AROUND = 0.25  # seconds around a word that are kept, where the pause is long enough


def round_of_words(data: bytes, count: int) -> list[Array]:
    """The words of a WAV file at 8 kHz, cut at its count - 1 longest pauses."""
    samples, rate = read_wav(data, LONGEST)
    return cut(without_hum(resampled(samples - samples.mean(), rate)), count)


def cut(sound: Array, count: int) -> list[Array]:
    size = RATE // 100
    parts = [part for part in loud_parts(sound) if part[1] - part[0] >= SHORTEST // 2]
    if not parts or len(np.unique(sound)) < 24:
        raise SoundError("silent")
    pauses = [after[0] - before[1] for before, after in pairwise(parts)]
    longest = sorted(sorted(range(len(pauses)), key=lambda at: -pauses[at])[: count - 1])
    enough = [at for at in longest if pauses[at] >= LEAST_PAUSE * 100]
    if len(enough) < count - 1:
        raise SoundError("pauses", f"{len(enough) + 1}")
    limits = [0, *((parts[at][1] + parts[at + 1][0]) // 2 for at in enough), len(sound) // size]
    starts, ends = [parts[0][0], *(parts[at + 1][0] for at in enough)], [*(parts[at][1] for at in enough), parts[-1][1]]
    around = round(AROUND * 100)
    return [
        sound[max(low, first - around) * size : min(high, last + around) * size]
        for (low, high), first, last in zip(pairwise(limits), starts, ends, strict=True)
    ]
