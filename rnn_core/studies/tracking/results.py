"""The recorded study: the budget, and the share of right answers of every cell, task, length and seed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

from rnn_core.arrays import Array
from rnn_core.errors import CoreError, check_integer, check_option, read_file, write_file
from rnn_core.studies.tracking.tasks import TASKS

FILE = Path(__file__).parent / "files" / "tracking.json"
LARGEST_FILE = 200_000
# From the cells whose state is not linear to attention. `cell` is that of init_modern or init_params; diagonal is our own.
CELLS = (
    *("rnn", "lstm", "gru", "slstm", "min_gru", "lru", "diagonal_positive", "diagonal_signed", "selective"),
    *("delta_net", "delta_net_negative", "attention"),
)


@dataclass(frozen=True)
class Budget:
    """The training budget, which all cells and tasks share."""

    updates: int = 400
    batch: int = 32
    hidden: int = 24  # H, and N where a cell has one
    readout: int = 32  # units of the readout's hidden layer
    rate: float = 0.01  # of Adam, falling to 0 as a cosine
    clip: float = 1.0  # the norm of each seed's gradient
    seeds: int = 5
    tested: int = 64  # sequences per seed and length

    def __post_init__(self) -> None:
        for name, low, high in (("updates", 1, 10_000), ("batch", 1, 512), ("hidden", 1, 128), ("seeds", 1, 32)):
            check_integer(name, getattr(self, name), low, high)


@dataclass(frozen=True)
class Outcome:
    task: str
    cell: str
    parameters: int  # of one network
    right: tuple[tuple[float, ...], ...]  # for each of the task's lengths, the share of right answers of every seed

    def at(self, length: int) -> Array:
        """(seeds,): the shares of right answers at this length."""
        task = TASKS[self.task]
        if length not in task.lengths:
            raise CoreError("length", length, f"one of {task.lengths}")
        return np.array(self.right[task.lengths.index(length)])


@dataclass(frozen=True)
class Study:
    budget: Budget
    outcomes: tuple[Outcome, ...]

    def outcome(self, task: str, cell: str) -> Outcome | None:
        """What was recorded of this task and cell; None if nothing was."""
        check_option("task", task, TASKS)
        check_option("cell", cell, CELLS)
        return next((each for each in self.outcomes if (each.task, each.cell) == (task, cell)), None)


@cache
def recorded() -> Study:
    return study_in(read_file(FILE, LARGEST_FILE).decode())


def study_in(text: str) -> Study:
    found = json.loads(text)
    outcomes = (Outcome(**{**each, "right": tuple(map(tuple, each["right"]))}) for each in found["outcomes"])
    return Study(Budget(**found["budget"]), tuple(outcomes))


def save(study: Study, path: Path = FILE) -> None:
    rows = ",\n".join("  " + json.dumps(asdict(each)) for each in study.outcomes)
    text = f'{{"budget": {json.dumps(asdict(study.budget))},\n "outcomes": [\n{rows}\n]}}\n'
    write_file(path, text.encode())


def complete_tasks(study: Study) -> tuple[str, ...]:
    """The tasks of which every cell is recorded."""
    return tuple(task for task in TASKS if all(study.outcome(task, cell) for cell in CELLS))


def table(study: Study) -> Mapping[str, Mapping[str, str]]:
    """For each cell and task: the mean share of right answers at the trained and at the longest length, in percent."""
    rows: dict[str, dict[str, str]] = {}
    for cell in CELLS:
        for task in TASKS.values():
            found = study.outcome(task.name, cell)
            if found is not None:
                short, long = (found.at(task.lengths[place]).mean() for place in (0, -1))
                rows.setdefault(cell, {})[task.name] = f"{100 * short:.0f} → {100 * long:.0f}"
    return rows
