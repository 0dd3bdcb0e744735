"""Comparison of up to six settings on the same data: as text for a link, as a list of runs, and as a table."""

import base64
import csv
import io
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnn_core.errors import CoreError, check_integer
from rnn_core.lab.outcomes import Outcome
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task, task_from_plain, task_to_plain
from rnn_core.learn.fields import plain

MOST_SETTINGS, MOST_SEEDS = 6, 10
LONGEST_PLAIN = 300  # characters of JSON that a link contains uncompressed
LONGEST_LINK, LARGEST_JSON = 4_000, 20_000
SHARED = ("budget", "check_every", "seed")  # equal for all settings, like the task
CHECKS = 40  # evaluations on the held-out set in a whole run
ARGUMENT = "comparison"


@dataclass(frozen=True)
class Comparison:
    """One task, one budget, seeds 0, 1, 2, ...: batch k of a seed is the same for every setting of one batch size."""

    settings: tuple[RunSettings, ...]
    seeds: int = 3

    def __post_init__(self) -> None:
        check_integer(f"{ARGUMENT}: settings", len(self.settings), 1, MOST_SETTINGS)
        check_integer(f"{ARGUMENT}: seeds", self.seeds, 1, MOST_SEEDS)
        first = self.settings[0]
        for each in self.settings:
            if each.task != first.task or any(getattr(each, name) != getattr(first, name) for name in SHARED):
                raise CoreError(f"{ARGUMENT}: settings", "several tasks or budgets", "one task and one budget for all")

    @property
    def task(self) -> Task:
        return self.settings[0].task

    @property
    def budget(self) -> int:
        return self.settings[0].budget

    def runs(self) -> tuple[RunSettings, ...]:
        """All settings with seed 0, then with seed 1, and so on, so that they advance together. Equal settings are one run."""
        return tuple(dict.fromkeys(each.changed(seed=seed) for seed in range(self.seeds) for each in self.settings))

    def on(self, task: Task, budget: int) -> "Comparison":
        """The same settings on another task or for another budget."""
        every = check_interval(budget)
        return replace(
            self,
            settings=tuple(each.changed(task=task, budget=budget, check_every=every) for each in self.settings),
        )

    def with_setting(self, settings: RunSettings, place: int | None = None) -> "Comparison":
        """The comparison with these settings added, or put in place of those at `place`. They get the common task, budget and seed."""
        given = settings.changed(task=self.task, **{name: getattr(self.settings[0], name) for name in SHARED})
        if place is None:
            return replace(self, settings=(*self.settings, given))
        return replace(self, settings=(*self.settings[:place], given, *self.settings[place + 1 :]))

    def without(self, place: int) -> "Comparison":
        return replace(self, settings=self.settings[:place] + self.settings[place + 1 :])

    def differences(self) -> tuple[dict[str, Any], ...]:
        return differences(self.settings)

    def pack(self) -> str:
        """Short text for a link."""
        lines = [{name: value for name, value in each.to_link().items() if name != "task"} for each in self.settings]
        task = {name: value for name, value in task_to_plain(self.task).items() if value is not None}
        text = json.dumps({"task": task, "seeds": self.seeds, "runs": lines}, separators=(",", ":"))
        if len(text) <= LONGEST_PLAIN:
            return text
        return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")

    @classmethod
    def unpack(cls, text: str) -> "Comparison":
        """The comparison of a link; raises CoreError if the text is damaged or its settings are invalid."""
        given = _json_of(text)
        if (
            not isinstance(given, dict)
            or given.keys() != {"task", "seeds", "runs"}
            or not isinstance(given["runs"], list)
        ):
            raise CoreError(ARGUMENT, "something else", "an object with task, seeds and runs")
        check_integer(f"{ARGUMENT}: settings", len(given["runs"]), 1, MOST_SETTINGS)
        task = task_to_plain(task_from_plain(given["task"]))
        lines = [RunSettings.read({"task": task, **line} if isinstance(line, dict) else line) for line in given["runs"]]
        return cls(tuple(lines), check_integer(f"{ARGUMENT}: seeds", given["seeds"], 1, MOST_SEEDS))


def differences(settings: Sequence[RunSettings]) -> tuple[dict[str, Any], ...]:
    """For each of the settings, the options that differ between them; the cell is first."""
    every = [plain(each) for each in settings]
    names = [name for name in every[0] if len({each[name] for each in every}) > 1]
    names.sort(key=lambda name: name != "cell")
    return tuple({name: each[name] for name in names if name not in SHARED} for each in every)


def check_interval(budget: int) -> int:
    return max(1, budget // CHECKS)


def _json_of(text: str) -> Any:
    broken = CoreError(ARGUMENT, "text that cannot be read", "a link of this app")
    if len(text) > LONGEST_LINK:
        raise broken
    try:
        if not text.startswith("{"):
            packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
            text = zlib.decompressobj().decompress(packed, LARGEST_JSON).decode()
        return json.loads(text)
    except (ValueError, zlib.error, RecursionError):
        raise broken from None


def to_csv(named: Iterable[tuple[str, Sequence[Outcome]]]) -> str:
    """One row for each evaluation of each run. `named` has the name of each setting and its runs."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["setting", "seed", "step", "held_out_loss", "held_out_measure", "training_loss", "largest_gradient"])
    for name, outcomes in named:
        for outcome in outcomes:
            columns = (outcome.loss, outcome.measure, outcome.training, outcome.gradient)
            for step, *values in zip(outcome.steps, *columns, strict=True):
                cells = ["" if np.isnan(value) else f"{value:.6g}" for value in values]
                rows.writerow([name, outcome.settings.seed, int(step), *cells])
    return text.getvalue()
