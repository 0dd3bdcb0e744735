"""The interface of a task: data by seed, a loss with its baselines, a measure of success, and a held-out set.

Batch k of a run is a function of (task, seed, k) only, so a run can stop and continue at any step.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from rnn_core.learn.fields import Options, whole

Numbers = NDArray[np.float32]
Symbols = NDArray[np.int64]
Rng = np.random.Generator

HELD_OUT_SIZE = 256
MARK = "mark"  # the name of an input that is 1 at the steps that count, and 0 elsewhere
_TRAINING, _HELD_OUT, _FEW = 1, 2, 3  # independent streams of random numbers


@dataclass(frozen=True)
class Batch:
    """B sequences of T steps. The targets belong to the last S steps: S = 1 is one output after the whole sequence."""

    inputs: NDArray[Any]  # (B, T, X) numbers, float32; or (B, T) symbols, int64
    targets: NDArray[Any]  # (B, S, Y) numbers, float32; or (B, S) classes, int64
    weights: Numbers  # (B, S) 1 where an output counts, 0 elsewhere


@dataclass(frozen=True)
class Baseline:
    """The loss of a prediction that needs no memory."""

    name: str  # in plain English: the key of its translation
    loss: float


@dataclass(frozen=True)
class Task(Options, ABC):
    """One task with its parameters as fields."""

    _: KW_ONLY
    examples: int | None = whole(
        None, low=1, high=100_000
    )  # different training sequences; unset: unlimited, generated fresh

    name: ClassVar[str]
    loss: ClassVar[Literal["squared error", "cross-entropy"]]
    measure_name: ClassVar[str]  # in plain English; larger is better
    predicts_own_input: ClassVar[bool] = False  # the target is the next input, so the network must not read ahead
    files: ClassVar[tuple[str, ...]] = ()  # names of the data in files.py

    @property
    @abstractmethod
    def length(self) -> int:
        """T, the number of steps."""

    @property
    def input_symbols(self) -> tuple[str, ...]:
        """Names of the input symbols; empty where the inputs are numbers."""
        return ()

    @property
    def input_names(self) -> tuple[str, ...]:
        """One name for each column of the network's input: the symbols, one-hot, or the meanings of the numbers."""
        return self.input_symbols

    def without_marks(self, inputs: NDArray[Any]) -> NDArray[Any] | None:
        """A sequence (T, X) with the marks of its steps erased; None where the task marks no step."""
        if MARK not in self.input_names:
            return None
        erased = inputs.copy()
        erased[:, self.input_names.index(MARK)] = 0.0
        return erased

    @property
    @abstractmethod
    def output_names(self) -> tuple[str, ...]:
        """One name for each output or class."""

    @abstractmethod
    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        """`size` sequences. If sequences can repeat, training and held-out sequences are disjoint."""

    @abstractmethod
    def measure(self, outputs: Numbers, batch: Batch) -> float:
        """The measure of success of the outputs (B, S, Y); larger is better."""

    @abstractmethod
    def baselines(self) -> tuple[Baseline, ...]:
        """The baselines of every curve; the first is the one to beat."""

    def batch(self, seed: int, k: int, size: int) -> Batch:
        """Training batch k of the run with this seed. With a limited number of examples, it is drawn from them."""
        rng = np.random.default_rng([_TRAINING, seed, k])
        if self.examples is None:
            return self.draw(rng, size, held_out=False)
        few = _few_examples(self, seed)
        rows = rng.integers(0, self.examples, size)
        return Batch(few.inputs[rows], few.targets[rows], few.weights[rows])

    def held_out(self) -> Batch:
        """The held-out sequences, the same for every seed, so that runs can be compared."""
        return _held_out(self)

    def samples(self) -> Batch | None:
        """A few sequences of symbols whose targets can be shown as text; None if the task is about numbers."""
        kept = self.held_out()
        return Batch(kept.inputs[:4], kept.targets[:4], kept.weights[:4]) if self.input_symbols else None


@lru_cache(maxsize=64)
def _held_out(task: Task) -> Batch:
    return task.draw(np.random.default_rng(_HELD_OUT), HELD_OUT_SIZE, held_out=True)


@lru_cache(maxsize=16)
def _few_examples(task: Task, seed: int) -> Batch:
    if task.examples is None:
        raise ValueError("the task has new examples for ever")
    return task.draw(np.random.default_rng([_FEW, seed]), task.examples, held_out=False)


def share_right(outputs: Numbers, batch: Batch) -> float:
    """The share of the counted steps whose largest output belongs to the target class."""
    right = outputs.argmax(axis=-1) == batch.targets  # (B, S)
    return float((right * batch.weights).sum() / batch.weights.sum())


# Odd multipliers of a multiplicative hash. They are fixed, so that the split is the same on every machine.
_MULTIPLIERS = np.random.Generator(np.random.PCG64(20001)).integers(0, 2**63, 2**14, dtype=np.uint64) * 2 + 1


def is_held_out(rows: Symbols) -> NDArray[np.bool_]:
    """(B, N) integers -> (B,): one sequence in eight is held out, selected by a hash of its content."""
    mixed = (rows.astype(np.uint64) + np.uint64(1)) * _MULTIPLIERS[: rows.shape[1]]
    total = mixed.sum(axis=1, dtype=np.uint64)
    stirred = (total ^ (total >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
    return np.asarray(stirred >> np.uint64(61) == 0)


def draw_split(rng: Rng, draw: Callable[[Rng, int], Symbols], size: int, held_out: bool) -> Symbols:
    """`size` rows of `draw(rng, n) -> (n, N)` that are all held out, or none of which is."""
    rows = draw(rng, 0)
    while len(rows) < size:
        more = draw(rng, 2 * size)
        rows = np.concatenate([rows, more[is_held_out(more) == held_out]])
    return rows[:size]
