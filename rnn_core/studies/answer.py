r"""The small worked example of the page "From state to answer": readout, softmax, cross-entropy and their gradients.

The logits are $v = W_{hy} h + b_y$, the probabilities $p_i = \exp(v_i / \tau) / \sum_j \exp(v_j / \tau)$.
"""

from math import ceil

import numpy as np

from rnn_core.arrays import Array

STATE = np.array([1.0, -1.0])  # (H,)
READOUT = np.array([[1.0, -1.0], [1.0, 0.0], [0.0, 0.0]])  # (V, H)
BIAS = np.zeros(3)  # (V,)
TARGET = 1  # the place of the right answer, counted from 0


def logits() -> Array:
    return np.asarray(READOUT @ STATE + BIAS)


def softmax(scores: Array, temperature: float = 1.0) -> Array:
    """
    >>> softmax(np.array([2.0, 1.0, 0.0])).round(3).tolist()
    [0.665, 0.245, 0.09]
    """
    powers = np.exp((scores - scores.max()) / temperature)
    return np.asarray(powers / powers.sum())


def cross_entropy(scores: Array, target: int = TARGET) -> float:
    """The loss, in nats."""
    return float(-np.log(softmax(scores)[target]))


def logit_gradient(scores: Array, target: int = TARGET) -> Array:
    """p minus the target, which is 1 at its place and 0 elsewhere."""
    return np.asarray(softmax(scores) - np.eye(len(scores))[target])


def state_gradient() -> Array:
    """The gradient that the readout hands on to the state."""
    return np.asarray(READOUT.T @ logit_gradient(logits()))


def updates_per_epoch(sequences: int, batch: int) -> int:
    return ceil(sequences / batch)
