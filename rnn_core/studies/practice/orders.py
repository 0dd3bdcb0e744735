"""Exercises of the fourth kind: values in an order in which they can be computed, and pairs that belong together.

An order is right if every value comes after those that its equation needs, so several orders may be right. The pairs are
computed too: shapes from the cells, counts from the weights, numbers from runs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from rnn_core.arrays import Cell
from rnn_core.cells.activations import ACTIVATIONS
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place
from rnn_core.params.build import check_form, shapes_of
from rnn_core.studies.practice.evaluate import parents
from rnn_core.studies.practice.friendly import friendly_run
from rnn_core.studies.practice.goal_list import impulse, one_unit, state_gradient


@dataclass(frozen=True)
class OrderTask:
    name: str
    page: str
    cell: Cell
    items: tuple[Place, ...]

    @property
    def explainer(self) -> Explainer:
        return _explainer(self.cell)

    def shuffled(self, seed: int) -> list[Place]:
        """The items in an order that is not a right one."""
        for attempt in range(50):
            at = np.random.default_rng([17, seed, attempt]).permutation(len(self.items))
            found = [self.items[place] for place in at]
            if self.first_violation(found) is not None:
                return found
        return list(reversed(self.items))

    @property
    def has_one_order(self) -> bool:
        """Whether each value needs the one before it, so that no other order is right."""
        pairs = zip(self.items, self.items[1:], strict=False)
        return all(_needs(self.cell, later, earlier) for earlier, later in pairs)

    def first_violation(self, given: Sequence[Place]) -> tuple[Place, Place] | None:
        """A value, and one that it needs and that comes later; None if the order is right."""
        for at, place in enumerate(given):
            for later in given[at + 1 :]:
                if _needs(self.cell, place, later):
                    return place, later
        return None


@cache
def _explainer(cell: Cell) -> Explainer:
    return friendly_run(cell, {}, 1, 1, 2, np.random.default_rng(0)).explainer()


@cache
def _needs(cell: Cell, place: Place, other: Place) -> bool:
    """Whether one value needs another, directly or through others."""
    return any(parent == other or _needs(cell, parent, other) for parent in parents(_explainer(cell), place))


def _at(step: int, *names: str) -> tuple[Place, ...]:
    return tuple(Place(name, step, 0) for name in names)


_ORDERS = (
    OrderTask("order_rnn_back", "bptt", "rnn", (*_at(2, "dhs", "dpre"), *_at(1, "dhs", "dpre"), Place("dW_hh", None, 0, 0))),
    OrderTask("order_lstm", "lstm", "lstm", _at(2, "forget_gate", "input_gate", "candidate", "cs", "tanh_c", "output_gate", "hs")),
    OrderTask("order_lstm_back", "bptt", "lstm", (*_at(2, "dhs", "dtanh_c", "dcs_through_output", "dcs", "dforget_gate", "dforget_gate_pre"), Place("dW_hf", None, 0, 0))),
    OrderTask("order_gru", "gru", "gru", _at(2, "reset_gate", "candidate_h", "reset_h", "candidate", "update_gate", "hs")),
    OrderTask("order_gru_back", "bptt", "gru", _at(2, "dhs", "dcandidate", "dcandidate_pre", "dreset_gate", "dreset_gate_pre", "dcandidate_h")),
    OrderTask("order_two_steps", "rnn", "rnn", (*_at(1, "pre", "hs"), *_at(2, "pre", "hs"))),
)  # fmt: skip
ORDERS: Mapping[str, OrderTask] = MappingProxyType({task.name: task for task in _ORDERS})


@dataclass(frozen=True)
class Pairs:
    """Which of the `options` belongs to each of the `items`. Several items may have the same option."""

    items: tuple[str, ...]  # keys: names of weights, cells, numbers as text
    options: tuple[str, ...]
    right: tuple[str, ...]  # for each item
    settings: Mapping[str, str]  # numbers that the question names


Made = tuple[Mapping[str, str], Sequence[tuple[str, str]]]  # the settings; each item with its option


@dataclass(frozen=True)
class MatchTask:
    name: str
    page: str
    make: Callable[[np.random.Generator], Made]

    def pairs(self, seed: int) -> Pairs:
        rng = np.random.default_rng([19, seed])
        settings, made = self.make(rng)
        items = [made[at] for at in rng.permutation(len(made))]
        options = list(dict.fromkeys(option for _item, option in made))
        shown = tuple(options[at] for at in rng.permutation(len(options)))
        return Pairs(tuple(item for item, _option in items), shown, tuple(option for _item, option in items), settings)


def _shapes(cell: Cell) -> Callable[[np.random.Generator], Made]:
    def make(rng: np.random.Generator) -> Made:
        X, H = (int(size) for size in rng.choice([2, 3, 4, 5, 6, 8], size=2, replace=False))
        shapes = shapes_of(cell, X, H, check_form(cell, {}))
        last = {"rnn": "h", "lstm": "f", "gru": "n"}[cell]
        chosen = {name: shapes[name] for name in (f"W_x{last}", f"W_h{last}", f"b_{last}")}
        T = int(rng.choice([7, 9, 10]))
        chosen |= {"xs": (T, X), "hs": (T + 1, H)}
        pairs = [(name, " × ".join(map(str, shape))) for name, shape in chosen.items()]
        return {"X": str(X), "H": str(H), "T": str(T)}, pairs

    return make


def _counts(rng: np.random.Generator) -> Made:
    X, H = (int(size) for size in rng.choice([2, 3, 4, 5, 6, 8, 10], size=2))
    cells: tuple[tuple[str, Cell, dict[str, Any]], ...] = (
        ("RNN", "rnn", {}),
        ("GRU", "gru", {}),
        ("LSTM", "lstm", {}),
        ("LSTM+", "lstm", {"variant": "peephole"}),
    )
    counts = [
        (label, sum(int(np.prod(shape)) for shape in shapes_of(cell, X, H, check_form(cell, form)).values()))
        for label, cell, form in cells
    ]
    return {"X": str(X), "H": str(H)}, [(label, str(count)) for label, count in counts]


def _factors(rng: np.random.Generator) -> Made:
    """Recurrent weights, and how much of a gradient a linear RNN leaves after k steps."""
    k = int(rng.choice([10, 15, 20]))
    found = []
    for w in (0.5, 0.8, 0.95, 1.0, 1.1, 1.3):
        trace = one_unit("rnn", {"W_hh": w}, impulse(k, 1.0), activation="linear")
        found.append((f"w = {w:g}", f"{state_gradient(trace)[0]:.2g}"))
    return {"k": str(k)}, found


def _half_lives(rng: np.random.Generator) -> Made:
    """Forget biases, and after how many steps half of the cell state is left."""
    biases = sorted(rng.choice([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0], size=5, replace=False))
    return {}, [(f"b = {bias:g}", f"{np.log(0.5) / -np.log1p(np.exp(-bias)):.1f}") for bias in biases]


def _slopes(_rng: np.random.Generator) -> Made:
    of = {"tanh": "1 − v²", "sigmoid": "v·(1 − v)", "relu": "[v > 0]", "linear": "1"}
    return {}, [(name, of[name]) for name in ACTIVATIONS]


_MATCHES = (
    MatchTask("match_rnn_shapes", "rnn", _shapes("rnn")),
    MatchTask("match_lstm_shapes", "lstm", _shapes("lstm")),
    MatchTask("match_gru_shapes", "gru", _shapes("gru")),
    MatchTask("match_counts", "compare", _counts),
    MatchTask("match_factors", "gradients", _factors),
    MatchTask("match_half_lives", "gates", _half_lives),
    MatchTask("match_slopes", "bptt", _slopes),
)
MATCHES: Mapping[str, MatchTask] = MappingProxyType({task.name: task for task in _MATCHES})
