"""The settings of the network that finds digits, and the networks that ship."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.apps.digits.pictures import DIGITS
from rnn_core.apps.finding.scenes import SIDE
from rnn_core.apps.scores import Measure
from rnn_core.apps.settings import AppSettings
from rnn_core.learn.fields import flag, whole
from rnn_core.learn.settings import Shapes
from rnn_core.learn.shapes import convolution_shapes, linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

CELL = 4  # pixels along a place
PLACES = SIDE // CELL  # along a side
ALL_PLACES = PLACES * PLACES
WINDOW = 18  # pixels along a glimpse
MARGIN = (WINDOW - CELL) // 2  # of empty paper around the picture, so that a glimpse fits at every place
EYE = (8, 16)  # channels of the glimpse's first two convolutions
FEATURES = 64  # of the third, which is as large as what is left: numbers that describe a glimpse
COARSE = (12, 16)  # channels of the coarse view's two convolutions
POINTING = 48  # units that compare a place with the state
NOTHING = DIGITS  # the class of a glimpse without a digit in its middle
MOST_GLIMPSES = 12
MEASURES = (
    Measure("everything right", percent=True),
    Measure("precision", percent=True),
    Measure("recall", percent=True),
    Measure("windows looked at", larger_is_better=False, decimals=1),
    Measure("everything right with four or five", percent=True),
    Measure("everything right at new places", percent=True),
    Measure("everything right with other pens", percent=True),
)


@dataclass(frozen=True)
class Settings(AppSettings):
    """Glimpses: convolutions read a window, a recurrent cell keeps what was read, and its state points at the next place."""

    kind: ClassVar[str] = "finding"

    hidden: int = whole(64, low=4, high=256)
    memory: bool = flag(True)  # without it the state is zero again before every glimpse

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    def problem(self) -> "Problem":
        from rnn_core.apps.finding.network import FindingProblem

        return FindingProblem(self)

    def network_shapes(self) -> Shapes:
        shapes = convolution_shapes("eye.", 1, EYE[0]) | convolution_shapes("eye2.", *EYE)
        shapes |= convolution_shapes("feature.", EYE[1], FEATURES)
        shapes |= linear_shapes("what.", FEATURES, DIGITS + 1) | linear_shapes("box.", FEATURES, 4)
        shapes |= convolution_shapes("coarse.", 1, COARSE[0]) | convolution_shapes("coarse2.", *COARSE)
        shapes |= {"row.weight": (PLACES, POINTING), "column.weight": (PLACES, POINTING)}
        shapes |= recurrent_shapes("recurrent.", self.core_cell, FEATURES + POINTING, self.hidden)
        shapes |= linear_shapes("at.", COARSE[1], POINTING) | linear_shapes("ask.", self.hidden, POINTING)
        return shapes | linear_shapes("point.", POINTING, 1) | linear_shapes("stop.", self.hidden, 1)


def standard(cell: str = "gru", memory: bool = True) -> Settings:
    return Settings(
        cell=cell,
        memory=memory,
        rate=0.003,
        schedule="cosine",
        clip_norm=1.0,
        batch=24,
        budget=2000,
        check_every=100,
    )


SHIPPED: dict[str, Settings] = {"gru": standard()}
