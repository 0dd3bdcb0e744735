"""Baselines that count the network's training sessions, and the best possible prediction."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnn_core.apps.recommend.data import test_sessions, training_sessions
from rnn_core.apps.recommend.items import items
from rnn_core.apps.recommend.process import Clicks, beliefs
from rnn_core.apps.recommend.ranking import asked, measures_of
from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.scores import Scores
from rnn_core.arrays import Array

POPULAR, AFTER_LAST, NEIGHBOURS, BEST = (
    "most popular",
    "what followed the last item",
    "neighbours of the session",
    "best possible",
)


@dataclass(frozen=True)
class Counts:
    popular: Array  # (V,) the share of all clicks
    follows: Array  # (V, V) row: the last item; the share of each next item
    alike: Array  # (V, V) the cosine of two items' sessions: 1 when they are always in the same ones


@lru_cache(maxsize=8)
def counts(sessions: int) -> Counts:
    clicks, V = training_sessions(sessions), len(items())
    popular = np.bincount(clicks[clicks >= 0], minlength=V) / (clicks >= 0).sum()
    follows, at = np.zeros((V, V)), asked(clicks)
    np.add.at(follows, (clicks[:, :-1][at], clicks[:, 1:][at]), 1.0)
    follows = (follows + popular) / (
        follows.sum(axis=1, keepdims=True) + 1.0
    )  # an item never seen before: by popularity
    inside = np.zeros((len(clicks), V), dtype=np.float32)
    rows, places = np.nonzero(clicks >= 0)
    inside[rows, clicks[rows, places]] = 1.0
    together = (inside.T @ inside).astype(np.float64)
    lengths = np.sqrt(np.maximum(np.diag(together), 1.0))
    alike = together / np.outer(lengths, lengths)
    np.fill_diagonal(alike, 0.0)
    return Counts(popular, follows, alike)


def predictions(settings: Settings, clicks: Clicks) -> dict[str, Array]:
    """name -> scores (N, T, V) after each click of sessions (N, T)."""
    found, V = counts(settings.sessions), len(items())
    known = np.maximum(clicks, 0)
    return {
        POPULAR: np.broadcast_to(found.popular, (*clicks.shape, V)),
        AFTER_LAST: found.follows[known],
        NEIGHBOURS: found.alike[known].cumsum(axis=1),
        BEST: beliefs(clicks).next_click[:, 1:],
    }


@lru_cache(maxsize=8)
def _baselines(settings: Settings) -> dict[str, Scores]:
    sessions = test_sessions()
    return {
        name: measures_of(predicted, sessions) for name, predicted in predictions(settings, sessions[:, :-1]).items()
    }


def baselines(settings: Settings) -> dict[str, Scores]:
    """On the test sessions. They depend only on the number of training sessions."""
    return _baselines(Settings(sessions=settings.sessions))
