r"""The random process of the sessions, and the best possible prediction of the next click.

A visitor has three hidden variables: a **taste** (plain or fine, for the whole session), an **interest** (one of the
categories, which drifts) and at most one open **need** (a camera creates the need for a memory card). Each click is

* with probability REPEAT one of the earlier clicks again, each as likely as the other;
* otherwise, if a need is due, with probability ANSWER an item that answers it, and the need is gone;
* otherwise browsing: the interest stays with probability STAY or drifts to another, and an item of it is clicked, by its
  popularity and the taste. An item that leaves a need does so with probability OPEN; a new need replaces an old one. It is
  due from the second click after.

The best possible prediction is Bayes' rule over all that is hidden (the forward algorithm of a hidden Markov model):
$b_t(s) = P(s \mid x_1 \dots x_t)$, and $P(x_{t+1} \mid x_1 \dots x_t) = \sum_s b_t(s)\, P(x_{t+1} \mid s, x_1 \dots x_t)$.
"""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.recommend.items import CATEGORIES, items
from rnn_core.arrays import Array

Clicks = NDArray[np.int64]

REPEAT, ANSWER, OPEN, STAY = 0.12, 0.4, 0.85, 0.86
TASTE = 0.9  # the weight of an item that suits the taste grows by e^0.9, that of one that does not shrinks by as much
SKEW = 0.9  # the k-th item of a category has weight 1 / k^0.9, and so have the categories
SHORTEST, LONGEST = 5, 16
NO_CLICK = -1
BLOCK = 100  # sessions that fit into a processor's cache


@dataclass(frozen=True)
class Process:
    """Z interests, V items, M items that leave a need."""

    interests: Array  # (Z,) how likely a session begins with each
    drift: Array  # (Z, Z) from row to column
    browse: Array  # (2, Z, V) the chance of an item by taste (plain, fine) and interest
    answers: Array  # (M, V) the chance of an item by need
    leaves: tuple[int, ...]  # (M,) the items that leave a need
    need_of: Clicks  # (V,) the need that an item leaves, or -1


@lru_cache(maxsize=1)
def process() -> Process:
    shop, Z = items(), len(CATEGORIES)
    interests = _shares(np.arange(1.0, Z + 1) ** -SKEW)
    drift = np.empty((Z, Z))
    for z in range(Z):
        others = np.where(np.arange(Z) == z, 0.0, interests)
        drift[z] = (1.0 - STAY) * _shares(others)
        drift[z, z] = STAY
    browse = np.zeros((2, Z, len(shop)))
    for z in range(Z):
        of_z = [number for number, item in enumerate(shop) if item.category == z]
        for taste in range(2):
            suits = np.array([1.0 if shop[number].expensive == (taste == 1) else -1.0 for number in of_z])
            browse[taste, z, of_z] = _shares(np.exp(TASTE * suits) * np.arange(1.0, len(of_z) + 1) ** -SKEW)
    leaves = tuple(sorted({item.answers for item in shop if item.answers is not None}))
    answers = np.array([[1.0 if item.answers == main else 0.0 for item in shop] for main in leaves])
    need_of = np.full(len(shop), -1)
    need_of[list(leaves)] = np.arange(len(leaves))
    return Process(interests, drift, browse, answers / answers.sum(axis=1, keepdims=True), leaves, need_of)


def draw(rng: np.random.Generator, sessions: int) -> Clicks:
    """(N, LONGEST) item numbers; a session of L clicks has NO_CLICK from place L on."""
    p, N, Z = process(), sessions, len(CATEGORIES)
    browse = p.browse.reshape(2 * Z, -1)
    lengths = rng.integers(SHORTEST, LONGEST + 1, N)
    taste = rng.integers(0, 2, N)
    interest = _pick(rng, p.interests[None], np.zeros(N, dtype=np.int64))
    need, age = np.full(N, -1), np.zeros(N, dtype=np.int64)
    clicks = np.full((N, LONGEST), NO_CLICK)
    every = np.arange(N)
    for t in range(LONGEST):
        chance = rng.random((3, N))
        again = (chance[0] < REPEAT) & (t > 0)
        answered = ~again & (need >= 0) & (age >= 1) & (chance[1] < ANSWER)
        browsing = ~again & ~answered
        interest = np.where(browsing, _pick(rng, p.drift, interest), interest)
        clicks[:, t] = _pick(rng, browse, taste * Z + interest)
        clicks[answered, t] = _pick(rng, p.answers, need[answered])
        earlier = (rng.random(N) * max(t, 1)).astype(np.int64)
        clicks[again, t] = clicks[every, earlier][again]
        left = p.need_of[clicks[:, t]]
        begins = browsing & (left >= 0) & (chance[2] < OPEN)
        age = np.where(begins, 0, age + 1)
        need = np.where(begins, left, np.where(answered, -1, need))
    clicks[np.arange(LONGEST) >= lengths[:, None]] = NO_CLICK
    return clicks


@dataclass(frozen=True)
class Beliefs:
    """The posterior after 0, 1, ... T clicks of N sessions. Rows after the end of a session have no meaning."""

    next_click: Array  # (N, T+1, V)
    fine: Array  # (N, T+1) that the taste is the fine one
    interest: Array  # (N, T+1, Z)
    need: Array  # (N, T+1, M) that this need is open; they add up to 1 at most


def beliefs(clicks: Clicks) -> Beliefs:
    """Bayes' rule, click by click, for sessions (N, T)."""
    parts = [_beliefs(clicks[at : at + BLOCK]) for at in range(0, len(clicks), BLOCK)]
    return Beliefs(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Beliefs)))


def _beliefs(clicks: Clicks) -> Beliefs:
    """The state is (taste, need, interest), where the places of the need are: none, M new ones, M due ones."""
    p = process()
    N, T = clicks.shape
    M, V, Z = len(p.leaves), p.browse.shape[2], len(p.interests)
    state = np.zeros((N, 2, 1 + 2 * M, Z))
    state[:, :, 0] = p.interests / 2
    counts = np.zeros((N, V))
    out = Beliefs(np.empty((N, T + 1, V)), np.empty((N, T + 1)), np.empty((N, T + 1, Z)), np.empty((N, T + 1, M)))
    every = np.arange(N)
    for t in range(T + 1):
        out.fine[:, t] = state[:, 1].sum(axis=(1, 2))
        out.interest[:, t] = state.sum(axis=(1, 2))
        needs = state.sum(axis=(1, 3))
        out.need[:, t] = needs[:, 1 : 1 + M] + needs[:, 1 + M :]
        again = REPEAT if t else 0.0
        answering = (1.0 - again) * ANSWER * state[:, :, 1 + M :]  # (N, 2, M, Z)
        browsing = (1.0 - again) * state
        browsing[:, :, 1 + M :] -= answering
        browsing = browsing @ p.drift
        repeated = again * counts / max(t, 1)
        browsed = browsing.sum(axis=2).reshape(N, -1) @ p.browse.reshape(-1, V)
        out.next_click[:, t] = repeated + answering.sum(axis=(1, 3)) @ p.answers + browsed
        if t == T:
            break
        x = np.maximum(clicks[:, t], 0)
        browsing *= p.browse[:, :, x].transpose(2, 0, 1)[:, :, None]
        opening = np.where(p.need_of[x] >= 0, OPEN, 0.0)[:, None, None]
        opened = opening * browsing.sum(axis=2)  # (N, 2, Z)
        browsing *= (1.0 - opening)[..., None]
        state = _older(repeated[every, x][:, None, None, None] * state + browsing, M)
        state[:, :, 0] += np.einsum("namz,nm->naz", answering, p.answers[:, x].T)
        state[every, :, 1 + np.maximum(p.need_of[x], 0)] += opened
        state /= state.sum(axis=(1, 2, 3), keepdims=True)
        counts[every, x] += 1.0
    return out


def _older(state: Array, needs: int) -> Array:
    """A new need is due one click later."""
    after = state.copy()
    after[:, :, 1 + needs :] += state[:, :, 1 : 1 + needs]
    after[:, :, 1 : 1 + needs] = 0.0
    return after


def _shares(weights: Array) -> Array:
    return np.asarray(weights / weights.sum(), np.float64)


def _pick(rng: np.random.Generator, chances: Array, rows: Clicks) -> Clicks:
    """(R, K), (n,) -> (n,) one column by its chance, in each of the chosen rows.

    The rows' running sums stand in one long sorted line, row r from r to r + 1: one search finds all.
    """
    R, K = chances.shape
    sums = chances.cumsum(axis=1)
    line = (sums / sums[:, -1:] + np.arange(R)[:, None]).ravel()
    found = np.searchsorted(line, rows + rng.random(len(rows)), side="right") - K * rows
    return np.asarray(np.minimum(found, K - 1), dtype=np.int64)
