"""The options of the spoken digits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.apps.scores import Measure
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.speech.features import CEPSTRA
from rnn_core.learn.fields import choice, flag, real, whole
from rnn_core.learn.settings import Shapes
from rnn_core.learn.shapes import linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

# The conditions of the scores. rnn_core/apps/speech/trials.py generates them.
CONDITIONS = VOICES, NOISE, PROGRAM, VOCODER, RECORDED = (
    "right, unheard voices",
    "right, in noise (10 dB)",
    "right, voices of another program",
    "right, through a vocoder",
    "right, a recorded person",
)
WRONG_DIGITS = "wrong digits"  # of a strip: edits for each digit that was spoken
TASKS = ("word", "strip")  # one digit, or several in one breath, which are read with CTC
LANGUAGES = ("both", "english", "mandarin")
POOLINGS = ("last", "mean")


@dataclass(frozen=True)
class Settings(AppSettings):
    kind: ClassVar[str] = "speech"

    task: str = choice("word", TASKS)
    language: str = choice("both", LANGUAGES)
    hidden: int = whole(64, low=4, high=128)
    bidirectional: bool = flag(True)
    pooling: str = choice("mean", POOLINGS)  # of a word: what is read out: the last state, or the mean of all
    varied: bool = flag(True)  # data augmentation at every step: room, noise, throat, tempo

    rate: float = real(0.005, low=0.0, high=1000.0)
    schedule: str = choice("cosine", ("constant", "warm-up", "halving", "cosine"))
    clip_norm: float | None = real(1.0, low=1e-6, high=1e6)
    batch: int = whole(64, low=1, high=256)
    budget: int = whole(1000, low=1, high=1_000_000)

    @property
    def directions(self) -> int:
        return 2 if self.bidirectional else 1

    @property
    def words(self) -> range:
        """The classes of the network, as indices into data.WORDS."""
        return {"both": range(20), "english": range(10), "mandarin": range(10, 20)}[self.language]

    @property
    def blank(self) -> int:
        """The class of a strip's network that outputs no new digit: the last one, after the words."""
        return len(self.words)

    @property
    def classes(self) -> int:
        return len(self.words) + (1 if self.task == "strip" else 0)

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    @property
    def word_network(self) -> str | None:
        """The ready network of one word with the same layer, from which the network of strips starts; None if there is none."""
        word = standard(self.cell).changed(bidirectional=self.bidirectional, hidden=self.hidden, language=self.language)
        return word.shipped_as()

    def problem(self) -> "Problem":
        from rnn_core.apps.speech.network import StripProblem, WordProblem

        return WordProblem(self) if self.task == "word" else StripProblem(self)

    def network_shapes(self) -> Shapes:
        layers = recurrent_shapes("recurrent.", self.core_cell, CEPSTRA, self.hidden, directions=self.directions)
        return layers | linear_shapes("readout.", self.directions * self.hidden, self.classes)


def standard(cell: str, task: str = "word") -> Settings:
    """Settings that work for every cell."""
    words = Settings(cell=cell)
    return words if task == "word" else words.changed(task="strip", batch=16, budget=500)


SHIPPED: dict[str, Settings] = {
    "lstm": standard("lstm"),
    "gru": standard("gru"),
    "rnn": standard("rnn-tanh"),
    "gru-forward": standard("gru").changed(bidirectional=False),
    "strip-gru": standard("gru", "strip"),
}

MEASURES = (
    *(Measure(condition, percent=True, decimals=1) for condition in CONDITIONS),
    Measure(WRONG_DIGITS, larger_is_better=False, percent=True, decimals=1),
)
