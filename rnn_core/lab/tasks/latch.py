r"""The latch (Bengio, Simard and Frasconi 1994): predict the class of a short signal after many steps of noise.

The first steps are +1 or -1, and all later ones Gaussian noise around 0. A random guess has a loss of ln 2.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.lab.tasks.base import Baseline, Batch, Numbers, Rng, Task, share_right
from rnn_core.learn.fields import real, whole


@dataclass(frozen=True)
class Latch(Task):
    steps: int = whole(50, low=4, high=1000)
    signal: int = whole(3, low=1, high=4)  # steps with the class
    noise: float = real(0.2, low=0.0, high=2.0)  # standard deviation

    name: ClassVar[str] = "latch"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    measure_name: ClassVar[str] = "share of signals that are remembered"

    @property
    def length(self) -> int:
        return self.steps

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("value",)

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("minus", "plus")

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        classes = rng.integers(0, 2, (size, 1))
        inputs = rng.normal(0.0, self.noise, (size, self.steps))
        inputs[:, : self.signal] += 2 * classes - 1
        return Batch(inputs.astype(np.float32)[:, :, None], classes, np.ones((size, 1), np.float32))

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        return share_right(outputs, batch)

    def baselines(self) -> tuple[Baseline, ...]:
        return (Baseline("guess plus or minus", float(np.log(2))),)
