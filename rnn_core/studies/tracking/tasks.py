"""The five tasks. Inputs are vectors, one per step; the target is a class, or -1 where no answer is asked.

`parity`, `mod3` and `cups` have a target at every step: the state that the inputs so far lead to. `copying` asks for the
marked ones among many symbols; `recall` shows pairs of a key and a value, and then asks for keys.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array

Classes = NDArray[np.int64]
Rng = np.random.Generator
ARRANGEMENTS = tuple(permutations(range(3)))  # of three cups
SWAPS = ((0, 1, 2), (1, 0, 2), (0, 2, 1), (2, 1, 0))  # none, and the three swaps of two places
SYMBOLS, COPIED = 8, 4  # copying
KEYS, VALUES, ASKED = 32, 8, 8  # recall


@dataclass(frozen=True)
class TrackingTask:
    name: str
    inputs: int  # X
    classes: int
    lengths: tuple[int, ...]  # the first is trained, all are tested
    draw: Callable[[Rng, int, int], tuple[Array, Classes]]  # rng, batch B, length -> (B, T, X), (B, T)

    @property
    def chance(self) -> float:
        """The share of right answers of a random guess."""
        return 1.0 / self.classes


def one_hot(symbols: Classes, size: int) -> Array:
    return np.eye(size)[symbols]


def parity(rng: Rng, B: int, T: int) -> tuple[Array, Classes]:
    bits = rng.integers(0, 2, (B, T))
    return one_hot(bits, 2), bits.cumsum(axis=1) % 2


def mod3(rng: Rng, B: int, T: int) -> tuple[Array, Classes]:
    digits = rng.integers(0, 3, (B, T))
    return one_hot(digits, 3), digits.cumsum(axis=1) % 3


def cups(rng: Rng, B: int, T: int) -> tuple[Array, Classes]:
    """Three cups in a row; every step swaps two of the places, or none. The target is the arrangement."""
    after = np.array([[_swapped(arrangement, swap) for swap in SWAPS] for arrangement in ARRANGEMENTS])
    moves = rng.integers(0, len(SWAPS), (B, T))
    state, targets = np.zeros(B, dtype=np.int64), np.empty((B, T), dtype=np.int64)
    for t in range(T):
        state = after[state, moves[:, t]]
        targets[:, t] = state
    return one_hot(moves, len(SWAPS)), targets


def _swapped(arrangement: tuple[int, ...], swap: tuple[int, ...]) -> int:
    moved = tuple(arrangement[place] for place in swap)
    return ARRANGEMENTS.index(moved)


def copying(rng: Rng, B: int, T: int) -> tuple[Array, Classes]:
    """Every step shows a symbol; four of them carry a mark, which says first, second, ... Then come the marks alone.

    All other symbols are to be ignored, so a cell must decide from its input what it keeps.
    """
    places = np.sort(rng.permuted(np.tile(np.arange(T), (B, 1)), axis=1)[:, :COPIED], axis=1)
    symbols = rng.integers(0, SYMBOLS, (B, T))
    inputs = np.zeros((B, T + COPIED, SYMBOLS + COPIED))
    inputs[:, :T, :SYMBOLS] = one_hot(symbols, SYMBOLS)
    for mark in range(COPIED):
        inputs[np.arange(B), places[:, mark], SYMBOLS + mark] = 1.0
        inputs[:, T + mark, SYMBOLS + mark] = 1.0
    targets = np.full((B, T + COPIED), -1)
    targets[:, T:] = np.take_along_axis(symbols, places, axis=1)
    return inputs, targets


def recall(rng: Rng, B: int, pairs: int) -> tuple[Array, Classes]:
    """Every pair is one step: its key and its value side by side. Then come keys without a value."""
    keys = rng.permuted(np.tile(np.arange(KEYS), (B, 1)), axis=1)[:, :pairs]
    values = rng.integers(0, VALUES, (B, pairs))
    asked = np.array([rng.integers(0, pairs, ASKED) for _ in range(B)])
    shown = np.concatenate([one_hot(keys, KEYS), one_hot(values, VALUES)], axis=2)
    questions = one_hot(np.take_along_axis(keys, asked, axis=1), KEYS)
    inputs = np.concatenate([shown, np.pad(questions, ((0, 0), (0, 0), (0, VALUES)))], axis=1)
    targets = np.concatenate([np.full((B, pairs), -1), np.take_along_axis(values, asked, axis=1)], axis=1)
    return inputs, targets


TASKS: Mapping[str, TrackingTask] = {
    task.name: task
    for task in (
        TrackingTask("parity", 2, 2, (16, 32, 64, 128), parity),
        TrackingTask("mod3", 3, 3, (16, 32, 64, 128), mod3),
        TrackingTask("cups", len(SWAPS), len(ARRANGEMENTS), (16, 32, 64, 128), cups),
        TrackingTask("copying", SYMBOLS + COPIED, SYMBOLS, (16, 32, 64, 128), copying),
        TrackingTask("recall", KEYS + VALUES, VALUES, (8, 16, 32), recall),
    )
}
