"""The outcome of a finished run, a few numbers per evaluation; and summaries of the runs of several seeds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.characters import Characters
from rnn_core.learn.history import Curves

Table = NDArray[np.float64]

COLUMNS = ("loss", "measure", "training", "gradient")
ADDING_SOLVED = 0.01  # mean squared error
SHARE_SOLVED = 0.95  # of the outputs


@dataclass(frozen=True)
class Outcome:
    """One run, with one row for each evaluation on the held-out set."""

    settings: RunSettings  # with its seed
    seconds: float  # of training
    ending: str  # a Reason of state.py; "" if a visitor stopped it
    steps: Table  # (m,) updates made before the evaluation
    loss: Table  # (m,) held out
    measure: Table  # (m,) held out
    training: Table  # (m,) the mean training loss since the previous evaluation; NaN at the first
    gradient: Table  # (m,) the largest norm of the gradient since the previous evaluation; NaN at the first

    @property
    def final_loss(self) -> float:
        return float("inf") if self.ending == "overflow" else float(self.loss[-1])

    @property
    def final_measure(self) -> float:
        return float("nan") if self.ending == "overflow" else float(self.measure[-1])

    @property
    def solved(self) -> bool:
        return is_solved(self.settings.task, self.final_loss, self.final_measure)


@dataclass(frozen=True)
class Spread:
    """Several seeds at the same steps."""

    steps: Table  # (n,)
    low: Table  # (n,)
    median: Table  # (n,)
    high: Table  # (n,)


@dataclass(frozen=True)
class Result:
    """The row of a table: one setting with all its seeds."""

    seeds: int
    steps: int  # the largest number over the seeds
    seconds: float  # the median
    loss: tuple[float, float, float]  # lowest, median, highest at the end
    measure: tuple[float, float, float]
    solved: int
    diverged: int


def is_solved(task: Task, loss: float, measure: float) -> bool:
    """Adding: an error under 0.01. Tasks with determined classes: 95% right. All others: better than every baseline."""
    if isinstance(task, Adding):
        return loss < ADDING_SOLVED
    if task.loss == "cross-entropy" and not isinstance(task, Characters):
        return measure >= SHARE_SOLVED
    return loss < min(line.loss for line in task.baselines())


def outcome_of(settings: RunSettings, curves: Curves, seconds: float, ending: str) -> Outcome | None:
    """The outcome of these curves; None before the first evaluation."""
    checks = curves.of_checks("step")
    if not len(checks):
        return None
    at, batch_loss, norms = curves.of_steps("step"), curves.of_steps("loss"), curves.of_steps("gradient_norm")
    ends = np.searchsorted(at, checks, side="right")
    training, gradient = np.full(len(checks), np.nan), np.full(len(checks), np.nan)
    with np.errstate(all="ignore"):  # a run that diverges has infinite values
        for row in range(1, len(checks)):
            since = slice(ends[row - 1], ends[row])
            if ends[row] > ends[row - 1]:
                training[row], gradient[row] = batch_loss[since].mean(), norms[since].max()
    return Outcome(
        settings, seconds, ending, checks, curves.of_checks("loss"), curves.of_checks("measure"), training, gradient
    )


def spread(outcomes: Sequence[Outcome], column: str) -> Spread:
    """Lowest, median and highest over the seeds, at the steps that all have reached; at least one outcome."""
    steps = np.unique(np.concatenate([outcome.steps for outcome in outcomes]))
    rows = np.stack([_at(outcome, column, steps) for outcome in outcomes])  # (seeds, n)
    known = ~np.isnan(rows).all(axis=0)
    rows, steps = rows[:, known], steps[known]
    with np.errstate(all="ignore"):
        return Spread(steps, np.nanmin(rows, axis=0), np.nanmedian(rows, axis=0), np.nanmax(rows, axis=0))


def _at(outcome: Outcome, column: str, steps: Table) -> Table:
    """The column at these steps; NaN at a step without an evaluation. After its end, a run that diverged has an infinite
    loss, and a run that reached its target keeps its last values."""
    values = np.full(len(steps), np.nan)
    values[np.searchsorted(steps, outcome.steps)] = getattr(outcome, column)
    after = steps > outcome.steps[-1]
    if outcome.ending == "overflow" and column != "measure":
        values[after] = np.inf
    elif outcome.ending in ("target", "patience"):
        values[after] = getattr(outcome, column)[-1]
    return values


def result(outcomes: Sequence[Outcome]) -> Result:
    """The summary of one setting's outcomes, of which there must be at least one."""
    return Result(
        seeds=len(outcomes),
        steps=int(max(outcome.steps[-1] for outcome in outcomes)),
        seconds=float(np.median([outcome.seconds for outcome in outcomes])),
        loss=_range([outcome.final_loss for outcome in outcomes]),
        measure=_range([outcome.final_measure for outcome in outcomes]),
        solved=sum(outcome.solved for outcome in outcomes),
        diverged=sum(outcome.ending == "overflow" for outcome in outcomes),
    )


def _range(values: Sequence[float]) -> tuple[float, float, float]:
    known = np.array([value for value in values if not np.isnan(value)])
    if not len(known):
        return (np.nan, np.nan, np.nan)
    return float(known.min()), float(np.median(known)), float(known.max())
