"""Dynamic time warping: the distance between two sounds under the best alignment in time."""

import numpy as np

from rnn_core.apps.speech.augment import Sounds
from rnn_core.apps.speech.sound import Integers
from rnn_core.arrays import Array


def nearest(sounds: Sounds, known: Sounds, words: Integers) -> Integers:
    """(B,) for each sound, the word of the nearest known sound."""
    return np.array(
        [words[distances(x[:length], known).argmin()] for x, length in zip(sounds.inputs, sounds.lengths, strict=True)]
    )


def thinned(sounds: Sounds) -> Sounds:
    """Every second frame."""
    return Sounds(sounds.cepstra[:, ::2], (sounds.lengths + 1) // 2)


def distances(sound: Array, known: Sounds) -> Array:
    """(K,) of one sound (T, X) to each known one: the smallest sum of distances along a path of frame pairs that goes on
    by one frame in one or both, divided by both lengths."""
    K, S, _ = known.inputs.shape
    T = len(sound)
    squares = (sound**2).sum(axis=1)[:, None] + (known.inputs**2).sum(axis=2)[:, None, :]  # (K, T, S)
    apart = np.sqrt(np.maximum(squares - 2.0 * np.einsum("tx,ksx->kts", sound, known.inputs, optimize=True), 0.0))
    # By diagonals t + s = d, so that a whole diagonal of every known sound is one operation.
    last = np.full((K, T + 1), np.inf)
    before = last.copy()
    before[:, 0] = 0.0  # the path begins before both first frames
    reached = np.full(K, np.inf)
    for d in range(T + S - 1):
        ts = np.arange(max(0, d - S + 1), min(T, d + 1))
        now = np.full((K, T + 1), np.inf)
        best = np.minimum(np.minimum(last[:, ts], last[:, ts + 1]), before[:, ts])
        now[:, ts + 1] = best + apart[:, ts, d - ts]
        ends_here = known.lengths == d - T + 2
        reached[ends_here] = now[ends_here, T]
        before, last = last, now
    return np.asarray(reached / (T + known.lengths))
