r"""Analyses of many states at once: principal components, similar units, time scales, distances between runs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.errors import CoreError, check_integer, check_number

Order = NDArray[np.intp]


@dataclass(frozen=True)
class Components:
    """The directions in which the states vary most, by decreasing variance."""

    points: Array  # (N, n) each state's coordinates along the directions
    directions: Array  # (n, H) orthonormal
    shares: Array  # (n,) the share of the variance along each; all of them add up to 1
    mean: Array  # (H,) the states are mean + points @ directions, where n = H


def principal_components(states: Array, count: int) -> Components:
    """The first `count` principal components of states (N, H), with zeros where the states have fewer.

    A direction and its opposite are equally valid. The entry with the largest absolute value is made positive, so that
    small changes of the states do not mirror the picture.
    """
    N, H = states.shape
    check_integer("count", count, 1, 10**6)
    if not np.isfinite(states).all():
        raise CoreError("states", "infinite or no numbers", "finite states")
    mean = states.mean(axis=0)
    left, sizes, rows = np.linalg.svd(states - mean, full_matrices=False)
    leading = rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)]
    signs = np.where(leading < 0.0, -1.0, 1.0)
    total = float((sizes**2).sum())
    found = min(count, len(sizes))
    points, directions, shares = np.zeros((N, count)), np.zeros((count, H)), np.zeros(count)
    points[:, :found] = (left * sizes * signs)[:, :found]
    directions[:found] = (rows * signs[:, None])[:found]
    if total > 0.0:
        shares[:found] = sizes[:found] ** 2 / total
    return Components(points, directions, shares, mean)


def time_scales(states: Array) -> Array:
    r"""(H,): the lag in steps at which each unit's autocorrelation first falls below 1/e; inf where it never does.

    $r(\tau) = \sum_t \tilde h_t \tilde h_{t+\tau} / \sum_t \tilde h_t^2$ with the mean subtracted, interpolated linearly
    between whole lags. A constant unit has no time scale: nan.
    """
    T, H = states.shape
    moved = states - states.mean(axis=0)
    spectrum = np.abs(np.fft.rfft(moved, 2 * T, axis=0)) ** 2
    correlation = np.fft.irfft(spectrum, 2 * T, axis=0)[:T]  # (T, H) by lag
    scales = np.full(H, np.nan)
    for unit in np.flatnonzero(np.ptp(states, axis=0) > 0.0):
        scales[unit] = first_below(correlation[:, unit] / correlation[0, unit])
    return scales


def first_below(correlation: Array) -> float:
    """The lag at which a correlation by lag, 1 at first, falls below 1/e; inf where it does not."""
    below = np.flatnonzero(correlation < np.exp(-1.0))
    if not len(below):
        return float("inf")
    before, after = correlation[below[0] - 1], correlation[below[0]]
    return float(below[0] - 1 + (before - np.exp(-1.0)) / (before - after))


def by_time_scale(states: Array) -> Order:
    """(H,): the units, slowest first; constant units are last."""
    scales = time_scales(states)
    return np.argsort(np.where(np.isnan(scales), np.inf, -scales), kind="stable")


def by_similarity(states: Array) -> Order:
    """(H,): the units in an order in which neighbours are correlated.

    The weight (1 + correlation)/2 between units defines a graph, and the units are sorted by its Fiedler vector: the
    smoothest arrangement along a line. The direction is chosen so that the end with the smaller unit number is first.
    """
    H = states.shape[1]
    moved = states - states.mean(axis=0)
    length = np.linalg.norm(moved, axis=0)
    alike = moved / np.where(length > 0.0, length, 1.0)
    closeness = (1.0 + np.clip(alike.T @ alike, -1.0, 1.0)) / 2.0
    np.fill_diagonal(closeness, 0.0)
    _values, vectors = np.linalg.eigh(np.diag(closeness.sum(axis=1)) - closeness)
    order = np.argsort(vectors[:, min(1, H - 1)], kind="stable")
    return order if order[0] <= order[-1] else order[::-1]


def distances(states: Array, others: Array) -> Array:
    """(N,): the distance between two runs at each step.

    >>> distances(np.array([[0.0, 0.0], [3.0, 4.0]]), np.zeros((2, 2)))
    array([0., 5.])
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(np.linalg.norm(states - others, axis=1))


def visible_until(distances: Array, part: float) -> int | None:
    """The last index at which `distances` (N,) is at least `part` of its maximum; None if all values are 0 or not finite."""
    check_number("part", part, 0.0)
    finite = np.where(np.isfinite(distances), distances, 0.0)
    highest = float(finite.max())
    return int(np.flatnonzero(finite >= part * highest)[-1]) if highest > 0.0 else None
