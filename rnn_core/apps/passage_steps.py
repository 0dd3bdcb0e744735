"""A network reads the sequences of a passage, all of them side by side."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.ranking import Values
from rnn_core.analysis.inside.steps import Floats, Stepper
from rnn_core.apps.passages import Passage
from rnn_core.errors import check_numbers


def values_of(network: Network, read: Passage, value: str) -> Values:
    """(H, T) of the last layer, each sequence from the zero state."""
    check_numbers("text: its steps times the units", len(read.tokens) * network.hidden_size)
    found = np.empty((network.hidden_size, len(read.tokens)), np.float32)
    for steps, rows in side_by_side(network, read, value):
        found[:, steps] = rows.T
    return found


def side_by_side(
    network: Network, read: Passage, value: str, changed: str = "", held: tuple[int, float] | None = None
) -> Iterator[tuple[NDArray[np.int64], Floats]]:
    """All sequences step by step: which steps of the passage they are, and the value of each unit there (B, H). `held`: a unit whose
    value `changed` is this number throughout."""
    starts = np.concatenate([[0], read.ends[:-1]])
    lengths, stepper, last = read.ends - starts, Stepper(network), len(network.layers) - 1
    states, row = stepper.start(len(starts)), np.empty((0, 0))

    def see(layer: int, name: str, values: Floats) -> None:
        nonlocal row
        if layer == last and name == changed and held is not None:
            values[:, held[0]] = held[1]
        if layer == last and name == value:
            row = values

    for t in range(int(lengths.max())):
        goes_on = lengths > t
        starts, lengths, states = starts[goes_on], lengths[goes_on], states.rows(np.flatnonzero(goes_on))
        states = stepper.step(states, read.inputs[starts + t], see)
        yield starts + t, row
