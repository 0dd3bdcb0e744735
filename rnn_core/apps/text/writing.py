"""Text generation: the network predicts probabilities, a symbol is chosen, and the network reads it. A symbol is a character, or a
word piece where the network reads those.

The choice is greedy, random, or a beam search. Temperature, top-k and nucleus sampling change the probabilities before a
random choice; <unknown> is never written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.text.reader import Reader
from rnn_core.apps.text.stream import log_probabilities
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.learn.fields import Options, real, whole

SHOWN = 12  # characters of a distribution


@dataclass(frozen=True)
class Manner(Options):
    temperature: float = real(0.7, low=0.0, high=3.0)  # 0: always the most probable
    top_k: int | None = whole(None, low=1, high=100)
    top_p: float = real(1.0, low=0.01, high=1.0)  # nucleus: the fewest characters with this total probability
    seed: int = whole(0, low=0, high=2**31 - 1)


@dataclass(frozen=True)
class Choice:
    """One written symbol, and its alternatives."""

    character: str  # or word piece
    options: tuple[str, ...]  # the SHOWN most probable ones, and the character itself
    predicted: Array  # their probabilities, predicted by the network
    used: Array  # the probabilities of the random choice: 0 for excluded characters
    forced: bool  # chosen by the visitor

    @property
    def bits(self) -> float:
        """The character's surprisal under the network's prediction."""
        return float(-np.log2(self.predicted[self.options.index(self.character)]))


@dataclass(frozen=True)
class Written:
    beginning: str
    choices: tuple[Choice, ...]

    @property
    def symbols(self) -> tuple[str, ...]:
        return tuple(choice.character for choice in self.choices)

    @property
    def text(self) -> str:
        return "".join(self.symbols)

    @property
    def bits(self) -> float:
        return sum(choice.bits for choice in self.choices)


def reshaped(scores: Array, manner: Manner) -> Array:
    """(V,) the probabilities of the random choice."""
    scores = scores.copy()
    scores[0] = -np.inf
    if manner.temperature == 0.0:
        return np.asarray(np.eye(len(scores))[scores.argmax()])
    p = softmax(scores / manner.temperature)
    order = np.argsort(-p, kind="stable")
    kept = len(p) if manner.top_k is None else manner.top_k
    if manner.top_p < 1.0:
        kept = min(kept, int(np.searchsorted(np.cumsum(p[order]), manner.top_p)) + 1)
    p[order[kept:]] = 0.0
    return np.asarray(p / p.sum())


def write(
    reader: Reader, beginning: str, length: int, manner: Manner, forced: Mapping[int, str] | None = None
) -> Written:
    """Continue for `length` symbols. `forced` may give the symbol of a place.

    The random number of a place does not depend on the symbols before it, so a forced symbol does not change it.
    """
    luck = np.random.default_rng(manner.seed).random(length)
    states, scores = reader.begin(beginning)
    choices = []
    for place in range(length):
        used = reshaped(scores, manner)
        wish = (forced or {}).get(place)
        by_hand = wish is not None and wish in reader.corpus.symbols[1:]
        symbol = reader.corpus.symbols.index(wish) if by_hand and wish else _drawn(used, luck[place])
        choices.append(_choice(reader, scores, used, symbol, by_hand))
        states, rows = reader.stream.step(states, np.array([symbol]))
        scores = rows[0]
    return Written(beginning, tuple(choices))


def beam(reader: Reader, beginning: str, length: int, width: int) -> Written:
    """The most probable continuation that a beam search with `width` beams finds."""
    states, scores = reader.begin(beginning)
    all_scores = scores[None]  # (B, V)
    so_far, written = np.zeros(1), [list[Choice]()]
    for _ in range(length):
        chances = log_probabilities(all_scores)
        chances[:, 0] = -np.inf
        total = (so_far[:, None] + chances).ravel()
        best = np.argsort(-total, kind="stable")[: min(width, total.size - len(so_far))]
        rows, symbols = np.divmod(best, reader.corpus.size)
        as_said = Manner(temperature=1.0)
        written = [
            [*written[row], _choice(reader, all_scores[row], reshaped(all_scores[row], as_said), int(symbol), False)]
            for row, symbol in zip(rows, symbols, strict=True)
        ]
        so_far = total[best]
        states, all_scores = reader.stream.step(states.rows(rows), symbols)
    return Written(beginning, tuple(written[0]))


def _drawn(used: Array, luck: float) -> int:
    """The symbol at which the probabilities, added up from the most probable one on, pass the random number."""
    order = np.argsort(-used, kind="stable")
    place = int(np.searchsorted(np.cumsum(used[order]), luck, side="right"))
    return int(order[min(place, int((used > 0).sum()) - 1)])


def _choice(reader: Reader, scores: Array, used: Array, symbol: int, forced: bool) -> Choice:
    predicted = softmax(scores)
    shown = np.argsort(-predicted, kind="stable")[:SHOWN]
    if symbol not in shown:
        shown = np.append(shown, symbol)
    options = tuple(reader.corpus.symbols[place] for place in shown)
    return Choice(reader.corpus.symbols[symbol], options, predicted[shown], used[shown], forced)
