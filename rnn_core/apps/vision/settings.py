"""The settings of the vision networks: one reads a digit step by step, the other a strip of digits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.apps.digits.pictures import DIGITS, HEIGHT, SIDE, WIDTH
from rnn_core.apps.scores import Measure
from rnn_core.apps.settings import CELLS, AppSettings
from rnn_core.errors import CoreError
from rnn_core.learn.fields import choice, flag, whole
from rnn_core.learn.settings import Shapes
from rnn_core.learn.shapes import convolution_shapes, linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

TASKS = ("digit", "strip")
ORDERS = ("rows", "columns", "pixels", "shuffled")
ASKED = ("every", "last")
BLANK = DIGITS  # CTC's class beside the ten digits: no new label
POOL = 2  # the strip's network halves both sides: it reads WIDTH / POOL frames


@dataclass(frozen=True)
class Settings(AppSettings):
    kind: ClassVar[str] = "vision"

    task: str = choice("digit", TASKS)
    order: str = choice("rows", ORDERS)  # of a digit: the order of the steps
    asked: str = choice("every", ASKED)  # of a digit: the steps whose output counts
    hidden_rows: int = whole(0, low=0, high=SIDE - 1)  # of a digit: this many random rows are blanked
    moved: bool = flag(True)  # training pictures are moved by up to a pixel
    drawn: bool = flag(False)  # of a digit: every second training picture is a drawing by another hand
    channels: int = whole(12, low=2, high=32)  # of a strip: of the first convolution; the second has twice as many
    both_ways: bool = flag(True)  # of a strip: a second layer reads it from right to left

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.task == "strip" and (self.order, self.hidden_rows) != ("rows", 0):
            raise CoreError(
                "order and hidden_rows", "a change", "rows and 0 for a strip, which is read column by column"
            )

    @property
    def step_size(self) -> int:
        """X: the pixels that one step of a digit reads."""
        return SIDE if self.order in ("rows", "columns") else 1

    @property
    def steps(self) -> int:
        """T."""
        return WIDTH // POOL if self.task == "strip" else SIDE * SIDE // self.step_size

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    def problem(self) -> "Problem":
        from rnn_core.apps.vision.network import DigitProblem, StripProblem

        return DigitProblem(self) if self.task == "digit" else StripProblem(self)

    def network_shapes(self) -> Shapes:
        if self.task == "digit":
            reads = recurrent_shapes("recurrent.", self.core_cell, self.step_size, self.hidden)
            return reads | linear_shapes("readout.", self.hidden, DIGITS)
        C, D = self.channels, 2 if self.both_ways else 1
        convolutions = convolution_shapes("first.", 1, C) | convolution_shapes("second.", C, 2 * C)
        frame = 2 * C * HEIGHT // POOL
        reads = recurrent_shapes("recurrent.", self.core_cell, frame, self.hidden, directions=D)
        return convolutions | reads | linear_shapes("readout.", D * self.hidden, DIGITS + 1)


MEASURES = (
    Measure("read without a mistake", percent=True),  # of all pictures: the digit, or the whole strip
    Measure("wrong digits", larger_is_better=False, percent=True),  # edits for each true digit
    Measure("drawn by others, read right", percent=True),
    Measure("drawn by others, calibration error", larger_is_better=False, percent=True),
)


def standard(task: str, cell: str = "gru", order: str = "rows") -> Settings:
    """Settings that train well in about a minute on one core."""
    base = Settings(task=task, cell=cell, order=order, schedule="cosine", clip_norm=1.0)
    if task == "strip":
        return base.changed(hidden=40, rate=0.006, batch=32, budget=1800)
    # The networks of other orders learn from the data alone, so that the orders can be compared.
    return base.changed(hidden=64, rate=0.003 if cell == "rnn-tanh" else 0.005, budget=2500, drawn=order == "rows")


SHIPPED: dict[str, Settings] = {
    **{f"{task}-{cell}": standard(task, cell) for task in TASKS for cell in CELLS},
    **{f"{order}-gru": standard("digit", "gru", order) for order in ("columns", "pixels", "shuffled")},
    "hidden-gru": standard("digit").changed(hidden_rows=2),
}
