r"""The small worked examples of the page "Before the cell": order, one layer, two steps of the chain rule, two kinds of size.

One unit without squashing, $h_t = w h_{t-1} + x_t$, is enough for the chain rule; its numbers are also the first ones of the page
on back-propagation through time.
"""

from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array

LAYER_INPUT = np.array([1.0, 0.0, 2.0])  # (X,)
LAYER_WEIGHTS = np.array([[0.5, 1.0, -1.0], [1.0, 0.0, 0.5]])  # (H, X)
LAYER_BIAS = np.array([0.5, -1.0])  # (H,)
SHEAR = np.array([[0.5, 1.0], [0.0, 0.5]])  # both eigenvalues are 0.5; it is not symmetric


def states(xs: tuple[float, ...], w: float = 0.5, h_0: float = 0.0) -> tuple[float, ...]:
    """The states of one unit, h_1 to h_T.

    >>> states((1.0, 2.0)), states((2.0, 1.0))
    ((1.0, 2.5), (2.0, 2.0))
    """
    found, h = [], h_0
    for x in xs:
        h = w * h + x
        found.append(h)
    return tuple(found)


@dataclass(frozen=True)
class TwoSteps:
    """Forward and backward through two steps; the loss is half the squared error against the target 0."""

    w: float = 0.5
    h_0: float = 4.0
    x_1: float = 1.0
    x_2: float = 0.5

    @property
    def h(self) -> tuple[float, float, float]:
        h_1, h_2 = states((self.x_1, self.x_2), self.w, self.h_0)
        return self.h_0, h_1, h_2

    @property
    def loss(self) -> float:
        return 0.5 * self.h[2] ** 2

    @property
    def state_gradients(self) -> tuple[float, float, float]:
        """dL/dh_0, dL/dh_1, dL/dh_2: each is the next one times w."""
        last = self.h[2]
        return last * self.w**2, last * self.w, last

    @property
    def weight_parts(self) -> tuple[float, float]:
        """What step 1 and step 2 contribute to dL/dw."""
        _at_0, at_1, at_2 = self.state_gradients
        return at_1 * self.h[0], at_2 * self.h[1]


def layer() -> tuple[Array, Array]:
    """The weighted sums and the outputs of the layer with tanh."""
    sums = LAYER_WEIGHTS @ LAYER_INPUT + LAYER_BIAS
    return sums, np.tanh(sums)


def window_weights(steps: int, inputs: int, units: int) -> int:
    """The parameters of one layer that reads a window of so many steps at once."""
    return units * (steps * inputs + 1)
