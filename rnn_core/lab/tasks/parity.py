r"""Parity: predict whether the number of ones so far is even or odd.

One bit of memory is enough, but every single bit changes the target, so a memory of most of the bits is useless. With a
target at every step the task is easy to learn; with one target at the end it is hard for gradient descent. A random guess
has a loss of ln 2.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.lab.tasks.base import Baseline, Batch, Numbers, Rng, Task, draw_split, share_right
from rnn_core.learn.fields import flag, whole


@dataclass(frozen=True)
class Parity(Task):
    steps: int = whole(20, low=8, high=1000)
    every_step: bool = flag(True)

    name: ClassVar[str] = "parity"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    measure_name: ClassVar[str] = "share of parities that are right"

    @property
    def length(self) -> int:
        return self.steps

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("bit",)

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("even", "odd")

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        bits = draw_split(rng, lambda rng, size: rng.integers(0, 2, (size, self.steps)), size, held_out)
        parity = bits.cumsum(axis=1) % 2
        asked = parity if self.every_step else parity[:, -1:]
        return Batch(bits[:, :, None].astype(np.float32), asked, np.ones(asked.shape, np.float32))

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        return share_right(outputs, batch)

    def baselines(self) -> tuple[Baseline, ...]:
        return (Baseline("guess even or odd", float(np.log(2))),)
