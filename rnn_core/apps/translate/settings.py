"""The settings of the translator, and the networks that ship with the app."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.apps.scores import Measure
from rnn_core.apps.settings import CELLS, AppSettings
from rnn_core.apps.translate import own_pairs
from rnn_core.apps.translate.data import OWN, TASKS
from rnn_core.apps.translate.task import TaskData
from rnn_core.apps.translate.tokens import Language
from rnn_core.errors import CoreError
from rnn_core.learn.fields import choice, flag, packed, whole
from rnn_core.learn.settings import Shapes
from rnn_core.learn.shapes import linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

MEASURES = (
    Measure("exactly right", percent=True, decimals=1),
    Measure("wrong symbols for each right one", larger_is_better=False),
    Measure("exactly right beyond what was trained", percent=True, decimals=1),
    Measure("exactly right as people write", percent=True, decimals=1),
)


@dataclass(frozen=True)
class Settings(AppSettings):
    """An encoder reads the source, and a decoder begins with its last state and outputs the target symbol by symbol.

    With attention, each output symbol also depends on all states of the encoder.
    """

    kind: ClassVar[str] = "translate"

    task: str = choice("en-zh", (*TASKS, OWN))
    attention: bool = flag(True)
    letters: bool = flag(True)  # English numbers letter by letter, not word by word
    embedding: int = whole(24, low=2, high=128)
    pairs: int = whole(10_000, low=10, high=50_000)  # for training
    rows: str = packed()  # own_pairs.pack(...): a visitor's pairs, exactly when the task is OWN

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.task == OWN) != bool(self.rows):
            raise CoreError("rows", "pairs" if self.rows else "nothing", f"pairs exactly when the task is {OWN!r}")
        if self.rows:
            own_pairs.unpack(self.rows)

    @property
    def data(self) -> TaskData:
        return TaskData(self.task, self.letters, self.pairs, self.rows)

    @property
    def languages(self) -> tuple[Language, Language]:
        return self.data.languages

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    def problem(self) -> "Problem":
        from rnn_core.apps.translate.network import TranslateProblem

        return TranslateProblem(self)

    def network_shapes(self) -> Shapes:
        source_language, target_language = self.languages
        E, H = self.embedding, self.hidden
        shapes: dict[str, tuple[int, ...]] = {"source.weight": (len(source_language.symbols), E)}
        shapes |= recurrent_shapes("encoder.", self.core_cell, E, H)
        shapes["said.weight"] = (len(target_language.symbols) + 1, E)
        shapes |= recurrent_shapes("decoder.", self.core_cell, E, H)
        if self.attention:
            shapes["ask.weight"] = (H, H)
        shapes |= linear_shapes("combine.", 2 * H if self.attention else H, H)
        return shapes | linear_shapes("readout.", H, len(target_language.symbols) + 1)


# Training steps and pairs: dates come in many more forms, and Chinese numbers have few symbols in which each counts.
_LENGTHS: dict[str, tuple[int, int]] = {"en-zh": (700, 10_000), "zh-en": (2000, 30_000), "dates": (2000, 40_000)}


def standard(task: str = "en-zh", cell: str = "gru", attention: bool = True) -> Settings:
    """Settings that work for a task, in less than a minute on one core."""
    budget, pairs = _LENGTHS[task]
    return Settings(
        cell=cell,
        task=task,
        attention=attention,
        letters=task == "en-zh",
        hidden=48,
        pairs=pairs,
        rate=0.01,
        schedule="cosine",
        clip_norm=1.0,
        batch=64,
        budget=budget,
        check_every=50,
    )


def of_rows(rows: str, cell: str = "gru", attention: bool = True) -> Settings:
    """Settings for a visitor's pairs."""
    return standard("en-zh", cell, attention).changed(
        task=OWN,
        rows=rows,
        hidden=64,
        embedding=32,
        rate=0.005,
        optimiser="adamw",
        weight_decay=0.1,
        budget=1500,
        check_every=50,
    )


SHIPPED: dict[str, Settings] = {f"en-zh-{cell}": standard(cell=cell) for cell in CELLS}
SHIPPED |= {f"{task}-gru": standard(task) for task in TASKS}
SHIPPED |= {f"{task}-gru-plain": standard(task, attention=False) for task in TASKS}
