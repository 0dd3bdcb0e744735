"""The settings of the network: embedding, one or two recurrent layers, pooling of the states, and one output."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.apps.scores import Measure
from rnn_core.apps.sentiment import own, sentences
from rnn_core.apps.sentiment.classes import outputs_for
from rnn_core.apps.sentiment.data import CORRECT, GENERATED, LONGER, NEW, PAIRS, Data
from rnn_core.apps.sentiment.words import Vocabulary, grammar_vocabulary
from rnn_core.apps.settings import AppSettings
from rnn_core.learn.fields import choice, flag, packed, real, whole
from rnn_core.learn.settings import Shapes
from rnn_core.learn.shapes import linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

GRAMMAR, SENTENCES = "grammar", "sentences"
POOLINGS = ("last", "mean", "max", "attention")
MEASURES = tuple(Measure(name, percent=True) for name in (CORRECT, PAIRS, NEW, LONGER))


@dataclass(frozen=True)
class Settings(AppSettings):
    kind: ClassVar[str] = "sentiment"

    hidden: int = whole(32, low=4, high=128)
    embedding: int = whole(24, low=2, high=64)
    layers: int = whole(1, low=1, high=2)
    bidirectional: bool = flag(False)
    pooling: str = choice("last", POOLINGS)
    forgotten: float = real(0.02, low=0.0, high=0.5)  # share of the words of a batch that are hidden as <unknown>
    dropout: float = real(0.0, low=0.0, high=0.9)  # on the gathered states, and half of it on the words' vectors
    words_too: bool = flag(False)  # the answer is also read from the mean of the words' vectors, past the states
    from_counts: bool = flag(False)  # the first numbers of a word's vector begin with how often it occurs in praise

    rate: float = real(0.005, low=0.0, high=10.0)
    clip_norm: float | None = real(1.0, low=1e-6, high=1e6)
    schedule: str = choice("cosine", ("constant", "warm-up", "halving", "cosine"))
    budget: int = whole(2000, low=1, high=20_000)
    check_every: int = whole(100, low=1, high=10_000)

    source: str = choice(GRAMMAR, (GRAMMAR, SENTENCES))  # of the reviews, where there are no rows
    rows: str = packed()  # own.pack(...): a visitor's reviews, in place of ours

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.rows:
            own.unpack(self.rows)

    @property
    def own_rows(self) -> tuple[own.Row, ...]:
        return own.unpack(self.reviews)

    @property
    def reviews(self) -> str:
        """The packed reviews, of a visitor or real ones; empty where a grammar writes them."""
        return self.rows or (sentences.packed() if self.source == SENTENCES else "")

    @property
    def classes(self) -> int:
        return own.classes(self.reviews) if self.reviews else 2

    @property
    def vocabulary(self) -> Vocabulary:
        return own.vocabulary(self.reviews) if self.reviews else grammar_vocabulary()

    @property
    def data(self) -> Data:
        return own.data(self.reviews) if self.reviews else GENERATED

    @property
    def directions(self) -> int:
        return 2 if self.bidirectional else 1

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    def problem(self) -> "Problem":
        from rnn_core.apps.sentiment.network import Sentiment

        return Sentiment(self)

    def network_shapes(self) -> Shapes:
        V, E, read = len(self.vocabulary.names), self.embedding, self.directions * self.hidden
        shapes: dict[str, tuple[int, ...]] = {"embedding.weight": (V, E)}
        shapes |= recurrent_shapes(
            "layers.", self.core_cell, E, self.hidden, layers=self.layers, directions=self.directions
        )
        if self.pooling == "attention":
            shapes["attention.weight"] = (1, read)
        return shapes | linear_shapes("answer.", read + E * self.words_too, outputs_for(self.classes))


def for_own(rows: str, cell: str = "lstm") -> Settings:
    """Settings for a visitor's reviews: few for so many words, so much is hidden in training, and the counts are a start."""
    return Settings(
        rows=rows,
        cell=cell,
        bidirectional=True,
        pooling="mean",
        hidden=24,
        embedding=24,
        forgotten=0.3,
        dropout=0.5,
        words_too=True,
        from_counts=True,
        optimiser="adamw",
        weight_decay=0.05,
        batch=32,
        rate=0.003,
        budget=200,
        check_every=10,
    )


SHIPPED = {
    "lstm": Settings(cell="lstm"),
    "gru": Settings(cell="gru"),
    "rnn-tanh": Settings(cell="rnn-tanh", rate=0.002, budget=3000),
    "lstm-attention": Settings(cell="lstm", bidirectional=True, pooling="attention", budget=3000),
    "sentences": for_own("").changed(source=SENTENCES, budget=400),
}
