"""Cached results of the recommender: for one session, for a visitor's sessions, and the map of items."""

from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.trajectories import Components, principal_components
from rnn_core.apps.recommend.baselines import AFTER_LAST, BEST, POPULAR, predictions
from rnn_core.apps.recommend.items import items
from rnn_core.apps.recommend.own import OwnSessions, own_sessions
from rnn_core.apps.recommend.process import Beliefs, beliefs
from rnn_core.apps.recommend.ranking import measures_of
from rnn_core.apps.recommend.reader import Reader, Reading
from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.recommend.shop import Columns, OwnShop, own_shop, pack
from rnn_core.apps.scores import Scores
from rnn_core.apps.table import Table, read_table
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only

Clicked = tuple[int, ...]


@dataclass(frozen=True)
class Known:
    """Answers without a network: the best possible one, and the counts of what followed."""

    best: Array  # (V,)
    followed: Array  # (V,)
    hidden: Beliefs  # one session; its last row is after the last click


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


@kept_for_visitor(16)
def reading(state: RunState, clicks: Clicked) -> Reading:
    return make_read_only(reader(state).read(clicks))


@kept_for_visitor(16)
def effects(state: RunState, clicks: Clicked) -> Array:
    """(T, V) in doublings: 1 where a click doubles an item's chance to be next."""
    return make_read_only(reader(state).effects(clicks) / np.log(2.0))


@kept_for_visitor(16)
def known(settings: Settings, clicks: Clicked) -> Known:
    session = np.array([clicks], dtype=np.int64).reshape(1, -1)
    hidden = beliefs(session)
    best = hidden.next_click[0, -1]
    followed = predictions(settings, session)[AFTER_LAST][0, -1] if clicks else best
    return make_read_only(Known(best, followed, hidden))


@kept_for_visitor(16)
def followed(settings: Settings, clicks: Clicked) -> Array:
    """(V,) what followed the last item, in the training sessions; before the first click, how popular each item is."""
    session = np.array([clicks or (0,)], dtype=np.int64)
    return make_read_only(predictions(settings, session)[AFTER_LAST if clicks else POPULAR][0, -1].copy())


@dataclass(frozen=True)
class ItemMap:
    places: Components  # the two directions in which the vectors differ most
    same_category: float  # the share of every item's five nearest, in all directions, that are of its own category


@kept(4)
def item_map(state: RunState, scored: bool) -> ItemMap:
    """The map of the items by the vectors with which they are scored, or by those with which they are read."""
    vectors = reader(state).W_hy if scored else reader(state).embedding
    squares = np.square(vectors).sum(axis=1)
    apart = squares[:, None] + squares - 2.0 * vectors @ vectors.T
    np.fill_diagonal(apart, np.inf)
    category = np.array([item.category for item in items()])
    near = category[apart.argsort(axis=1)[:, :5]] == category[:, None]
    return make_read_only(ItemMap(principal_components(vectors, 2), float(near.mean())))


@kept_for_visitor(2)
def read_own(data: bytes) -> OwnSessions:
    return own_sessions(read_table(data, has_header=False))


@kept_for_visitor(2)
def foreign_table(data: bytes) -> Table:
    """A table whose items are not those of our shop."""
    return read_table(data)


@kept_for_visitor(2)
def foreign_shop(data: bytes, columns: Columns) -> tuple[OwnShop, str]:
    """The visitor's shop, also packed."""
    found = own_shop(foreign_table(data), columns)
    return found, pack(found.shop)


@kept_for_visitor(4)
def own_scores(settings: Settings, state: RunState | None, data: bytes) -> dict[str, Scores]:
    """The network's under the name "", and the others' under theirs; not the best possible, which needs the process that made the sessions."""
    sessions = read_own(data).clicks
    predicted = predictions(settings, sessions[:, :-1])
    predicted.pop(BEST)
    if state is not None:
        predicted[""] = reader(state).scores_after(sessions[:, :-1])
    return {name: measures_of(scores, sessions) for name, scores in predicted.items()}
