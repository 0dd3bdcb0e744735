"""Short sequences that a network has not been trained on, for a look into it, and the network that reads them.

Each sequence is read from the same first state. One part of them decides, another measures. What they are is written beside every
application, in its `inside.py`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis.inside import labels as rules
from rnn_core.analysis.inside.answers import Head
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.steps import Floats, Stepper
from rnn_core.arrays import Array, Mask
from rnn_core.blocks.readout import Output, ReadoutParams, softmax
from rnn_core.cells import Params
from rnn_core.cells.activations import sigma
from rnn_core.errors import CoreError, check_numbers
from rnn_core.passes.layers import StackParams

MOST = 160  # sequences of each part
NAMED_SYMBOLS = 8  # the most frequent symbols have a label each
SYMBOL, CATEGORY, WORD, INPUT = "symbol: ", "category: ", "word: ", "input: "  # before the name in a label
DIGIT, MOTION, QUESTION, SHAPE = "digit: ", "motion: ", "question: ", "in the picture: "
HIGH = "high input: "
LATE = "late in the sequence"
UNKNOWN_SIGNS = ("<unk>", "<unknown>", "[UNK]", "\N{REPLACEMENT CHARACTER}")
LEVELS = "▁▂▃▄▅"  # the colour behind the highest is still seen
SHADES = "·-+*#"  # of a pixel
LATE_STEP = 8


@dataclass(frozen=True)
class Passage:
    """N sequences, one after the other; T steps in all."""

    tokens: tuple[str, ...]  # (T,) the text of each step
    inputs: NDArray[Any]  # (T,) symbols, or (T, X) numbers
    ends: NDArray[np.int64]  # (N,) the step after the last one of each sequence
    first: int  # steps of the part that decides
    between: str  # between two tokens
    labels: Mapping[str, Mask]  # (T,)
    titles: tuple[str, ...] = ()  # (N,) what a sequence is about, where its tokens do not say it
    chinese: Mapping[str, str] = field(default_factory=dict)  # of the tokens that have a Chinese name

    @property
    def starts(self) -> NDArray[np.int64]:
        """(N,) the first step of each sequence."""
        return np.concatenate([np.zeros(1, np.int64), self.ends[:-1]])

    def sequence_of(self, step: int) -> int:
        return int(np.searchsorted(self.ends, step, side="right"))


@dataclass(frozen=True, eq=False)
class Answers:
    """What a network answers after a sequence."""

    names: tuple[str, ...]  # (A,)
    output: Output
    heads: tuple[Head, ...]  # one for each sequence, or one for all
    right: tuple[int, ...] = ()  # (N,) the right answer at the end of each sequence; () where the data have none

    def head(self, sequence: int) -> Head:
        return self.heads[sequence] if len(self.heads) > 1 else self.heads[0]

    def shares(self, scores: Array) -> Array:
        """(..., A) the probability of each answer; a single score is that of the second of two answers. Numbers as they are."""
        match self.output:
            case "softmax":
                return softmax(scores)
            case "sigmoid":
                return np.concatenate([1.0 - sigma(scores), sigma(scores)], axis=-1)
            case _:
                return scores


@dataclass(frozen=True, eq=False)
class Opened:
    """A network with the sequences that it reads."""

    network: Network
    passage: Passage
    answers: Answers | None = None  # None: its states go on to another part of the network
    starts: Array | None = None  # (N, L, H) h before the first step of each sequence; None: zero

    def h_0(self, sequence: int) -> Array | None:
        return None if self.starts is None else self.starts[sequence]


def reading_forward(stack: StackParams) -> StackParams:
    """The layers that read forward. Above a layer that reads in both directions no state is of the past alone."""
    if stack.backward and len(stack.forward) > 1:
        raise CoreError(
            "network",
            "several layers that read in both directions",
            "one such layer, or layers that read forward",
        )
    return StackParams(stack.forward)


def handing_on(layers: tuple[Params, ...]) -> ReadoutParams:
    """Of a network without a linear readout: it hands the last layer's state on as it is."""
    H = layers[-1].hidden_size
    return ReadoutParams(np.eye(H), np.zeros(H), "identity")


def each(rows: Iterable[Any], holds: Any) -> list[bool]:
    """Of every step of every sequence: a test of the sequence and the place in it."""
    return [bool(holds(row, at)) for row in rows for at in range(len(row))]


def late(rows: Iterable[Any]) -> dict[str, list[bool]]:
    return {LATE: each(rows, lambda _row, at: at >= LATE_STEP)}


def along(values: Iterable[Any], rows: Iterable[Any]) -> list[Any]:
    """A value of each sequence, at every step of it."""
    return [value for value, row in zip(values, rows, strict=True) for _step in row]


def symbols(rows: Sequence[Sequence[str]]) -> dict[str, list[bool]]:
    frequent = Counter(chain(*rows)).most_common(NAMED_SYMBOLS)
    return {f"{SYMBOL}{name}": each(rows, lambda row, at, name=name: row[at] == name) for name, _count in frequent}


def levels(values: Array, signs: str = LEVELS) -> NDArray[np.str_]:
    """A sign for each value: the later ones are for larger values."""
    low, high = np.quantile(values, (0.02, 0.98))
    steps = np.clip((values - low) / max(1e-12, high - low) * len(signs), 0, len(signs) - 1)
    return np.asarray(np.array(list(signs))[steps.astype(int)])


def make_passage(
    parts: Sequence[Sequence[Sequence[str]]],
    inputs: NDArray[Any],
    between: str,
    known: Mapping[str, Sequence[bool] | Mask],
    titles: Sequence[str] = (),
    chinese: Mapping[str, str] | None = None,
) -> Passage:
    """The labels are those that hold often enough, and not nearly always, in both parts."""
    lengths = [[len(row) for row in part] for part in parts]
    first = sum(lengths[0])
    marks: dict[str, Mask] = {name: np.array(own, np.bool_) for name, own in known.items()}
    measurable = {name: own for name, own in marks.items() if all(map(rules.is_measurable, (own[:first], own[first:])))}
    tokens = tuple(chain(*chain(*parts)))
    ends = np.cumsum(list(chain(*lengths)))
    return Passage(tokens, inputs, ends, first, between, measurable, tuple(titles), chinese or {})


def own_passage(text: str, vocabulary: Sequence[str]) -> Passage:
    """The lines of a visitor's text: the first half of them decides. They are cut at spaces where the vocabulary has words, and a
    token that is not in it is read as its sign for unknown ones, or as symbol 0."""
    known = {symbol: number for number, symbol in enumerate(vocabulary)}
    words = any(len(symbol) > 1 and not symbol.startswith(("<", "[")) for symbol in vocabulary)
    unknown = next((known[sign] for sign in UNKNOWN_SIGNS if sign in known), 0)
    every = [line.split() if words else list(line) for line in text.splitlines() if line.strip()]
    if len(every) < 2:
        raise CoreError(
            "text", f"{len(every)} lines", "two or more: the first half of them decides, the other measures"
        )
    ids = np.array([known.get(token, unknown) for row in every for token in row], np.int64)
    marks = (
        symbols(every)
        | late(every)
        | {
            "not in the vocabulary": each(every, lambda row, at: row[at] not in known),
        }
    )
    half = len(every) // 2
    return _measurable(make_passage([every[:half], every[half:]], ids, " " if words else "", marks))


def own_rows(text: str, columns: int) -> Passage:
    """A visitor's numbers: a line for each step, with a number for each input; an empty line ends a sequence. The first half of the
    sequences decides."""
    sequences = [
        [line.split() for line in part.splitlines() if line.strip()] for part in re.split(r"\n\s*\n", text.strip())
    ]
    every = [rows for rows in sequences if rows]
    if len(every) < 2:
        raise CoreError("numbers", f"{len(every)} sequences", "two or more, with an empty line between them")
    try:
        values = np.array(list(chain(*every)), np.float64)
    except ValueError:
        values = np.empty(0)
    if values.ndim != 2 or values.shape[1] != columns or not np.isfinite(values).all():
        raise CoreError("numbers", "other lines", f"{columns} finite numbers in every line")
    cuts = np.cumsum([len(rows) for rows in every])[:-1]
    rows = [list(row) for row in np.split(levels(values[:, 0]), cuts)]
    known: dict[str, Sequence[bool] | Mask] = {
        f"{HIGH}{column + 1}": values[:, column] > np.median(values[:, column])
        for column in range(min(columns, NAMED_SYMBOLS))
    }
    half = len(rows) // 2
    return _measurable(make_passage([rows[:half], rows[half:]], values, "", known | late(rows)))


def _measurable(read: Passage) -> Passage:
    if not read.labels:
        raise CoreError("text", "sequences in which no label holds often enough", "more or longer sequences")
    return read


def matched(read: Passage, pattern: str) -> Mask:
    """(T,) where the pattern matches in the lines of the sequences, in their own words or in their Chinese names."""
    found = np.zeros(len(read.tokens), np.bool_)
    names = [{}, read.chinese] if read.chinese else [{}]
    for each in names:
        pieces = [each.get(token, token) + read.between for token in read.tokens]
        for at in read.ends - 1:
            pieces[at] = pieces[at].removesuffix(read.between) + "\n"
        marks = rules.label(rules.OWN, "".join(pieces), pattern)
        steps = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
        found[steps[marks]] = True
    return found


def values_of(network: Network, opened: Opened, value: str) -> NDArray[np.float32]:
    """(H, T) of the last layer, each sequence from its first state."""
    read = opened.passage
    check_numbers("text: its steps times the units", len(read.tokens) * network.hidden_size)
    found = np.empty((network.hidden_size, len(read.tokens)), np.float32)
    for steps, rows in _side_by_side(network, opened, value):
        found[:, steps] = rows.T
    return found


def _side_by_side(network: Network, opened: Opened, value: str) -> Iterator[tuple[NDArray[np.int64], Floats]]:
    """All sequences step by step: which steps of the passage they are, and the value of each unit there (B, H)."""
    read = opened.passage
    starts, lengths = read.starts, read.ends - read.starts
    stepper, last = Stepper(network), len(network.layers) - 1
    states, row = stepper.start(len(starts)), np.empty((0, 0))
    if opened.starts is not None:
        states = replace(states, hs=tuple(opened.starts.swapaxes(0, 1)))

    def see(layer: int, name: str, values: Floats) -> None:
        nonlocal row
        if layer == last and name == value:
            row = values

    for t in range(int(lengths.max())):
        goes_on = lengths > t
        starts, lengths, states = starts[goes_on], lengths[goes_on], states.rows(np.flatnonzero(goes_on))
        states = stepper.step(states, read.inputs[starts + t], see)
        yield starts + t, row
