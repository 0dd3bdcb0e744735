"""How far back a network uses what it read: its loss when it has read only the last steps, and how long a unit's values resemble each
other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnn_core.analysis.inside.answers import Head, states_with
from rnn_core.analysis.inside.changes import bits_of, check_predicts
from rnn_core.analysis.inside.network import Network, Symbols
from rnn_core.analysis.inside.steps import Stepper
from rnn_core.analysis.trajectories import first_below
from rnn_core.arrays import Array
from rnn_core.errors import CoreError, check_array, check_integer

LEAST_PAIRS = 30  # steps of a lag apart, for its correlation


@dataclass(frozen=True)
class ContextLoss:
    """How far back the network uses its context: its loss at some places when it has read only the last symbols."""

    lengths: tuple[int, ...]
    loss: Array  # (n,) the mean
    error: Array  # (n,) the standard error of the difference to the longest context

    def used(self, tolerance: float = 0.01) -> int:
        """The shortest length whose loss is within `tolerance` of the best of all longer ones."""
        later = np.minimum.accumulate(self.loss[::-1])[::-1]
        return self.lengths[int(np.flatnonzero(self.loss <= later + tolerance)[0])]


def loss_by_context(
    network: Network,
    sequence: ArrayLike,
    lengths: tuple[int, ...] = (1, 2, 4, 8, 16, 32, 64, 128),
    places: int = 500,
    seed: int = 0,
) -> ContextLoss:
    """The loss of predicting the next symbol, in bits, at random places that are the same for every length. The state starts at zero."""
    check_predicts(network)
    checked: Symbols = network.check_sequence(sequence)
    longest = max(check_integer("lengths", length, 1, 10_000) for length in lengths)
    if len(checked) < longest + 2:
        raise CoreError("sequence", f"{len(checked)} symbols", f"at least {longest + 2}, for the longest context")
    ends = np.random.default_rng(seed).integers(longest, len(checked) - 1, places)
    stepper, rows = Stepper(network), []
    for length in lengths:
        states = stepper.start(places)
        for back in range(length - 1, -1, -1):
            states = stepper.step(states, checked[ends - back])
        rows.append(bits_of(stepper.scores(states), checked[ends + 1]))
    return by_length(lengths, np.array(rows))


def by_length(lengths: Sequence[int], losses: Array) -> ContextLoss:
    """losses (n, places): of every length at the same places."""
    error = np.std(losses - losses[-1], axis=1) / np.sqrt(losses.shape[1])
    return ContextLoss(tuple(lengths), losses.mean(axis=1), error)


def error_by_context(
    network: Network, inputs: ArrayLike, wanted: ArrayLike, lengths: tuple[int, ...], first: int
) -> ContextLoss:
    """The absolute error of the first output from step `first` on. inputs (T, X); `wanted` (T - 1,): after each step but the last."""
    checked = network.check_sequence(inputs)
    targets = check_array("wanted", wanted, (len(checked) - 1,))
    longest = max(check_integer("lengths", length, 1, 10_000) for length in lengths)
    first = check_integer("first", first, longest - 1, len(targets) - 1)
    ends, stepper, rows = np.arange(first, len(targets)), Stepper(network), []
    for length in lengths:
        states = stepper.start(len(ends))
        for back in range(length - 1, -1, -1):
            states = stepper.step(states, checked[ends - back])
        rows.append(np.abs(stepper.scores(states)[:, 0] - targets[ends]))
    return by_length(lengths, np.array(rows))


def answers_by_context(
    network: Network, head: Head, sequence: ArrayLike, lengths: Sequence[int], h_0: Array | None = None
) -> Array:
    """(n, Y) the answer at the end after the last steps alone, for each length; a shorter sequence is read as a whole."""
    checked = network.check_sequence(sequence)
    return np.array([head.scores(states_with(network, checked[-length:], (), h_0)) for length in lengths])


def time_scale_within(values: ArrayLike, ends: NDArray[np.int64]) -> float:
    """The lag at which the autocorrelation of one unit (T,) over many sequences first falls below 1/e: of pairs of steps in the same
    sequence only. `ends`: the step after each sequence. inf where it does not within the sequences; nan of a constant unit."""
    own = check_array("values", values, ("T",))
    moved, lengths = own - own.mean(), np.diff(ends, prepend=0)
    if not np.ptp(own) > 0.0:
        return float("nan")
    longest = int(lengths.max())
    sums, pairs = np.zeros(longest), np.zeros(longest)
    for end, length in zip(ends.tolist(), lengths.tolist(), strict=True):
        sums[:length] += np.correlate(moved[end - length : end], moved[end - length : end], "full")[length - 1 :]
        pairs[:length] += length - np.arange(length)
    known = pairs >= min(LEAST_PAIRS, len(own))
    return first_below((sums / pairs)[known] * (pairs[0] / sums[0]))
