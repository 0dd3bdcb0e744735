"""A character model of the book of Genesis in the King James version: predict the next character.

A sequence is T consecutive characters of one chapter. Every fifth chapter is held out. The next character is not
determined by the previous ones, so the loss cannot become 0; the baseline knows only the frequency of each character.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Literal

import numpy as np

from rnn_core.lab.tasks.base import Baseline, Batch, Numbers, Rng, Symbols, Task, share_right
from rnn_core.lab.tasks.files import data_text
from rnn_core.learn.fields import whole

CHAPTER = "\n\f\n"  # between two chapters of the file
EVERY = 5
LEAST_SEEN = 20  # occurrences in the training chapters that a character needs for its own symbol
UNKNOWN = "□"  # the symbol of all other characters
SEEN_AS = {" ": "␣", "\n": "↵"}


@cache
def _chapters(held_out: bool) -> tuple[str, ...]:
    chapters = data_text("genesis").split(CHAPTER)
    return tuple(text for number, text in enumerate(chapters, 1) if (number % EVERY == 0) == held_out)


@cache
def alphabet() -> tuple[str, ...]:
    seen = Counter("".join(_chapters(held_out=False)))
    return (UNKNOWN, *sorted(character for character, times in seen.items() if times >= LEAST_SEEN))


@cache
def _symbols(held_out: bool) -> tuple[Symbols, ...]:
    place = {character: number for number, character in enumerate(alphabet())}
    return tuple(np.array([place.get(each, 0) for each in text]) for text in _chapters(held_out))


@dataclass(frozen=True)
class Characters(Task):
    steps: int = whole(50, low=2, high=300)

    name: ClassVar[str] = "characters"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    measure_name: ClassVar[str] = "share of next characters that are right"
    predicts_own_input: ClassVar[bool] = True
    files: ClassVar[tuple[str, ...]] = ("genesis",)

    @property
    def length(self) -> int:
        return self.steps

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return tuple(SEEN_AS.get(character, character) for character in alphabet())

    @property
    def output_names(self) -> tuple[str, ...]:
        return self.input_symbols

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        """All sequences of all chapters are equally probable."""
        chapters = _symbols(held_out)
        start_counts = np.array([len(chapter) - self.steps for chapter in chapters])
        ends = start_counts.cumsum()
        drawn = rng.integers(0, ends[-1], size)
        chosen = np.searchsorted(ends, drawn, side="right")
        starts = drawn - (ends - start_counts)[chosen]
        read = np.stack(
            [chapters[which][at : at + self.steps + 1] for which, at in zip(chosen, starts, strict=True)]
        )  # (B, T+1)
        return Batch(read[:, :-1], read[:, 1:], np.ones((size, self.steps), np.float32))

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        return share_right(outputs, batch)

    def baselines(self) -> tuple[Baseline, ...]:
        """Frequencies counted in the training chapters, evaluated on the held-out ones."""
        kept, size = self.held_out(), len(alphabet())
        trained = _symbols(held_out=False)
        singles, pairs = np.ones(size), np.ones((size, size))  # add-one smoothing
        for chapter in trained:
            np.add.at(singles, chapter, 1)
            np.add.at(pairs, (chapter[:-1], chapter[1:]), 1)
        by_pair = pairs / pairs.sum(axis=1, keepdims=True)
        return (
            Baseline("know how often each character comes", _surprise((singles / singles.sum())[kept.targets])),
            Baseline("know the last character only", _surprise(by_pair[kept.inputs, kept.targets])),
            Baseline("know nothing", float(np.log(size))),
        )


def _surprise(chances: Numbers) -> float:
    return float(-np.log(chances).mean())
