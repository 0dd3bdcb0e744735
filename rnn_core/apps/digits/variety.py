"""A picture of the data varied as if other people had drawn it: enlarged to small pixels, bent, turned, and with another pen."""

import numpy as np

from rnn_core.apps.digits.drawing import BLOCK, FULL, depth_of
from rnn_core.apps.digits.pictures import SIDE
from rnn_core.arrays import Array, Mask

EDGE = 2 * BLOCK  # small pixels of empty paper around


def redrawn(image: Array, rng: np.random.Generator) -> Mask:
    """(8, 8) -> small pixels, true where there is ink."""
    side = FULL + 2 * EDGE
    places = np.stack(np.meshgrid(np.arange(side), np.arange(side), indexing="ij")) - (side - 1) / 2  # (2, h, w)
    turn, slant = rng.normal(0.0, 0.13), rng.normal(0.0, 0.2)
    stretch = np.exp(rng.normal(0.0, 0.12, 2))
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix = matrix @ np.array([[1.0, 0.0], [slant, 1.0]]) @ np.diag(stretch)
    places = np.tensordot(matrix, places, axes=1) + _waves(side, rng)
    grey = _between(image, (places + (FULL - 1) / 2 - (BLOCK - 1) / 2) / BLOCK)
    edge = np.quantile(grey, 1.0 - image.mean() * FULL**2 / side**2)
    ink = grey > max(float(edge), 0.05)
    return np.asarray(depth_of(ink) <= rng.uniform(-2.5, 1.5)) if ink.any() else ink


def _waves(side: int, rng: np.random.Generator) -> Array:
    """(2, side, side) smooth shifts: sums of slow waves in both directions."""
    at = np.arange(side) / side
    shift = np.zeros((2, side, side))
    for axis in range(2):
        for frequency in (1.0, 2.0):
            across, down = (np.sin(2 * np.pi * (frequency * at + rng.random())) for _ in range(2))
            shift[axis] += rng.normal(0.0, 2.2 / frequency) * down[:, None] * across[None]
    return shift


def _between(image: Array, places: Array) -> Array:
    """The picture at places (2, ...) in units of its pixels, linear between them; white outside."""
    padded = np.pad(image, 2)
    row, column = (np.clip(place + 2, 0, SIDE + 2.999) for place in places)
    i, j = row.astype(int), column.astype(int)
    a, b = row - i, column - j
    above = padded[i, j] * (1 - b) + padded[i, j + 1] * b
    return np.asarray(above * (1 - a) + (padded[i + 1, j] * (1 - b) + padded[i + 1, j + 1] * b) * a)
