r"""Counting: predict the next symbol of strings a^n b^n (Gers and Schmidhuber 2001; fact 19).

The end of the a's is not determined by the previous symbols. From the first b on, a network that has counted the a's can
predict every symbol: the b's and then the end. A string counts as right only if all of these predictions are.

Every fifth n is held out. Some samples are longer than the longest training string, because only a counter generalises
to them.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.lab.tasks.base import Baseline, Batch, Numbers, Rng, Symbols, Task
from rnn_core.learn.fields import whole

A, B, END = 0, 1, 2  # END also starts a string
EVERY = 5


@dataclass(frozen=True)
class Counting(Task):
    longest: int = whole(20, low=5, high=200)  # the largest n

    name: ClassVar[str] = "a^n b^n"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    measure_name: ClassVar[str] = "share of strings with every b and the end right"
    predicts_own_input: ClassVar[bool] = True

    @property
    def length(self) -> int:
        return 2 * self.longest + 1

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return ("a", "b", "|")

    @property
    def output_names(self) -> tuple[str, ...]:
        return self.input_symbols

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        lengths = np.arange(1, self.longest + 1)
        return self.strings(rng.choice(lengths[(lengths % EVERY == 0) == held_out], size))

    def held_out(self) -> Batch:
        """Each held-out string once, because there are only a few of them."""
        return self.strings(np.arange(EVERY, self.longest + 1, EVERY))

    def samples(self) -> Batch:
        """Strings around the longest training string, and up to twice as long, which only a counter can predict."""
        return self.strings(np.unique(np.array([0.5, 1.0, 1.25, 1.5, 2.0]) * self.longest).astype(np.int64))

    def strings(self, ns: Symbols) -> Batch:
        """| a^n b^n for each n, padded on the right; the targets are the same strings shifted by one symbol."""
        step = np.arange(2 * int(ns.max()) + 2)
        n = ns[:, None]
        symbols = np.select([step == 0, step <= n, step <= 2 * n], [END, A, B], END)
        weights = (step[:-1] <= 2 * n).astype(np.float32)
        return Batch(symbols[:, :-1], symbols[:, 1:], weights)

    def strings_right(self, outputs: Numbers, batch: Batch) -> Symbols:
        """(B,) 1 where every prediction from the first b on is right."""
        is_determined = (batch.inputs == B) & (batch.weights > 0)
        wrong = (outputs.argmax(axis=-1) != batch.targets) & is_determined
        return np.asarray(~wrong.any(axis=1), np.int64)

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        return float(self.strings_right(outputs, batch).mean())

    def baselines(self) -> tuple[Baseline, ...]:
        """The frequency of each symbol after the last one, counted on the training strings, evaluated on the held-out ones."""
        lengths = np.arange(1, self.longest + 1)
        trained, kept = self.strings(lengths[lengths % EVERY > 0]), self.held_out()
        counts = np.zeros((3, 3))
        np.add.at(counts, (trained.inputs, trained.targets), trained.weights)
        chances = counts / counts.sum(axis=1, keepdims=True)
        asked = kept.weights > 0
        loss = -np.log(chances[kept.inputs[asked], kept.targets[asked]]).mean()
        return (Baseline("know the last symbol only", float(loss)),)
