"""The right path over a picture: from its middle always to the nearest digit that has not been read, and then the end.

It also follows paths with errors: what has been read depends on the places that were looked at.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.finding.scenes import SIDE, Truth
from rnn_core.apps.finding.settings import ALL_PLACES, CELL, NOTHING, PLACES, WINDOW
from rnn_core.arrays import Array

Whole = NDArray[np.int64]
REACH = 3.0  # pixels between the middles of a window and of a digit, up to which the window shows this digit
UNCLEAR = 6.0  # up to which the eye does not learn from the window


def middles(cells: Whole) -> Array:
    """(..., 2) the middle x, y of each place."""
    return np.asarray(np.stack([cells % PLACES, cells // PLACES], axis=-1) * CELL + CELL / 2, dtype=np.float64)


def cell_at(points: Array) -> Whole:
    """The place of each point (..., 2)."""
    found = np.clip(points // CELL, 0, PLACES - 1).astype(np.int64)
    return np.asarray(found[..., 1] * PLACES + found[..., 0])


class Guide:
    """The next right place in each of several pictures."""

    def __init__(self, truths: Sequence[Truth]) -> None:
        self.middles = [truth.middles for truth in truths]
        self.unread = [np.ones(len(truth.digits), dtype=np.bool_) for truth in truths]
        self.here = np.full((len(truths), 2), SIDE / 2)

    def next_places(self) -> Whole:
        """(B,) the place of the nearest unread digit; ALL_PLACES where none is left."""
        wanted = np.full(len(self.middles), ALL_PLACES, np.int64)
        for row, (points, unread) in enumerate(zip(self.middles, self.unread, strict=True)):
            if unread.any():
                distance = np.hypot(*(points - self.here[row]).T)
                wanted[row] = cell_at(points[np.where(unread, distance, np.inf).argmin()])
        return wanted

    def is_right(self, chosen: Whole) -> NDArray[np.bool_]:
        """Whether a place shows an unread digit, or the end comes when none is left."""
        right = np.zeros(len(chosen), dtype=np.bool_)
        for row, (points, unread) in enumerate(zip(self.middles, self.unread, strict=True)):
            if chosen[row] == ALL_PLACES:
                right[row] = not unread.any()
            else:
                right[row] = not unread.any() or bool((unread & _shows(chosen[row], points)).any())
        return right

    def look(self, cells: Whole) -> None:
        self.here = middles(cells)
        for row, points in enumerate(self.middles):
            self.unread[row] &= ~_shows(cells[row], points)


def _shows(cell: np.int64, points: Array) -> NDArray[np.bool_]:
    return np.asarray(np.abs(points - middles(np.asarray(cell))).max(axis=1) <= REACH)


def eye_targets(truths: Sequence[Truth]) -> tuple[Whole, Array]:
    """The class (B, places) of the window at each place, -100 where the eye does not learn, and the box (B, places, 4) relative
    to the window."""
    kinds = np.full((len(truths), ALL_PLACES), NOTHING, np.int64)
    boxes = np.zeros((len(truths), ALL_PLACES, 4))
    places = middles(np.arange(ALL_PLACES))
    for row, truth in enumerate(truths):
        off = np.abs(places[:, None] - truth.middles[None]).max(axis=2)  # (places, n)
        nearest = off.argmin(axis=1)
        distance = off.min(axis=1)
        kinds[row] = np.where(distance <= REACH, truth.digits[nearest], np.where(distance <= UNCLEAR, -100, NOTHING))
        boxes[row] = to_window(truth.boxes[nearest], places)
    return kinds, boxes


def to_window(boxes: Array, places: Array) -> Array:
    """(..., 4): the box's edges from the window's middle, 1 at the window's edge."""
    return np.asarray((boxes - np.concatenate([places, places], axis=-1)) / (WINDOW / 2))


def from_window(boxes: Array, places: Array) -> Array:
    return np.asarray(np.clip(boxes * (WINDOW / 2) + np.concatenate([places, places], axis=-1), 0, SIDE))
