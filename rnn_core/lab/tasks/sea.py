"""A real series: predict next month's temperature of the Pacific, from monthly values of 1950 to 2010 (El Niño).

A sequence is a window of T months. The last fifth of all months is held out: training windows end before it, and only
predictions of its months count in the evaluation.
"""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from rnn_core.lab.tasks.base import Baseline, Batch, Numbers, Rng, Symbols, Task
from rnn_core.lab.tasks.files import data_text
from rnn_core.learn.fields import whole

SEASON = 12


@cache
def temperatures() -> NDArray[np.float64]:
    """(N,) one value per month, standardised to mean 0 and deviation 1 over the training months."""
    rows = data_text("sea").split()[1:]
    degrees = np.array([float(row.split(",")[1]) for row in rows])
    known = degrees[: held_out_from(len(degrees))]
    return np.asarray((degrees - known.mean()) / known.std())


def held_out_from(months: int) -> int:
    return months * 4 // 5


@dataclass(frozen=True)
class Sea(Task):
    steps: int = whole(50, low=2, high=300)

    name: ClassVar[str] = "sea temperature"
    loss: ClassVar[Literal["squared error"]] = "squared error"
    measure_name: ClassVar[str] = "share of the error of repeating the last value that is gone"
    predicts_own_input: ClassVar[bool] = True
    files: ClassVar[tuple[str, ...]] = ("sea",)

    @property
    def length(self) -> int:
        return self.steps

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("temperature",)

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("next temperature",)

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        return self.windows(rng.choice(self._last_months(held_out), size))

    def held_out(self) -> Batch:
        """Every held-out window once. The window of the last months is first, because it is the example."""
        return self.windows(self._last_months(held_out=True)[::-1])

    def _last_months(self, held_out: bool) -> Symbols:
        months = len(temperatures())
        split = held_out_from(months)
        return np.arange(split, months) if held_out else np.arange(self.steps, split)

    def windows(self, last: Symbols) -> Batch:
        """The windows whose last predicted month is `last` (B,)."""
        months = last[:, None] - np.arange(self.steps, -1, -1)  # (B, T+1)
        values, split = temperatures()[months].astype(np.float32)[:, :, None], held_out_from(len(temperatures()))
        kept = (months[:, 1:] >= split) | (last[:, None] < split)
        return Batch(values[:, :-1], values[:, 1:], kept.astype(np.float32))

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        weights = batch.weights[:, :, None]
        error = (np.square(outputs - batch.targets) * weights).sum()
        return float(1.0 - error / (np.square(batch.inputs - batch.targets) * weights).sum())

    def baselines(self) -> tuple[Baseline, ...]:
        """Each held-out month counts as often as it is a target."""
        kept = self._last_months(held_out=True)
        months = kept[:, None] - np.arange(self.steps)
        asked = months[months >= kept[0]]
        values = temperatures()

        def repeated(months_ago: int) -> float:
            return float(np.square(values[asked] - values[asked - months_ago]).mean())

        return (
            Baseline("repeat the last value", repeated(1)),
            Baseline("repeat the value of a year before", repeated(SEASON)),
        )
