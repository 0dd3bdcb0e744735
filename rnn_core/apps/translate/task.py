"""The task of a translator: its two languages, and its pairs in disjoint parts. Ours are generated, a visitor's are in a file."""

from dataclasses import dataclass
from typing import cast

from rnn_core.apps.translate import data, own_pairs
from rnn_core.apps.translate.data import OWN, Pair, Part, Task
from rnn_core.apps.translate.tokens import Language, languages


@dataclass(frozen=True)
class TaskData:
    task: str
    letters: bool  # English numbers letter by letter, not word by word
    size: int  # training pairs that are generated
    rows: str  # own_pairs.pack(...)

    @property
    def languages(self) -> tuple[Language, Language]:
        if self.task == OWN:
            source, target = own_pairs.letters(self.rows)
            return Language(source, unknown=own_pairs.UNKNOWN), Language(target, unknown=own_pairs.UNKNOWN)
        return languages(cast(Task, self.task), self.letters)

    @property
    def training(self) -> tuple[Pair, ...]:
        if self.task == OWN:
            return own_pairs.pairs(self.rows, "training")
        return data.training_pairs(cast(Task, self.task), self.size)

    def held_out(self, part: Part) -> tuple[Pair, ...]:
        """The pairs of a held-out part. A visitor's file has neither the longer numbers nor the texts by other people."""
        if self.task == OWN:
            return own_pairs.pairs(self.rows, part)
        return data.held_out(cast(Task, self.task), part)
