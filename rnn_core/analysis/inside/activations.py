"""One value of every unit of a layer over a long text or series, in one pass.

The text is cut into pieces that are read side by side. A piece begins with the state that the piece before ended with, as far
as it is known: the first round reads `OVERLAP` steps ahead of each piece from the zero state, and where a seam still shows, further
rounds begin with the states that the round before found. After as many rounds as there are pieces the result is that of a single
run; it is reached long before, because networks forget, and `seam` says how far from it the seams still are.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.steps import Floats, States, Stepper
from rnn_core.errors import CoreError, check_integer, check_numbers, check_option

OVERLAP = 200  # steps
PIECES = 64
SHORTEST_PIECE = 400  # steps: shorter texts are read in fewer pieces
ROUNDS = 3
CLOSE = 1e-3  # states this close at every seam need no further round


@dataclass(frozen=True)
class Activations:
    name: str  # "h", "c" or a gate
    layer: int
    values: NDArray[np.float32]  # (H, T) after each step; a unit's values lie together
    surprise: (
        NDArray[np.float32] | None
    )  # (T,) bits of symbol t after the symbols before it; NaN at 0; None without symbols
    seam: float  # the largest difference of a state at a seam of two pieces; 0 for a single piece


def activations(
    network: Network, sequence: ArrayLike, name: str = "h", layer: int = -1, *, pieces: int | None = None
) -> Activations:
    """The value `name` of every unit of one layer, after each step of the sequence."""
    checked = network.check_sequence(sequence)
    check_option("name", name, network.values)
    layer = check_integer("layer", layer, -len(network.layers), len(network.layers) - 1) % len(network.layers)
    T = len(checked)
    check_numbers("sequence: its steps times the units", T * network.hidden_size)
    if pieces is None:
        pieces = min(PIECES, max(1, T // SHORTEST_PIECE))
    pieces = check_integer("pieces", pieces, 1, max(1, T // 2))
    length = -(-T // pieces)
    reader = _Reader(network, checked, name, layer, pieces, length)
    starts = reader.warm_up()
    ends = reader.read(starts)
    rounds, seam = 1, _difference(starts, ends)
    while seam > CLOSE and rounds < ROUNDS:
        starts = _moved_on(ends)
        ends = reader.read(starts)
        rounds, seam = rounds + 1, _difference(starts, ends)
    if not np.isfinite(reader.values).all():
        raise CoreError("network", "states that overflow on this sequence", "finite states at every step")
    return Activations(name, layer, reader.values[:, :T], reader.surprise(), seam)


class _Reader:
    def __init__(
        self, network: Network, sequence: NDArray[Any], name: str, layer: int, pieces: int, length: int
    ) -> None:
        self.stepper = Stepper(network, np.float32)
        self.sequence, self.name, self.layer, self.length, self.pieces = sequence, name, layer, length, pieces
        padding = np.zeros((pieces * length - len(sequence), *sequence.shape[1:]), sequence.dtype)
        padded = np.concatenate([sequence, padding])
        self.steps = np.ascontiguousarray(padded.reshape(pieces, length, *sequence.shape[1:]).swapaxes(0, 1))
        self.values = np.empty((network.hidden_size, pieces * length), np.float32)
        predicts = bool(network.symbols) and network.outputs == len(network.symbols)
        self.bits = np.empty((pieces, length), np.float32) if predicts else None

    def warm_up(self) -> States:
        """The states before each piece, from the zero state `OVERLAP` steps earlier."""
        states = self.stepper.start(self.pieces)
        if self.pieces > 1:
            before = np.roll(self.steps[-min(OVERLAP, self.length) :], 1, axis=1)
            for inputs in before:
                states = self.stepper.step(states, inputs)
        return _from_zero(states)

    def read(self, states: States) -> States:
        kept = np.empty((self.values.shape[0], self.pieces, self.length), np.float32)

        def see(layer: int, name: str, values: Floats) -> None:
            if layer == self.layer and name == self.name:
                self._row = values

        following = np.roll(self.steps[0], -1, axis=0)
        for t, inputs in enumerate(self.steps):
            states = self.stepper.step(states, inputs, see)
            kept[:, :, t] = self._row.T
            if self.bits is not None:
                self.bits[:, t] = _bits(
                    self.stepper.scores(states), self.steps[t + 1] if t + 1 < self.length else following
                )
        self.values = kept.reshape(len(kept), -1)
        return states

    def surprise(self) -> NDArray[np.float32] | None:
        if self.bits is None:
            return None
        return np.concatenate([np.full(1, np.nan, np.float32), self.bits.ravel()[: len(self.sequence) - 1]])


def _bits(scores: Floats, targets: NDArray[np.int64]) -> Floats:
    """-log2 of the probability of each target."""
    below = scores - scores.max(axis=1, keepdims=True)
    logs = np.log(np.exp(below).sum(axis=1)) - below[np.arange(len(targets)), targets]
    return np.asarray(logs / np.log(2.0))


def _from_zero(states: States) -> States:
    """The first piece begins at the beginning of the text, with the zero state."""
    for each in (*states.hs, *states.cs):
        each[0] = 0.0
    return states


def _moved_on(ends: States) -> States:
    """The state after each piece as the state before the next."""
    return _from_zero(
        States(tuple(np.roll(h, 1, axis=0) for h in ends.hs), tuple(np.roll(c, 1, axis=0) for c in ends.cs))
    )


def _difference(starts: States, ends: States) -> float:
    """The largest difference between the state that a piece began with, and the one that the piece before ended with."""
    pairs = zip((*starts.hs, *starts.cs), (*ends.hs, *ends.cs), strict=True)
    return max((float(np.abs(start[1:] - end[:-1]).max(initial=0.0)) for start, end in pairs), default=0.0)
