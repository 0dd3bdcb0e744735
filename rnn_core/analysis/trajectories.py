r"""Looking at many states at once: the plane they move in, which units are alike, and how far two runs are apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.errors import CoreError, check_integer, check_number

Order = NDArray[np.intp]


@dataclass(frozen=True)
class Components:
    """Directions in which the states vary most, the widest first."""

    points: Array  # (N, n) each state's place along the directions
    directions: Array  # (n, H) of length 1 and at right angles to one another
    shares: Array  # (n,) the part of the whole variance along each; all of them add up to 1
    mean: Array  # (H,) the states are mean + points @ directions, where n = H


def principal_components(states: Array, count: int) -> Components:
    """The first `count` principal components of states (N, H), with zeros where the states have fewer.

    A direction and its opposite are equally good. The entry of largest size is made positive, so that small changes
    of the states do not turn the picture round.
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

    $r(\tau) = \sum_t \tilde h_t \tilde h_{t+\tau} / \sum_t \tilde h_t^2$ with the mean taken out; straight lines between
    whole lags. A unit that does not move has no scale: nan.
    """
    T, H = states.shape
    moved = states - states.mean(axis=0)
    spectrum = np.abs(np.fft.rfft(moved, 2 * T, axis=0)) ** 2
    correlation = np.fft.irfft(spectrum, 2 * T, axis=0)[:T]  # (T, H) by lag
    scales = np.full(H, np.nan)
    for unit in np.flatnonzero(np.ptp(states, axis=0) > 0.0):
        r = correlation[:, unit] / correlation[0, unit]
        below = np.flatnonzero(r < np.exp(-1.0))
        lag = int(below[0]) if len(below) else 0
        scales[unit] = lag - 1 + (r[lag - 1] - np.exp(-1.0)) / (r[lag - 1] - r[lag]) if lag else np.inf
    return scales


def by_time_scale(states: Array) -> Order:
    """(H,): the units, slowest first; those that do not move come last."""
    scales = time_scales(states)
    return np.argsort(np.where(np.isnan(scales), np.inf, -scales), kind="stable")


def by_similarity(states: Array) -> Order:
    """(H,): the units in an order that puts those that move alike beside one another.

    With closeness (1 + correlation)/2 between units, the order is that of the Fiedler vector of its graph: the smoothest
    way to spread the units along a line. Turned so that the unit with the smaller number stands nearer to the top.
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
    """(N,): how far two runs are apart at each step.

    >>> distances(np.array([[0.0, 0.0], [3.0, 4.0]]), np.zeros((2, 2)))
    array([0., 5.])
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(np.linalg.norm(states - others, axis=1))


def visible_until(apart: Array, part: float) -> int | None:
    """The last place in `apart` (N,) that is at least `part` of its highest value; None when all is 0 or not finite."""
    check_number("part", part, 0.0)
    finite = np.where(np.isfinite(apart), apart, 0.0)
    highest = float(finite.max())
    return int(np.flatnonzero(finite >= part * highest)[-1]) if highest > 0.0 else None
