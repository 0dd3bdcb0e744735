"""The strip on the page, in the order in which the network reads it, and what the network makes of it."""

from dataclasses import dataclass

import numpy as np

from rnn_core.apps.watch import data
from rnn_core.apps.watch.motion import KINDS, frames_of
from rnn_core.apps.watch.reader import Reader
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.apps.watch.presets import strip_of
from ui.cache.kept import kept

_ORDER = 9  # a stream of random numbers


@dataclass(frozen=True)
class Strip:
    name: str
    frames: Array  # (seen, pixels) in the order of reading
    places: Array  # (n, 2) of the ball, in the order of reading and then of time
    right: int | None  # the kind; None where it is unknown or the order is not that of time


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


def test_strip(kind: str, number: int, seen: int, order: str) -> Strip:
    places = data.held_out("test").paths[strip_of(kind, number)]
    right = KINDS.index(kind) if order == "filmed" else None
    return _ordered(f"{kind} {number} {seen} {order}", places, seen, order, right)


def own_strip(path: Array, order: str) -> Strip:
    return _ordered(f"{path.tolist()} {order}", path, len(path), order, None)


def _ordered(name: str, places: Array, seen: int, order: str, right: int | None) -> Strip:
    read = places[:seen]
    if order == "backwards":
        read = read[::-1]
    elif order == "shuffled":
        read = read[np.random.default_rng([_ORDER, seen]).permutation(seen)]
    later = places[seen:] if order == "filmed" else places[:0]
    return Strip(name, frames_of(read), np.concatenate([read, later]), right)
