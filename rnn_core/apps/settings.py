"""The common settings of all applications: the recurrent part of the network."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from rnn_core.arrays import Cell
from rnn_core.learn.fields import choice, whole
from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.shapes import core_cell, torch_form

CELLS = ("rnn-tanh", "gru", "lstm")


@dataclass(frozen=True)
class AppSettings(TrainingSettings):
    keeps_best: ClassVar[bool] = True

    cell: str = choice("lstm", CELLS)
    hidden: int = whole(64, low=4, high=256)

    @classmethod
    def read(cls, given: object) -> Self:
        """Settings from `to_plain`, as in a run file."""
        return cls.from_plain(given, "settings")

    @classmethod
    @abstractmethod
    def shipped(cls) -> Mapping[str, Self]:
        """The networks that are ready, by the name of their file in rnn_core/apps/<kind>/files."""

    def shipped_as(self) -> str | None:
        """The name of the ready network with exactly these settings."""
        return next((variant for variant, its_own in self.shipped().items() if its_own == self), None)

    @property
    def core_cell(self) -> Cell:
        return core_cell(self.cell)

    @property
    def form(self) -> dict[str, Any]:
        return torch_form(self.cell)
