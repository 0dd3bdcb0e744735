"""The sequences that measure as one text, a line each: which characters belong to which step, and back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.passages import Opened, Passage
from rnn_core.arrays import Mask
from ui.i18n import language
from ui.memory.inside.names import answer_name, sequence_title

BESIDE = "   "  # before what is written after a sequence


@dataclass(frozen=True)
class Lines:
    text: str
    steps: NDArray[np.int64]  # (characters,) the step of the passage
    lit: Mask  # (characters,) whether the character is one of the step's token
    begins: NDArray[np.int64]  # (measured steps,) the first character of each
    first: int  # step that measures

    def character_of(self, step: int) -> int:
        return int(self.begins[step - self.first])

    def step_of(self, character: int) -> int:
        return int(self.steps[character])


def shown_tokens(read: Passage) -> list[str]:
    """In the page's language, where the sequences have names in it."""
    names = read.chinese if language() == "zh" else {}
    return [names.get(token, token) for token in read.tokens]


def tokens_of(opened: Opened, sequence: int) -> list[str]:
    """Of one sequence."""
    return shown_tokens(opened.passage)[int(opened.passage.starts[sequence]) : int(opened.passage.ends[sequence])]


def lines(opened: Opened) -> Lines:
    read, tokens = opened.passage, shown_tokens(opened.passage)
    after = dict.fromkeys(range(len(tokens)), read.between)
    for number, end in enumerate(read.ends.tolist()):
        after[end - 1] = f"{_beside(opened, number)}\n"
    shown = range(read.first, len(tokens))
    pieces = [tokens[at] + after[at] for at in shown]
    lengths = np.array([len(piece) for piece in pieces])
    lit = np.concatenate([np.arange(len(piece)) < len(tokens[at]) for at, piece in zip(shown, pieces, strict=True)])
    begins = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)[:-1]])
    return Lines("".join(pieces), np.repeat(np.array(shown), lengths), lit, begins, read.first)


def line_of(opened: Opened, sequence: int) -> str:
    """One sequence as it is written in the text."""
    return f"{opened.passage.between.join(tokens_of(opened, sequence))}{_beside(opened, sequence)}"


def _beside(opened: Opened, sequence: int) -> str:
    """What the sequence is about, and the right answer, where that is something else."""
    read, answers = opened.passage, opened.answers
    title = sequence_title(read.titles[sequence]) if read.titles else ""
    right = answer_name(opened, answers.right[sequence]) if answers is not None and answers.right else ""
    parts = [title] if title == right else [title, right]
    shown = " → ".join(part for part in parts if part)
    return f"{BESIDE}[{shown}]" if shown else ""
