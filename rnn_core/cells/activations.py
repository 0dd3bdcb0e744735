r"""The squashing functions, and their slopes.

$$\sigma(a) = \frac{1}{1 + e^{-a}}, \qquad \sigma' = \sigma (1 - \sigma), \qquad \tanh' = 1 - \tanh^2$$

Each function has two forms: the plain step uses one that returns a new array; a run uses one that writes into a given
array, so that it fills its trace in place. Each slope is computed from the function's value, not from the pre-activation.
"""

from collections.abc import Callable
from typing import get_args

import numpy as np

from rnn_core.arrays import Activation, Array

ONE = np.ones(())  # an array, because NumPy takes as long to wrap the number 1.0 as to add it to fifty others


def sigmoid(a: Array, out: Array) -> None:
    """sigma(a), written into `out`. For a < -709, exp(-a) overflows to infinity, and the quotient is correctly 0."""
    np.negative(a, out)
    np.exp(out, out)
    np.add(out, ONE, out)
    np.reciprocal(out, out)


def sigma(a: Array) -> Array:
    """sigma(a) as a new array, equal to `sigmoid` bit for bit."""
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-a)))


def relu(a: Array, out: Array) -> None:
    np.maximum(a, 0.0, out=out)


def linear(a: Array, out: Array) -> None:
    np.copyto(out, a)


ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)
FUNCTIONS: dict[Activation, Callable[[Array, Array], object]] = {
    "tanh": np.tanh,
    "relu": relu,
    "sigmoid": sigmoid,
    "linear": linear,
}
EXPRESSIONS: dict[Activation, Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0.0),
    "sigmoid": sigma,
    "linear": np.copy,
}


def sigmoid_slope(s: Array) -> Array:
    """The slope of sigma where its value is s; at most 1/4, at s = 1/2."""
    return s * (1.0 - s)


def tanh_slope(y: Array) -> Array:
    """The slope of tanh where its value is y; at most 1, at y = 0."""
    return 1.0 - y * y


def slope(name: Activation, y: Array) -> Array:
    """phi'(a) where phi(a) = y. At its corner relu's slope is 0, as in torch."""
    match name:
        case "tanh":
            return tanh_slope(y)
        case "sigmoid":
            return sigmoid_slope(y)
        case "relu":
            return np.where(y > 0.0, 1.0, 0.0)
        case "linear":
            return np.ones_like(y)
