r"""A readout of one output on the states of a cell, its target, and gradient descent on the readout alone.

With $\phi_t = (h_t, 1)$ the mean squared error is quadratic in the readout's weights, and its second derivative is
$\tfrac{2}{n} \sum_t \phi_t \phi_t^\top$. A step of size 1 / (the largest eigenvalue of it) never raises the loss.
"""

from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array
from rnn_core.blocks.readout import (
    Loss,
    ReadoutGradients,
    ReadoutParams,
    ReadoutTrace,
    mean_squared_error,
    read_out,
    read_out_backward,
)
from rnn_core.errors import check_array, check_integer

MOST_UPDATES = 2000


@dataclass(frozen=True)
class Target:
    values: Array  # (T, 1)
    counted: int  # the first steps, which the loss reads


def next_input(xs: Array) -> Target:
    """The first input of the next step. Nothing comes after the last step, which does not count."""
    return Target(np.append(xs[1:, :1], [[0.0]], axis=0), len(xs) - 1)


def curve(values: tuple[float, ...]) -> Target:
    """Given targets, one number for each time step."""
    return Target(check_array("values", np.array(values)[:, None], ("T", 1)), len(values))


@dataclass(frozen=True)
class Answer:
    trace: ReadoutTrace
    loss: Loss
    grads: ReadoutGradients


def answered(readout: ReadoutParams, hs: Array, target: Target) -> Answer:
    """hs (T, H): h_1..h_T. Output, loss and gradients, those on the states included."""
    trace = read_out(readout, hs)
    loss = mean_squared_error(trace, target.values, at=range(target.counted))
    return Answer(trace, loss, read_out_backward(trace, loss.dscores))


@dataclass(frozen=True)
class Trained:
    readout: ReadoutParams
    losses: Array  # (N+1,) before each update and after the last
    rate: float


def trained(readout: ReadoutParams, hs: Array, target: Target, updates: int) -> Trained:
    """The readout after this many steps of gradient descent; after none where the states are too large. The states are given: the
    cell is not trained."""
    check_integer("updates", updates, 0, MOST_UPDATES)
    rate, losses = safe_rate(hs[: target.counted]), list[float]()
    for _update in range(updates if rate else 0):
        found = answered(readout, hs, target)
        losses.append(found.loss.value)
        slope = found.grads.params
        readout = ReadoutParams(readout.W_hy - rate * slope.W_hy, readout.b_y - rate * slope.b_y, readout.activation)
    return Trained(readout, np.array([*losses, answered(readout, hs, target).loss.value]), rate)


def safe_rate(hs: Array) -> float:
    """1 / (the largest second derivative of the loss); 0 where the states are not finite."""
    with np.errstate(all="ignore"):
        features = np.hstack([hs, np.ones((len(hs), 1))])
        second = 2.0 / len(hs) * features.T @ features
    return 1.0 / float(np.linalg.eigvalsh(second)[-1]) if np.isfinite(second).all() else 0.0
