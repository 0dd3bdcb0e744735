r"""The adding problem (Hochreiter and Schmidhuber 1997): output the sum of the two marked numbers of a sequence.

The input of each step is a value from U[0, 1] and a mark. One mark is in the first half, one in the second. The sum of two
such values has mean 1 and variance 2/12, so the constant prediction 1 has a loss of 1/6.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.lab.tasks.base import MARK, Baseline, Batch, Numbers, Rng, Task
from rnn_core.learn.fields import whole

TOLERANCE = 0.04  # an output with a smaller error counts as right, as in the paper


@dataclass(frozen=True)
class Adding(Task):
    steps: int = whole(50, low=2, high=1000)

    name: ClassVar[str] = "adding"
    loss: ClassVar[Literal["squared error"]] = "squared error"
    measure_name: ClassVar[str] = "share of sums within 0.04"

    @property
    def length(self) -> int:
        return self.steps

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("value", MARK)

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("sum",)

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        inputs = np.zeros((size, self.steps, 2), np.float32)
        inputs[:, :, 0] = rng.random((size, self.steps), dtype=np.float32)
        rows, half = np.arange(size), self.steps // 2
        inputs[rows, rng.integers(0, half, size), 1] = 1.0
        inputs[rows, rng.integers(half, self.steps, size), 1] = 1.0
        sums = (inputs[:, :, 0] * inputs[:, :, 1]).sum(axis=1)  # (B,)
        return Batch(inputs, sums[:, None, None], np.ones((size, 1), np.float32))

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        return float((np.abs(outputs - batch.targets) < TOLERANCE).mean())

    def baselines(self) -> tuple[Baseline, ...]:
        return (Baseline("always answer 1", 1 / 6),)
