"""Baselines that count the network's training sessions, and the best possible prediction."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.recommend.data import sessions_for
from rnn_core.apps.recommend.process import NO_CLICK, Clicks, beliefs
from rnn_core.apps.recommend.ranking import asked, measures_by_blocks
from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.scores import Scores
from rnn_core.arrays import Array

POPULAR, AFTER_LAST, NEIGHBOURS, BEST = (
    "most popular",
    "what followed the last item",
    "neighbours of the session",
    "best possible",
)

BLOCK = 2_000  # sessions whose pairs are counted at once


@dataclass(frozen=True)
class Counts:
    popular: Array  # (V,) the share of all clicks
    follows: Array  # (V, V) row: the last item; the share of each next item
    alike: Array  # (V, V) the cosine of two items' sessions: 1 when they are always in the same ones


def counts(settings: Settings) -> Counts:
    """The counts of the training sessions. Those of a visitor's shop are dropped with the visit."""
    return _own_counts(settings) if settings.shop else _our_counts(settings)


@lru_cache(maxsize=8)
def _our_counts(settings: Settings) -> Counts:
    return _count(settings)


@cached_until_cleared(2)
def _own_counts(settings: Settings) -> Counts:
    return _count(settings)


def _count(settings: Settings) -> Counts:
    clicks, V = sessions_for(settings, "training"), settings.items
    popular = np.bincount(clicks[clicks >= 0], minlength=V) / (clicks >= 0).sum()
    at = asked(clicks)
    follows = _pairs(clicks[:, :-1][at], clicks[:, 1:][at], V)
    follows = (follows + popular) / (
        follows.sum(axis=1, keepdims=True) + 1.0
    )  # an item never seen before: by popularity
    together = _together(clicks, V)
    lengths = np.sqrt(np.maximum(np.diag(together), 1.0))
    alike = together / np.outer(lengths, lengths)
    np.fill_diagonal(alike, 0.0)
    return Counts(popular, follows, alike)


def _pairs(rows: Clicks, columns: Clicks, V: int) -> Array:
    """(V, V) how often each pair occurs."""
    return np.bincount(rows * V + columns, minlength=V * V).reshape(V, V).astype(np.float64)


def _together(clicks: Clicks, V: int) -> Array:
    """(V, V) the number of sessions that two items share."""
    first = np.sort(clicks, axis=1)
    first[:, 1:][first[:, 1:] == first[:, :-1]] = NO_CLICK  # each item once a session
    found = np.zeros((V, V))
    for at in range(0, len(first), BLOCK):
        block = first[at : at + BLOCK]
        one, other = np.broadcast_arrays(block[:, :, None], block[:, None, :])
        both = (one >= 0) & (other >= 0)
        found += _pairs(one[both], other[both], V)
    return found


def predictions(settings: Settings, clicks: Clicks) -> dict[str, Array]:
    """name -> scores (N, T, V) after each click of sessions (N, T)."""
    found, V = counts(_counted(settings)), settings.items
    known = np.maximum(clicks, 0)
    simple = {
        POPULAR: np.broadcast_to(found.popular, (*clicks.shape, V)),
        AFTER_LAST: found.follows[known],
        NEIGHBOURS: found.alike[known].cumsum(axis=1),
    }
    if settings.shop:  # nobody knows how a visitor's sessions are made
        return simple
    return simple | {BEST: beliefs(clicks).next_click[:, 1:]}


def _counted(settings: Settings) -> Settings:
    """The settings that decide the training sessions; the others are as usual."""
    return Settings(sessions=settings.sessions, shop=settings.shop)


@cached_until_cleared(8)
def _baselines(settings: Settings) -> dict[str, Scores]:
    return measures_by_blocks(
        lambda block: predictions(settings, block), sessions_for(settings, "test"), settings.items
    )


def baselines(settings: Settings) -> dict[str, Scores]:
    """The scores on the test sessions. The baselines depend only on the training sessions."""
    return _baselines(_counted(settings))
