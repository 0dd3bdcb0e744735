"""The settings of a character model: the text, the network, and its training."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.apps.scores import Measure
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.text.data import Corpus, Parts, corpus, parts
from rnn_core.apps.text.pieces import MOST_MERGES
from rnn_core.errors import CoreError
from rnn_core.learn.fields import choice, flag, packed, real, whole
from rnn_core.learn.settings import SCHEDULES, Shapes
from rnn_core.learn.shapes import linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

TEXTS = ("english", "chinese", "python", "own")
MOST_OWN_STEPS = 6_000
OPERATIONS_PER_SECOND = 5e10  # of one core in training, measured: 4e10 with thousands of symbols, 6e10 with few
OPERATIONS = 6  # for each parameter and symbol: two forward, four backward

MEASURES = (Measure("bits per character", larger_is_better=False), Measure("next character guessed", percent=True))


@dataclass(frozen=True)
class Settings(AppSettings):
    kind: ClassVar[str] = "text"

    text: str = choice("english", TEXTS)
    own: str = packed()  # own.pack(...); only with text="own"
    merges: int = whole(0, low=0, high=MOST_MERGES)  # of word pieces; 0: the network reads characters
    hidden: int = whole(128, low=4, high=256)
    layers: int = whole(1, low=1, high=2)
    embedding: int | None = whole(None, low=1, high=256)  # unset: one hot
    tied: bool = flag(False)  # the embedding's rows are the weights of the readout too
    counted: bool = flag(False)  # the embedding and the readout's bias begin with counts of the text
    dropout: float = real(0.0, low=0.0, high=0.9)  # on the embedding, and on the output of every layer
    steps: int = whole(64, low=8, high=200)  # of truncated back-propagation; the states pass from chunk to chunk

    batch: int = whole(16, low=1, high=128)  # pieces of the text that are read in parallel
    rate: float = real(0.01, low=0.0, high=1000.0)
    schedule: str = choice("cosine", SCHEDULES)
    clip_norm: float | None = real(1.0, low=1e-6, high=1e6)
    budget: int = whole(4000, low=1, high=1_000_000)
    check_every: int = whole(200, low=1, high=10_000)

    def __post_init__(self) -> None:
        super().__post_init__()
        if bool(self.own) != (self.text == "own"):
            raise CoreError(
                "own", f"{len(self.own)} characters", "a text where the text is your own, and none elsewhere"
            )
        if self.tied and self.embedding != self.hidden:
            raise CoreError("tied", True, "an embedding of the hidden size")
        if self.counted and self.embedding is None:
            raise CoreError("counted", True, "an embedding, which begins with the counts")
        self.check_size(self.steps, "use a smaller hidden size, or an embedding")

    @property
    def corpus(self) -> Corpus:
        return corpus(self.text, self.own, self.merges)

    @property
    def parts(self) -> Parts:
        return parts(self.text, self.own)

    @property
    def input_size(self) -> int:
        """X, the width of the first layer's input."""
        return self.embedding or self.corpus.size

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    @property
    def seconds(self) -> float:
        """A rough estimate of the whole training on one free core."""
        return OPERATIONS * self.parameters * self.batch * self.steps * self.budget / OPERATIONS_PER_SECOND

    def problem(self) -> "Problem":
        from rnn_core.apps.text.network import TextProblem

        return TextProblem(self)

    def network_shapes(self) -> Shapes:
        V = self.corpus.size
        shapes: dict[str, tuple[int, ...]] = {} if self.embedding is None else {"embedding.weight": (V, self.embedding)}
        shapes |= recurrent_shapes("layers.", self.core_cell, self.input_size, self.hidden, layers=self.layers)
        readout = linear_shapes("readout.", self.hidden, V)
        return shapes | ({"readout.bias": (V,)} if self.tied else readout)

    def carry_shapes(self) -> Shapes:
        """The states at the end of a chunk, where the next chunk begins."""
        state = (self.layers, self.batch, self.hidden)
        return {"h": state, "c": state} if self.cell == "lstm" else {"h": state}


def standard(text: str, cell: str = "lstm", merges: int = 0) -> Settings:
    """Settings that work for a text. A network overfits the few poems soon, so theirs is small and its budget short."""
    if merges:
        return _with_pieces(standard(text, cell), merges)
    base = Settings(cell=cell, rate={"lstm": 0.01, "gru": 0.005, "rnn-tanh": 0.002}[cell])
    match text:
        case "chinese":
            return base.changed(text=text, hidden=64, embedding=32, rate=base.rate / 2, budget=900, check_every=50)
        case "python":
            return base.changed(text=text, budget=1500, check_every=100)
        case _:
            return base


def _with_pieces(settings: Settings, merges: int) -> Settings:
    """A text has fewer pieces than characters, and each is seen less often: more of them in a step, fewer steps, and dropout."""
    few = settings.text == "chinese"
    return settings.changed(
        merges=merges,
        embedding=32 if few else 64,
        counted=True,
        dropout=0.2 if few else 0.1,
        batch=settings.batch if few else 32,
        budget=min(settings.budget, 400 if few else 1_000),
        check_every=25 if few else 50,
    )


MERGES = {"english": 500, "chinese": 200, "python": 500, "own": 500}  # of word pieces, at first
MANY_SYMBOLS = 300  # more are no alphabet: Chinese, Japanese
SMALL_TEXT, LARGE_TEXT = 50_000, 200_000  # characters of the training part
MOST_STEPS_IN_PIECES = 1_000
READINGS = 16  # of the training part, at most: later ones learn little more


def for_own(packed: str, cell: str = "lstm", merges: int = 0) -> Settings:
    """Settings for a visitor's text: the larger it is, the larger the network, and the smaller the share that dropout hides.

    With thousands of symbols most of the work is the readout. Tied to the embedding, it learns a rare symbol from both; and
    as each symbol is seen seldom, the first weights from counts save most of the first reading, and the rate is higher.
    """
    text = Settings(text="own", own=packed, embedding=8).corpus
    characters, is_alphabet = len(text.training), text.size <= MANY_SYMBOLS
    if characters < SMALL_TEXT:
        hidden, dropout, batch = 96, 0.3, 16
    elif characters < LARGE_TEXT:
        hidden, dropout, batch = 128, 0.25 if is_alphabet else 0.3, 32
    else:
        hidden, dropout, batch = (192, 0.05, 32) if is_alphabet else (128, 0.2, 32)
    symbols = len(corpus("own", packed, merges).training)
    most = MOST_STEPS_IN_PIECES if merges else 2_000 if is_alphabet else 1_500
    budget = max(200, min(most, READINGS * symbols // (batch * 64)))
    rate = 0.01 if is_alphabet else 0.015
    return Settings(
        text="own",
        own=packed,
        merges=merges,
        cell=cell,
        hidden=hidden,
        embedding=64 if is_alphabet else hidden,
        tied=not is_alphabet,
        counted=True,
        dropout=dropout,
        batch=batch,
        rate=rate * {"lstm": 1.0, "gru": 0.8, "rnn-tanh": 0.2}[cell],
        budget=budget,
        check_every=max(10, budget // 25),
    )


SHIPPED: dict[str, Settings] = {
    "english-lstm": standard("english", "lstm"),
    "english-pieces": standard("english", "lstm", MERGES["english"]),
    "english-gru": standard("english", "gru"),
    "english-rnn-tanh": standard("english", "rnn-tanh"),
    "chinese-lstm": standard("chinese", "lstm"),
    "python-gru": standard("python", "gru"),
}
