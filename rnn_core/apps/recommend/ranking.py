"""How good a ranking is: where the item that was clicked stands in it."""

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.recommend.process import Clicks
from rnn_core.apps.scores import Measure, Scores
from rnn_core.arrays import Array

MEASURES = (
    Measure("hit rate at 5", percent=True, decimals=1),
    Measure("reciprocal rank at 5"),
    Measure("hit rate at 20", percent=True, decimals=1),
    Measure("reciprocal rank at 20"),
)


def ranks(scores: Array, wanted: Clicks) -> Clicks:
    """(n, V), (n,) -> (n,) the place of the wanted item, from 1. Of equal scores the item with the smaller number is first."""
    own = np.take_along_axis(scores, wanted[:, None], axis=1)
    before = (scores == own) & (np.arange(scores.shape[1]) < wanted[:, None])
    return np.asarray(1 + ((scores > own) | before).sum(axis=1), dtype=np.int64)


def reciprocal_ranks(places: Clicks, top: int) -> Array:
    """1 / place within the first `top`, 0 behind them."""
    return np.where(places <= top, 1.0 / places, 0.0)


def measures(places: Clicks) -> Scores:
    found: dict[str, float] = {}
    for top in (5, 20):
        found[f"hit rate at {top}"] = float((places <= top).mean())
        found[f"reciprocal rank at {top}"] = float(reciprocal_ranks(places, top).mean())
    return found


def asked(sessions: Clicks) -> NDArray[np.bool_]:
    """(N, T-1): where, after at least one click, there is a next one."""
    return np.asarray(sessions[:, 1:] >= 0)


def measures_of(scores: Array, sessions: Clicks) -> Scores:
    """Scores (N, T-1, V) said after each click, for sessions (N, T): over every next click that there is."""
    at = asked(sessions)
    return measures(ranks(scores[at], sessions[:, 1:][at]))
