"""The settings of the network that watches strips, and the networks that ship."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.apps.scores import Measure
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.watch.motion import KINDS, SIDE
from rnn_core.learn.fields import choice, whole
from rnn_core.learn.settings import Shapes
from rnn_core.learn.shapes import linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

ORDERS = ("filmed", "shuffled")
TRAINED_ON = ("own", "true")
PIXELS = SIDE * SIDE
EMBEDDING = 64  # numbers for a frame
BETWEEN = 64  # units between the state and the next frame
MEASURES = (
    Measure("kind of motion", percent=True),
    Measure("kind of motion, frames shuffled", percent=True),
    Measure("next frame: pixels off", larger_is_better=False, decimals=2),
    Measure("six frames ahead: pixels off", larger_is_better=False, decimals=2),
)


@dataclass(frozen=True)
class Settings(AppSettings):
    """A recurrent layer reads one frame per time step; its state gives the kind of motion and the next frame."""

    kind: ClassVar[str] = "watch"

    hidden: int = whole(64, low=4, high=256)
    order: str = choice("filmed", ORDERS)  # of the frames in training
    later_frames: str = choice("own", TRAINED_ON)  # what training reads in the later part of a strip

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    def problem(self) -> "Problem":
        from rnn_core.apps.watch.network import WatchProblem

        return WatchProblem(self)

    def network_shapes(self) -> Shapes:
        shapes = linear_shapes("frame.", PIXELS, EMBEDDING)
        shapes |= recurrent_shapes("recurrent.", self.core_cell, EMBEDDING, self.hidden)
        shapes |= linear_shapes("motion.", self.hidden, len(KINDS))
        return shapes | linear_shapes("between.", self.hidden, BETWEEN) | linear_shapes("next.", BETWEEN, PIXELS)


def standard(cell: str = "gru", order: str = "filmed", later_frames: str = "own") -> Settings:
    return Settings(
        cell=cell,
        order=order,
        later_frames=later_frames,
        rate=0.004,
        schedule="cosine",
        clip_norm=1.0,
        batch=64,
        budget=5000,
        check_every=100,
    )


SHIPPED: dict[str, Settings] = {
    "gru": standard(),
    "gru-true": standard(later_frames="true"),
    "gru-shuffled": standard(order="shuffled"),
}
