"""The evidence behind the guide "Which cell should I use?": sizes, costs, recorded experiments, and a comparison with a fixed window."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from time import perf_counter
from typing import Literal, cast, get_args

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Array, Cell
from rnn_core.lab.recorded import recording
from rnn_core.lab.tasks.adding import Adding
from rnn_core.params.init import parameter_count

Reach = Literal["short", "long", "very_long"]
Arrives = Literal["whole", "step_by_step"]
Advice = Literal["window", "rnn", "gru", "lstm", "attention", "linear"]
CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
X, H, T = 16, 64, 200  # of the costs
FAR = 1000  # steps: the longest reach that the guide asks about
TIMED = 15  # runs, of which the fastest counts: whatever else the machine does makes the others slower


def advise(reach: Reach, arrives: Arrives, is_small: bool) -> Advice:
    """What to try first. `is_small`: few parameters and little time."""
    if reach == "short":
        return "rnn" if arrives == "step_by_step" else "window"
    if reach == "long":
        return "gru" if is_small else "lstm"
    return "attention" if arrives == "whole" and not is_small else "linear"


Question = Literal["reach", "arrives", "size"]
Answers = Mapping[Question, str]
Way = tuple[tuple[Question, str], ...]
ANSWERS: Mapping[Question, tuple[str, ...]] = {
    "reach": get_args(Reach),
    "arrives": get_args(Arrives),
    "size": ("small", "free"),
}


@cache
def ways() -> tuple[tuple[Way, Advice], ...]:
    """The answers that lead to each piece of advice. A question that changes nothing on a way is not asked there."""
    return tuple(_ways_after(()))


def _ways_after(way: Way) -> Iterator[tuple[Way, Advice]]:
    given = dict(way)
    every = [
        dict(zip(ANSWERS, each, strict=True))
        for each in product(
            *([given[question]] if question in given else options for question, options in ANSWERS.items())
        )
    ]
    results = [_advice_for(each) for each in every]
    asked = next((question for question in ANSWERS if question not in given and _matters(question, every)), None)
    if asked is None:
        yield way, results[0]
    else:
        for answer in ANSWERS[asked]:
            yield from _ways_after((*way, (asked, answer)))


def _matters(question: Question, every: Sequence[Answers]) -> bool:
    return any(
        _advice_for({**each, question: answer}) != _advice_for(each) for each in every for answer in ANSWERS[question]
    )


def _advice_for(answers: Answers) -> Advice:
    return advise(cast(Reach, answers["reach"]), cast(Arrives, answers["arrives"]), answers["size"] == "small")


def counts_to() -> Mapping[str, float]:
    """The largest n up to which a cell’s recorded networks read every a^n b^n rightly: the median of the seeds."""
    made, found = recording("counting"), dict[str, list[int]]()
    for outcome, count in zip(made.outcomes, made.counts_to, strict=True):
        found.setdefault(outcome.settings.cell, []).append(count)
    return {cell: float(np.median(counts)) for cell, counts in found.items()}


def multiplications(cell: Cell) -> int:
    """The multiplications in the matrix products of one time step."""
    return parameter_count(cell, X, H, biases=0)


@cache
def milliseconds() -> Mapping[Cell, float]:
    """The duration of a forward pass over T steps in NumPy, measured in this process."""
    xs = np.random.default_rng(0).normal(size=(T, X))
    found = {}
    for cell in CELLS:
        params, times = rc.init_params(cell, X, H, seed=0), []
        for _run in range(TIMED):
            start = perf_counter()
            rc.run(params, xs)
            times.append(perf_counter() - start)
        found[cell] = 1000 * min(times)
    return found


@dataclass(frozen=True)
class Solved:
    """How many of the recorded runs of one cell solved the adding problem at one length."""

    cell: str
    steps: int
    solved: int
    seeds: int


@cache
def reach() -> tuple[Solved, ...]:
    """The recorded runs of the experiment "How long a dependency can each learn?"."""
    runs: dict[tuple[int, str], list[bool]] = {}
    for outcome in recording("reach").outcomes:
        task = outcome.settings.task
        assert isinstance(task, Adding)
        key = (task.steps, outcome.settings.cell)
        runs.setdefault(key, []).append(outcome.solved)
    return tuple(Solved(cell, steps, sum(each), len(each)) for (steps, cell), each in runs.items())


@dataclass(frozen=True)
class WindowAndRNN:
    """The share of right answers to "was there a mark?", by how many steps ago it was."""

    window: Array  # (lags,)
    rnn: Array  # (lags,)
    window_parameters: int
    rnn_parameters: int


LONGEST_LAG = 60


@cache
def window_against_rnn(window: int) -> WindowAndRNN:
    """A threshold on the last `window` inputs, and one tanh unit that latches. Both see sequences with and without a mark."""
    latch = rc.RNNParams(np.array([[4.0]]), np.array([[2.0]]), np.zeros(1))
    shares: dict[str, list[float]] = {"window": [], "rnn": []}
    for lag in range(1, LONGEST_LAG + 1):
        right = {"window": 0, "rnn": 0}
        for is_marked in (False, True):
            xs = np.zeros((LONGEST_LAG, 1))
            xs[-lag] = float(is_marked)
            right["window"] += (xs[-window:].sum() > 0.5) == is_marked
            right["rnn"] += bool(rc.run(latch, xs, [-1.0]).hs[-1, 0] > 0.0) == is_marked
        for name, count in right.items():
            shares[name].append(count / 2)
    return WindowAndRNN(np.array(shares["window"]), np.array(shares["rnn"]), window + 1, parameter_count("rnn", 1, 1))
