"""The answer of a network after a sequence, and what changes of its units do to it.

Most networks read the answer off their last state; some take the mean of all states, or join the state with a picture. A `Head` is
this last part: it sees the states of the last recurrent layer only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.analysis.inside.changes import Change, check_changes, seeing
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.steps import Floats, States, Stepper
from rnn_core.arrays import Array
from rnn_core.blocks.readout import ReadoutParams
from rnn_core.errors import check_array, check_integer, check_option


class Head(Protocol):
    def scores(self, states: Array) -> Array:
        """(..., T, H) -> (..., Y): the answer after all T steps."""

    def back(self, states: Array, dscores: Array) -> Array:
        """(T, H): the gradient by the states (T, H), from the gradient by the scores (Y,)."""


@dataclass(frozen=True)
class LastState:
    readout: ReadoutParams

    def scores(self, states: Array) -> Array:
        return np.asarray(states[..., -1, :] @ self.readout.W_hy.T + self.readout.b_y)

    def back(self, states: Array, dscores: Array) -> Array:
        return at_the_end(states, dscores @ self.readout.W_hy)


@dataclass(frozen=True)
class MeanState:
    readout: ReadoutParams

    def scores(self, states: Array) -> Array:
        return np.asarray(states.mean(axis=-2) @ self.readout.W_hy.T + self.readout.b_y)

    def back(self, states: Array, dscores: Array) -> Array:
        return np.tile(dscores @ self.readout.W_hy / len(states), (len(states), 1))


def at_the_end(states: Array, dstate: Array) -> Array:
    """(T, H): the gradient of an answer that is read off the last state alone."""
    found = np.zeros_like(states)
    found[-1] = dstate
    return found


def start_of(network: Network, h_0: Array | None, runs: int = 1) -> States:
    """The state before the first step, in each of some runs: h_0 (L, H), or zero. The LSTM's cell state is zero."""
    zero = Stepper(network).start(runs)
    if h_0 is None:
        return zero
    checked = check_array("h_0", h_0, (len(network.layers), network.hidden_size))
    return States(tuple(np.tile(h, (runs, 1)) for h in checked), zero.cs)


def states_with(
    network: Network, sequence: ArrayLike, changes: Sequence[Change] = (), h_0: Array | None = None
) -> Array:
    """(T, H) the states of the last layer."""
    checked, changes = network.check_sequence(sequence), check_changes(network, changes)
    stepper, states = Stepper(network), start_of(network, h_0)
    rows = np.empty((len(checked), network.hidden_size))
    for t in range(len(checked)):
        states = stepper.step(states, checked[t : t + 1], seeing(network, changes, t))
        rows[t] = states.hs[-1][0]
    return rows


def answers_along(head: Head, states: Array) -> Array:
    """(T, Y) the answer after each step, as if the sequence ended there."""
    return np.array([head.scores(states[: t + 1]) for t in range(len(states))])


def state_at(network: Network, sequence: ArrayLike, step: int, h_0: Array | None = None) -> States:
    """The state (1, H) of every layer after a step."""
    checked = network.check_sequence(sequence)
    step = check_integer("step", step, 0, len(checked) - 1)
    stepper, states = Stepper(network), start_of(network, h_0)
    for t in range(step + 1):
        states = stepper.step(states, checked[t : t + 1])
    return states


def overwrite(states: States, step: int) -> tuple[Change, ...]:
    """Changes that put these states (1, H) in the place of those after a step."""
    units, steps = tuple(range(states.hs[0].shape[1])), (step, step + 1)
    return tuple(
        Change(name, units, rows[0], layer, steps)
        for name, each in (("h", states.hs), ("c", states.cs))
        for layer, rows in enumerate(each)
    )


def ablated_answers(
    network: Network, head: Head, sequence: ArrayLike, name: str, held: ArrayLike, h_0: Array | None = None
) -> Array:
    """(H + 1, Y) the answer at the end if each unit alone is held at its number of `held` (H,); the last row: as it is."""
    checked, H = network.check_sequence(sequence), network.hidden_size
    check_option("name", name, network.values)
    numbers, units = check_array("held", held, (H,)), np.arange(H)
    stepper, states, last = Stepper(network), start_of(network, h_0, H + 1), len(network.layers) - 1
    rows = np.empty((H + 1, len(checked), H))

    def see(layer: int, at: str, values: Floats) -> None:
        if layer == last and at == name:
            values[units, units] = numbers

    for t in range(len(checked)):
        states = stepper.step(states, np.repeat(checked[t : t + 1], H + 1, axis=0), see)
        rows[:, t] = states.hs[-1]
    return head.scores(rows)
