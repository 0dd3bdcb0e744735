r"""The copy task (Hochreiter and Schmidhuber 1997; Arjovsky, Shah and Bengio 2016): remember, wait, repeat.

The input is ten symbols out of eight, then blanks, then a signal, after which the output must be the ten symbols: T + 20
steps in all. Before the signal the target is a blank. A network that knows when to output, but not the symbols, has a
loss of 10 ln 8 over T + 20 steps.

In the variable task (Tallec and Ollivier 2018) each sequence waits for its own time, uniform in 1..T.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.errors import CoreError
from rnn_core.lab.tasks.base import Baseline, Batch, Numbers, Rng, Symbols, Task, draw_split, share_right
from rnn_core.learn.fields import whole

FEWEST_WORDS = 256


@dataclass(frozen=True)
class Copying(Task):
    blanks: int = whole(40, low=1, high=1000)  # T, from the last symbol to the first output
    remembered: int = whole(10, low=1, high=20)
    alphabet: int = whole(8, low=2, high=20)

    name: ClassVar[str] = "copy"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    measure_name: ClassVar[str] = "share of the remembered symbols that are right"

    def __post_init__(self) -> None:
        super().__post_init__()
        words = self.alphabet**self.remembered
        if words < FEWEST_WORDS:
            raise CoreError(
                "remembered", f"{words} different words", f"at least {FEWEST_WORDS}: some are kept for testing"
            )

    @property
    def length(self) -> int:
        return self.blanks + 2 * self.remembered

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return (*self.output_names, "!")

    @property
    def output_names(self) -> tuple[str, ...]:
        return (*(chr(ord("A") + symbol) for symbol in range(self.alphabet)), "·")

    def waits(self, rng: Rng, size: int) -> Symbols:
        """The number of blank steps of each sequence."""
        return np.full(size, self.blanks)

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        blank, signal, n = self.alphabet, self.alphabet + 1, self.remembered
        words = draw_split(rng, lambda rng, size: rng.integers(0, self.alphabet, (size, n)), size, held_out)
        waits = self.waits(rng, size)
        inputs = np.full((size, self.length), blank)
        targets = inputs.copy()
        inputs[:, :n] = words
        rows = np.arange(size)
        inputs[rows, n + waits - 1] = signal
        answers = n + waits[:, None] + np.arange(n)  # (B, n) the steps at which the symbols must be repeated
        targets[rows[:, None], answers] = words
        weights = (np.arange(self.length) < (2 * n + waits)[:, None]).astype(np.float32)
        return Batch(inputs, targets, weights)

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        asked = batch.targets != self.alphabet
        return share_right(outputs, Batch(batch.inputs, batch.targets, asked.astype(np.float32)))

    def baselines(self) -> tuple[Baseline, ...]:
        steps = float(self.held_out().weights.sum(axis=1).mean())
        return (Baseline("know when to answer, guess what", self.remembered * float(np.log(self.alphabet)) / steps),)


@dataclass(frozen=True)
class VariableCopying(Copying):
    name: ClassVar[str] = "variable copy"

    def waits(self, rng: Rng, size: int) -> Symbols:
        return rng.integers(1, self.blanks + 1, size)
