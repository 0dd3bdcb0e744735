"""Exercises of the second kind: set weights until something holds. The core runs the cell with them and measures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from rnn_core.arrays import Array, Cell


class Knob(NamedTuple):
    """One weight that the reader sets."""

    name: str  # as the equations have it, such as W_hh
    low: float
    high: float
    start: float
    step: float = 0.1


class Condition(NamedTuple):
    """What must hold, and what was measured. `what` names the sentence."""

    what: str
    measured: float
    low: float = -np.inf
    high: float = np.inf

    @property
    def holds(self) -> bool:
        return self.low <= self.measured <= self.high


class Curve(NamedTuple):
    name: str  # "h", "c", "x", "gradient", "gate", "target"
    values: Array  # per time step
    first: int  # the time step of the first value


class Outcome(NamedTuple):
    conditions: tuple[Condition, ...]
    curves: tuple[Curve, ...]


Weights = Mapping[str, float]


@dataclass(frozen=True)
class Goal:
    name: str
    page: str
    cell: Cell
    knobs: tuple[Knob, ...]
    run: Callable[[Weights, np.random.Generator], Outcome]
    scale: Literal["linear", "log"] = "linear"
    is_possible: bool = True  # else the right answer is that no setting does it

    def outcome(self, weights: Weights, seed: int) -> Outcome:
        """The run with weights inside the knobs' ranges. Random inputs are drawn from the seed."""
        return self.run(weights, np.random.default_rng([7, seed]))


def is_reached(outcome: Outcome) -> bool:
    return all(each.holds for each in outcome.conditions)
