r"""The plain recurrent cell (Elman 1990).

$$a_t = W_{xh}\,x_t + W_{hh}\,h_{t-1} + b_h, \qquad h_t = \phi(a_t)$$

with $x_t$ (X,), the states $h_t$ (H,), $W_{xh}$ (H, X), $W_{hh}$ (H, H) and $b_h$ (H,).

Backward, with $\delta h_t$ the gradient on $h_t$:
$$\delta a_t = \delta h_t \odot \phi'(a_t), \qquad
\delta h_{t-1} = \text{direct}_{t-1} + W_{hh}^\top \delta a_t$$
"""

from dataclasses import dataclass
from typing import ClassVar

from rnn_core.arrays import Activation, Array, Cell, weight_names
from rnn_core.cells.activations import EXPRESSIONS
from rnn_core.cells.base import CellParams, Factors, Gradients, Trace
from rnn_core.errors import check_option


@dataclass(frozen=True, eq=False, repr=False)
class RNNParams(CellParams):
    """The weights of a plain cell, and its activation.

    >>> RNNParams(W_xh=np.ones((3, 2)), W_hh=np.eye(3), b_h=np.zeros(3), activation="relu")
    RNNParams(X=2, H=3, activation='relu')
    """

    W_xh: Array  # (H, X)
    W_hh: Array  # (H, H)
    b_h: Array  # (H,)
    activation: Activation = "tanh"

    cell: ClassVar[Cell] = "rnn"

    @property
    def input_size(self) -> int:
        return int(self.W_xh.shape[1])

    @property
    def hidden_size(self) -> int:
        return int(self.W_xh.shape[0])

    @staticmethod
    def shapes(X: int, H: int) -> dict[str, tuple[int, ...]]:
        """The shape of every weight, by name."""
        return {"W_xh": (H, X), "W_hh": (H, H), "b_h": (H,)}


@dataclass(frozen=True, eq=False, repr=False)
class RNNTrace(Trace):
    """Every value of every step of a plain cell's run.

    >>> import rnn_core as rc
    >>> trace = rc.run(rc.init_params("rnn", 4, 8), np.ones((20, 4)))
    >>> trace.pre.shape, trace.hs.shape
    ((20, 8), (21, 8))
    """

    params: RNNParams
    pre_x: Array  # (T, H) W_xh @ x_t
    pre_h: Array  # (T, H) W_hh @ h_{t-1}
    pre: Array  # (T, H) the sum with b_h

    gates: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("pre_x", "pre_h", "pre", "hs")  # of computation, within a step


@dataclass(frozen=True, eq=False, repr=False)
class RNNGradients(Gradients):
    """The gradient on every value of every step of a plain cell's run.

    >>> import rnn_core as rc
    >>> grads = rc.bptt(rc.run(rc.init_params("rnn", 4, 8), np.ones((20, 4))), dhs=np.ones((20, 8)))
    >>> grads.params.W_hh.shape, grads.dpre.shape
    ((8, 8), (20, 8))
    """

    params: RNNParams  # the gradient of every weight, by the weight's own name
    dpre: Array  # (T, H)
    trace: RNNTrace

    paths: ClassVar[tuple[str, ...]] = ("direct", "recurrence")

    def factors(self, weight: str) -> Factors:
        check_option("weight", weight, weight_names(self.params))
        right = {"W_xh": self.trace.xs, "W_hh": self.trace.hs[:-1], "b_h": None}[weight]
        return Factors(self.dpre, right)

    def sent_back(self, path: str) -> Array:
        return self.dpre @ self.trace.params.W_hh


def step(params: RNNParams, x: Array, h_prev: Array) -> Array:
    r"""$h_t$ (H,) from $x_t$ (X,) and $h_{t-1}$ (H,): the equation above, written plainly.

    `rnn_fast` computes the same for a whole run, and a test requires both to be equal.

    >>> params = RNNParams(W_xh=np.array([[0.5]]), W_hh=np.array([[2.0]]), b_h=np.array([0.0]))
    >>> step(params, x=np.array([1.0]), h_prev=np.array([-0.25]))  # tanh(0.5 * 1 + 2 * -0.25)
    array([0.])
    """
    phi = EXPRESSIONS[params.activation]
    return phi(params.W_xh @ x + params.W_hh @ h_prev + params.b_h)
