r"""The squashing functions, and their slopes.

$$\sigma(a) = \frac{1}{1 + e^{-a}}, \qquad \sigma' = \sigma (1 - \sigma), \qquad \tanh' = 1 - \tanh^2$$

Each function writes into `out` where it is given, so that a run fills its trace in place. A slope is computed from the
value that the function gave, except relu's, which needs the pre-activation's sign only.
"""

import numpy as np

from rnn_core.types import Activation, Array

ACTIVATIONS: tuple[Activation, ...] = ("tanh", "relu", "sigmoid", "linear")


def sigmoid(a: Array, out: Array | None = None) -> Array:
    """sigma(a). exp(-a) may overflow to infinity for a < -709: the quotient is then the 0 that it should be."""
    out = np.negative(a, out=out)
    np.exp(out, out=out)
    np.add(out, 1.0, out=out)
    return np.reciprocal(out, out=out)


def activate(name: Activation, a: Array, out: Array | None = None) -> Array:
    """phi(a) for the plain cell."""
    if name == "tanh":
        return np.tanh(a, out=out)
    if name == "sigmoid":
        return sigmoid(a, out=out)
    if name == "relu":
        return np.maximum(a, 0.0, out=out)
    return np.positive(a, out=out)


def sigmoid_slope(s: Array) -> Array:
    """The slope of sigma where its value is s; at most 1/4, at s = 1/2."""
    return s * (1.0 - s)


def tanh_slope(y: Array) -> Array:
    """The slope of tanh where its value is y; at most 1, at y = 0."""
    return 1.0 - y * y


def slope(name: Activation, y: Array) -> Array:
    """phi'(a) where phi(a) = y. At its corner relu's slope is 0, as in torch."""
    if name == "tanh":
        return tanh_slope(y)
    if name == "sigmoid":
        return sigmoid_slope(y)
    if name == "relu":
        return np.asarray(y > 0.0, dtype=np.float64)
    return np.ones_like(y)
