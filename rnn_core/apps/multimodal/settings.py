"""A network that reads a picture and a question, and the place of their fusion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.apps.digits.pictures import DIGITS
from rnn_core.apps.multimodal.questions import vocabulary
from rnn_core.apps.scores import Measure
from rnn_core.apps.settings import CELLS, AppSettings
from rnn_core.learn.fields import choice, flag, whole
from rnn_core.learn.settings import Shapes
from rnn_core.learn.shapes import convolution_shapes, linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

FUSIONS = ("early", "late", "gated")
INPUTS = ("both", "question", "picture")
CHANNELS = (8, 16)  # of the two convolutions
PIXELS_LEFT = 4 * CHANNELS[1]  # after two poolings: 2 x 2 places
EMBEDDING = 16  # numbers for a word
JOINT = 48  # units of the joint layer


@dataclass(frozen=True)
class Settings(AppSettings):
    kind: ClassVar[str] = "multimodal"

    fusion: str = choice("gated", FUSIONS)
    inputs: str = choice(
        "both", INPUTS
    )  # the network's inputs; the other one is always the mean picture or no question
    sight: int = whole(32, low=4, high=128)  # numbers for the picture
    named: bool = flag(True)  # the picture part is also asked which digit it sees

    @property
    def fused(self) -> int:
        """The size of the joint layer's input."""
        return {"early": self.hidden, "late": self.hidden + self.sight, "gated": self.hidden}[self.fusion]

    @property
    def word_size(self) -> int:
        """X: the size of the recurrent layer's input."""
        return EMBEDDING + (self.sight if self.fusion == "early" else 0)

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    def problem(self) -> "Problem":
        from rnn_core.apps.multimodal.network import MultimodalProblem

        return MultimodalProblem(self)

    def network_shapes(self) -> Shapes:
        first, second = CHANNELS
        shapes = convolution_shapes("first.", 1, first) | convolution_shapes("second.", first, second)
        shapes |= linear_shapes("sight.", PIXELS_LEFT, self.sight)
        shapes |= {"embedding.weight": (len(vocabulary()), EMBEDDING)}
        shapes |= recurrent_shapes("recurrent.", self.core_cell, self.word_size, self.hidden)
        if self.fusion == "gated":
            shapes |= linear_shapes("gate.", self.hidden + self.sight, self.hidden)
            shapes |= linear_shapes("picture.", self.sight, self.hidden)
        shapes |= linear_shapes("joint.", self.fused, JOINT) | linear_shapes("answer.", JOINT, 1)
        return shapes | (linear_shapes("name.", self.sight, DIGITS) if self.named else {})


MEASURES = (
    Measure("right answers", percent=True),  # over the three kinds of test together
    Measure("known wordings", percent=True),  # of them: about new pictures
    Measure("new wordings", percent=True),
    Measure("new pairs of question and digit", percent=True),
)


def standard(fusion: str = "gated", cell: str = "gru", inputs: str = "both") -> Settings:
    """Settings that train well in half a minute on one core."""
    return Settings(
        cell=cell,
        fusion=fusion,
        inputs=inputs,
        hidden=48,
        rate=0.005,
        batch=64,
        budget=2000,
        schedule="cosine",
        clip_norm=1.0,
    )


SHIPPED: dict[str, Settings] = {
    **{f"gated-{cell}": standard("gated", cell) for cell in CELLS},
    "early-gru": standard("early"),
    "late-gru": standard("late"),
    "question-gru": standard(inputs="question"),
    "picture-gru": standard(inputs="picture"),
}
