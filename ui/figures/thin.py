"""Fewer values to draw, with every peak kept: the lowest and the highest of each group of steps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Thinned:
    """Two columns per group of steps: its lowest and its highest value, in their order in time."""

    steps: NDArray[np.intp]  # (N, H) the step (from 0) that each value was taken from
    values: Array  # (N, H)
    centres: Array  # (N,) where a column stands on the axis of steps (from 0), when all H share one
    thinned: bool


def thin(values: Array, most: int) -> Thinned:
    """At most `most` (two or more) of the T steps of `values` (T, H); each unit keeps its own peaks.

    A value that is infinite or not a number is kept too, in place of the smaller of the two.
    """
    T, H = values.shape
    if most >= T:
        steps = np.broadcast_to(np.arange(T)[:, None], (T, H))
        return Thinned(steps, values, np.arange(T, dtype=np.float64), thinned=False)
    length = -(-T // max(1, most // 2))  # steps in a stretch
    buckets = -(-T // length)
    rows = np.minimum(np.arange(buckets * length), T - 1).reshape(
        buckets, length
    )  # the last stretch repeats the last step
    stretch = values[rows]  # (buckets, length, H)
    finite = np.isfinite(stretch)
    low = np.where(finite, stretch, np.inf).argmin(axis=1)  # (buckets, H)
    high = np.where(finite, stretch, -np.inf).argmax(axis=1)
    bad = (~finite).argmax(axis=1)
    magnitude = np.abs(np.where(finite, stretch, 0.0))
    low_is_smaller = _pick(magnitude, low) <= _pick(magnitude, high)
    has_bad = ~finite.all(axis=1)
    low, high = (
        np.where(has_bad & low_is_smaller, bad, low),
        np.where(has_bad & ~low_is_smaller, bad, high),
    )
    pair = np.stack([np.minimum(low, high), np.maximum(low, high)], axis=1)  # (buckets, 2, H)
    steps = np.minimum(pair + (np.arange(buckets) * length)[:, None, None], T - 1).reshape(2 * buckets, H)
    starts = np.arange(buckets) * length
    widths = np.minimum(length, T - starts)
    centres = (starts[:, None] - 0.5 + widths[:, None] * np.array([0.25, 0.75])).reshape(-1)
    return Thinned(steps, np.take_along_axis(values, steps, axis=0), centres, thinned=True)


def _pick(stretch: Array, index: NDArray[np.intp]) -> Array:
    return np.take_along_axis(stretch, index[:, None, :], axis=1)[:, 0, :]
