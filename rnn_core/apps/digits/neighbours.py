"""Nearest-neighbour classification of digits."""

from collections.abc import Callable

import numpy as np

from rnn_core.apps.digits.pictures import DIGITS, SIDE, Pictures, Whole
from rnn_core.arrays import Array

Classifier = Callable[[Array], Whole]  # pictures (N, 8, 8) -> digits (N,)
NEIGHBOURS = 3


def nearest_neighbours(known: Pictures) -> Classifier:
    def classify(images: Array) -> Whole:
        nearest = nearest_digits(known, images)
        votes = (nearest[:, :, None] == np.arange(DIGITS)).sum(axis=1) + 0.5 * (nearest[:, :1] == np.arange(DIGITS))
        return np.asarray(votes.argmax(axis=1))  # the nearest neighbour decides a tie

    return classify


def nearest_digits(known: Pictures, images: Array) -> Whole:
    """(N, NEIGHBOURS) the digits of the nearest pictures, the nearest first."""
    found = distances(images, known.images.reshape(len(known.images), -1))
    return known.digits[found.argsort(axis=1, kind="stable")[:, :NEIGHBOURS]]


def distances(images: Array, others: Array) -> Array:
    """(N, M) squared, each picture to each of the others (M, 64), over the rows that have ink in the picture."""
    pixels = images.reshape(len(images), -1)
    seen = np.repeat(images.max(axis=2) > 0, SIDE, axis=1).astype(np.float64)  # (N, 64)
    return np.asarray((pixels**2).sum(axis=1)[:, None] - 2 * pixels @ others.T + seen @ (others**2).T)
