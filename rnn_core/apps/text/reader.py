"""The trained network in NumPy: a fast pass for writing and scores, and a full trace for the inspection of a text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.kept import cached_with_state
from rnn_core.apps.scores import Scores
from rnn_core.apps.tensors import network_tensors, recurrent, settings_of
from rnn_core.apps.text.baselines import bits
from rnn_core.apps.text.data import Symbols
from rnn_core.apps.text.settings import Settings
from rnn_core.apps.text.stream import States, Stream, log_probabilities
from rnn_core.arrays import Array
from rnn_core.blocks.readout import ReadoutParams, ReadoutTrace, cross_entropy, read_out, read_out_backward
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackGradients, StackTrace, bptt_stack, run_stack

PIECES = 16  # of the test part, read in parallel: each except the first begins with the zero state
LONGEST_INSPECTION = 400  # symbols of a text that can be inspected


@dataclass(frozen=True)
class Inspection:
    """The network's run over a text. At step t it has read symbol t, and predicts symbol t+1."""

    text: Sequence[str]  # (T+1,) characters or word pieces
    trace: StackTrace  # of the first T
    answer: ReadoutTrace  # (T, V)
    surprise: Array  # (T,) surprisal of the next character, in bits


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        self.corpus = self.settings.corpus
        self.tensors = network_tensors(state)
        self.stream = Stream(self.tensors, self.settings.core_cell, self.settings.layers)

    def encode(self, text: str) -> Symbols:
        """The symbols of an initial text. If it is empty, the network begins after the end of a line, or its substitute."""
        symbols = self.corpus.encode(text or "\n")
        return symbols if text or symbols[0] else np.array([np.bincount(self.corpus.training).argmax()])

    def begin(self, text: str) -> tuple[States, Array]:
        """The states after the text, and the scores (V,) of the next character."""
        states, scores = self.stream.read(self.encode(text)[None])
        return states, scores[-1, 0]

    def inspect(self, text: str | Sequence[str]) -> Inspection:
        """Read a text, or its symbols, at least two and at most LONGEST_INSPECTION + 1, with every prediction."""
        read = self.corpus.cut(text)[: LONGEST_INSPECTION + 1]
        symbols = self.corpus.encode(read)
        xs, trace = self._run(symbols[:-1])
        answer = read_out(ReadoutParams(self.stream.W_hy.T, self.stream.b_y, "softmax"), trace.ys)
        surprise = -np.log2(answer.ys[np.arange(len(xs)), symbols[1:]])
        return Inspection(read, trace, answer, surprise)

    def states(self, beginning: str, text: str | Sequence[str]) -> Array:
        """(T, H) the last layer's state after each symbol of the text, which follows the beginning."""
        symbols = self.corpus.encode(text)
        _xs, trace = self._run(np.concatenate([self.encode(beginning), symbols]))
        return np.asarray(trace.ys[len(trace.ys) - len(symbols) :])

    def _run(self, symbols: Symbols) -> tuple[Array, StackTrace]:
        embedding = self.tensors.get("embedding.weight")
        xs = np.eye(self.corpus.size)[symbols] if embedding is None else embedding[symbols]
        return xs, run_stack(recurrent(self.tensors, "layers.", self.settings), xs)

    def gradients(self, inspection: Inspection, at: int) -> StackGradients:
        """The gradients of the surprisal of symbol at+1, in nats."""
        T, symbols = len(inspection.answer.ys), self.corpus.encode(inspection.text)
        loss = cross_entropy(inspection.answer, symbols[1:], at=[min(at, T - 1)])
        return bptt_stack(inspection.trace, read_out_backward(inspection.answer, loss.dscores).dhs)


@cached_with_state
def test_scores(state: RunState) -> tuple[float, float]:
    """Bits per character, also where the symbols are word pieces, and the share of symbols that were the most probable ones."""
    reader = Reader(state)
    test = reader.corpus.test
    pieces = max(1, min(PIECES, len(test) // 500))
    length = (len(test) - 1) // pieces
    states, cost, right = reader.stream.start(pieces), 0.0, 0
    reads = test[: pieces * length].reshape(pieces, length)
    wanted = test[1 : pieces * length + 1].reshape(pieces, length)
    for t in range(length):
        states, scores = reader.stream.step(states, reads[:, t])
        chances = log_probabilities(scores)
        cost += bits(np.exp(chances[np.arange(pieces), wanted[:, t]])) * pieces
        right += int((chances.argmax(axis=1) == wanted[:, t]).sum())
    return cost / float(reader.corpus.lengths[wanted].sum()), right / wanted.size


def scores(state: RunState) -> Scores:
    """A network that predicts pieces is not asked for the next character."""
    cost, right = test_scores(state)
    guessed = {} if settings_of(state, Settings).merges else {"next character guessed": right}
    return {"bits per character": cost, **guessed}
