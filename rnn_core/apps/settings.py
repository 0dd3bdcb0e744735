"""What the settings of every application share: the recurrent part of its network."""

from dataclasses import dataclass
from typing import Any

from rnn_core.arrays import Cell
from rnn_core.learn.fields import choice, whole
from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.shapes import core_cell, torch_form

CELLS = ("rnn-tanh", "gru", "lstm")


@dataclass(frozen=True)
class AppSettings(TrainingSettings):
    cell: str = choice("lstm", CELLS)
    hidden: int = whole(64, low=4, high=256)

    @property
    def core_cell(self) -> Cell:
        return core_cell(self.cell)

    @property
    def form(self) -> dict[str, Any]:
        return torch_form(self.cell)
