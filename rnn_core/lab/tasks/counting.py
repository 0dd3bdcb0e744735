r"""Counting: strings a^n b^n, read symbol by symbol; say the next symbol (Gers and Schmidhuber 2001; fact 19).

While the a's last nobody can know when they end. From the first b on everything is settled, if the a's were counted: the
b's, and then the end. A string counts as right only if all of that is.

Every fifth n is held out. The samples go beyond the longest n of training: that is where a counter shows.
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
        """Each held-out string once: there are few, and drawing them at random would say no more."""
        return self.strings(np.arange(EVERY, self.longest + 1, EVERY))

    def samples(self) -> Batch:
        """Lengths around the longest of training, and up to twice as long: a counter goes on, a memory of lengths stops."""
        return self.strings(np.unique(np.array([0.5, 1.0, 1.25, 1.5, 2.0]) * self.longest).astype(np.int64))

    def strings(self, ns: Symbols) -> Batch:
        """| a^n b^n for each n, padded on the right; the targets are the same strings one symbol on."""
        step = np.arange(2 * int(ns.max()) + 2)
        n = ns[:, None]
        symbols = np.select([step == 0, step <= n, step <= 2 * n], [END, A, B], END)
        weights = (step[:-1] <= 2 * n).astype(np.float32)
        return Batch(symbols[:, :-1], symbols[:, 1:], weights)

    def strings_right(self, outputs: Numbers, batch: Batch) -> Symbols:
        """(B,) 1 where every answer from the first b on is right."""
        is_determined = (batch.inputs == B) & (batch.weights > 0)
        wrong = (outputs.argmax(axis=-1) != batch.targets) & is_determined
        return np.asarray(~wrong.any(axis=1), np.int64)

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        return float(self.strings_right(outputs, batch).mean())

    def baselines(self) -> tuple[Baseline, ...]:
        """What the symbol just read says about the next, counted on the training strings and asked on the held-out ones."""
        lengths = np.arange(1, self.longest + 1)
        trained, kept = self.strings(lengths[lengths % EVERY > 0]), self.held_out()
        counts = np.zeros((3, 3))
        np.add.at(counts, (trained.inputs, trained.targets), trained.weights)
        chances = counts / counts.sum(axis=1, keepdims=True)
        asked = kept.weights > 0
        loss = -np.log(chances[kept.inputs[asked], kept.targets[asked]]).mean()
        return (Baseline("know the last symbol only", float(loss)),)
