"""Measures of a ranking, from the rank of the clicked item."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.recommend.process import Clicks
from rnn_core.apps.scores import Measure, Scores
from rnn_core.arrays import Array

MOST_SCORES = 5_000_000  # at once
MEASURES = (
    Measure("hit rate at 5", percent=True, decimals=1),
    Measure("reciprocal rank at 5"),
    Measure("hit rate at 20", percent=True, decimals=1),
    Measure("reciprocal rank at 20"),
)


def ranks(scores: Array, wanted: Clicks) -> Clicks:
    """(n, V), (n,) -> (n,) the rank of the clicked item, from 1. Among equal scores, the item with the smaller number is first."""
    own = np.take_along_axis(scores, wanted[:, None], axis=1)
    before = (scores == own) & (np.arange(scores.shape[1]) < wanted[:, None])
    return np.asarray(1 + ((scores > own) | before).sum(axis=1), dtype=np.int64)


def reciprocal_ranks(places: Clicks, top: int) -> Array:
    """1 / rank within the first `top`, 0 for later ranks."""
    return np.where(places <= top, 1.0 / places, 0.0)


def measures(places: Clicks) -> Scores:
    found: dict[str, float] = {}
    for top in (5, 20):
        found[f"hit rate at {top}"] = float((places <= top).mean())
        found[f"reciprocal rank at {top}"] = float(reciprocal_ranks(places, top).mean())
    return found


def asked(sessions: Clicks) -> NDArray[np.bool_]:
    """(N, T-1): true where a click has a next one."""
    return np.asarray(sessions[:, 1:] >= 0)


def measures_of(scores: Array, sessions: Clicks) -> Scores:
    """The measures of scores (N, T-1, V) after each click, for sessions (N, T), over every next click."""
    at = asked(sessions)
    return measures(ranks(scores[at], sessions[:, 1:][at]))


def measures_by_blocks(
    predict: Callable[[Clicks], Mapping[str, Array]], sessions: Clicks, items: int
) -> dict[str, Scores]:
    """The measures of several predictions (n, T) -> (n, T, V), some sessions at a time: with thousands of items, the scores of
    all of them would fill the memory."""
    rows = max(1, MOST_SCORES // (items * sessions.shape[1]))
    places: dict[str, list[Clicks]] = {}
    for first in range(0, len(sessions), rows):
        block = sessions[first : first + rows]
        at = asked(block)
        for name, scores in predict(block[:, :-1]).items():
            places.setdefault(name, []).append(ranks(scores[at], block[:, 1:][at]))
    return {name: measures(np.concatenate(found)) for name, found in places.items()}
