"""What the settings of every application share: the recurrent part of its network."""

from dataclasses import dataclass
from typing import Any

from rnn_core.learn.fields import choice, whole
from rnn_core.learn.shapes import core_cell
from rnn_core.learn.training_settings import TrainingSettings
from rnn_core.types import Cell

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
        """The form of the core's cell that torch has."""
        match self.core_cell:
            case "rnn":
                return {"activation": "tanh"}
            case "lstm":
                return {"variant": "standard"}
            case "gru":
                return {"reset": "after", "z_keeps": True}
