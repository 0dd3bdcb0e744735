r"""Temporal order (Hochreiter and Schmidhuber 1997): predict the order of two signals, A or B each, among other letters.

The first signal is in the second tenth of the sequence, the other between four and five tenths: the target, one of AA, AB,
BA, BB, must be remembered for half the length. A random guess has a loss of ln 4.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.lab.tasks.base import Baseline, Batch, Numbers, Rng, Symbols, Task, draw_split, share_right
from rnn_core.learn.fields import whole

DISTRACTORS = "wxyz"


@dataclass(frozen=True)
class TemporalOrder(Task):
    steps: int = whole(50, low=10, high=1000)

    name: ClassVar[str] = "temporal order"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    measure_name: ClassVar[str] = "share of orders that are right"

    @property
    def length(self) -> int:
        return self.steps

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return ("A", "B", *DISTRACTORS)

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("AA", "AB", "BA", "BB")

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        inputs = draw_split(rng, self._sequences, size, held_out)
        first_two = np.sort(np.argsort(inputs >= 2, axis=1, kind="stable")[:, :2], axis=1)  # the steps of the signals
        signals = np.take_along_axis(inputs, first_two, axis=1)  # (B, 2)
        targets = signals @ np.array([2, 1])
        return Batch(inputs, targets[:, None], np.ones((size, 1), np.float32))

    def _sequences(self, rng: Rng, size: int) -> Symbols:
        rows, tenth = np.arange(size), self.steps / 10
        inputs = rng.integers(2, 2 + len(DISTRACTORS), (size, self.steps))
        for start in (1, 4):
            place = rng.integers(int(start * tenth), int((start + 1) * tenth), size)
            inputs[rows, place] = rng.integers(0, 2, size)
        return inputs

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        return share_right(outputs, batch)

    def baselines(self) -> tuple[Baseline, ...]:
        return (Baseline("guess one of the four orders", float(np.log(4))),)
