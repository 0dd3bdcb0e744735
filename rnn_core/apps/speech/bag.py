"""A bag of frames: only the mean and the spread of each coefficient over the whole sound, and a weighted sum of these 26.

It ignores the order of the frames. Its weights are fitted on the training voices (python -m rnn_core.apps.speech.make_baselines)
and kept in rnn_core/apps/speech/files/bag.safetensors.
"""

from functools import lru_cache

import numpy as np
from safetensors.numpy import load_file

from rnn_core.apps.speech.augment import Sounds, changed
from rnn_core.apps.speech.data import FILE, as_they_are, of_split, unpadded
from rnn_core.apps.speech.sound import Integers
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax

BAG = FILE.with_name("bag.safetensors")
ROUNDS = 3  # augmented copies of every training word, because the network's data are augmented too


def of_sounds(sounds: Sounds) -> Array:
    """(B, 26)."""
    return np.array([of_frames(cepstra) for cepstra in unpadded(sounds)])


def of_frames(cepstra: Array) -> Array:
    """(26,) of (T, 13), rounded, because the last digits of a sum depend on its order."""
    return np.round(np.concatenate([cepstra.mean(axis=0), cepstra.std(axis=0)]), 6)


def training_bags() -> tuple[Array, Integers]:
    """(N, 26) of the training voices, clean and augmented, and their words."""
    clips = of_split("training")
    samples, rng = [clip.samples for clip in clips], np.random.default_rng(6)
    bags = [of_sounds(as_they_are(samples)), *(of_sounds(changed(samples, rng)) for _ in range(ROUNDS))]
    return np.concatenate(bags), np.tile([clip.word for clip in clips], ROUNDS + 1)


def fit(bags: Array, words: Integers, steps: int = 400) -> tuple[Array, Array]:
    """(20, 26) weights and (20,) biases of a logistic regression, by Newton-like steps of one fixed size.

    The curvature of the loss is at most that of bags' / 4: with its inverse every step goes down.
    """
    N, answers = len(bags), np.eye(20)[words]
    xs = np.concatenate([bags, np.ones((N, 1))], axis=1)
    inverse = np.linalg.inv(xs.T @ xs / N / 2.0 + 1e-3 * np.eye(xs.shape[1]))
    weights = np.zeros((20, xs.shape[1]))
    for _ in range(steps):
        slope = (softmax(xs @ weights.T) - answers).T @ xs / N + 1e-3 * weights
        weights -= slope @ inverse
    return np.ascontiguousarray(weights[:, :-1]), np.ascontiguousarray(weights[:, -1])


@lru_cache(maxsize=1)
def weights() -> tuple[Array, Array]:
    kept = load_file(BAG)
    return kept["weights"], kept["bias"]


def belief(bags: Array, words: range) -> Array:
    """(..., words): the probabilities of these words alone."""
    matrix, bias = weights()
    chosen = slice(words.start, words.stop)
    return softmax(bags @ matrix[chosen].T + bias[chosen])
