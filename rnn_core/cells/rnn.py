r"""The plain recurrent cell (Elman 1990).

$$a_t = W_{xh}\,x_t + W_{hh}\,h_{t-1} + b_h, \qquad h_t = \phi(a_t)$$

Backward, with $\delta h_t$ the gradient on $h_t$:
$$\delta a_t = \delta h_t \odot \phi'(a_t), \qquad
\delta h_{t-1} = \text{direct}_{t-1} + W_{hh}^\top \delta a_t$$
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Activation, Array, Cell, weight_names
from rnn_core.cells.activations import FUNCTIONS, slope
from rnn_core.cells.base import Factors, Gradients, Trace
from rnn_core.cells.interventions import Holds, Put
from rnn_core.cells.rows import last_first, room, sending
from rnn_core.errors import check_option


@dataclass(frozen=True)
class RNNParams:
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


@dataclass(frozen=True)
class RNNTrace(Trace):
    params: RNNParams
    pre_x: Array  # (T, H) W_xh @ x_t
    pre_h: Array  # (T, H) W_hh @ h_{t-1}
    pre: Array  # (T, H) the sum with b_h

    gates: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("pre_x", "pre_h", "pre", "hs")  # of computation, within a step


@dataclass(frozen=True)
class RNNGradients(Gradients):
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


def step(W_hh: Array, phi: Callable[[Array, Array], object], put: Put | None, row: Sequence[Array]) -> None:
    """One step forward: reads h_{t-1}, fills the rest of the row. `a` holds W_xh x_t + b_h when it starts."""
    h_prev, a_h, a, h = row
    W_hh.dot(h_prev, a_h)
    np.add(a, a_h, a)
    phi(a, h)
    if put:
        put("h", h)


def step_back(W_hh: Array, sent: Array | None, row: Sequence[Array]) -> None:
    """The same step backward: reads the gradient on h_t, adds to that on h_{t-1}, unless `sent` is None."""
    h_by_a, dh, da, dh_prev = row
    np.multiply(dh, h_by_a, da)
    if sent is not None:
        da.dot(W_hh, sent)
        np.add(dh_prev, sent, dh_prev)


def forward(params: RNNParams, xs: Array, h_0: Array, holds: Holds) -> RNNTrace:
    T, H = len(xs), params.hidden_size
    pre_x, pre_h, pre, hs = room((T, H), (T, H), (T, H), (T + 1, H))
    np.matmul(xs, params.W_xh.T, out=pre_x)  # for every step at once: nothing here waits for h
    np.add(pre_x, params.b_h, pre)
    hs[0] = h_0
    phi = FUNCTIONS[params.activation]
    for t, row in enumerate(zip(hs[:-1], pre_h, pre, hs[1:], strict=True)):
        step(params.W_hh, phi, holds.at(t) if holds else None, row)
    return RNNTrace(xs, hs, params, pre_x, pre_h, pre, interventions=holds.interventions)


@dataclass(frozen=True)
class RNNSlopes:
    """The local derivative along every edge of every step, 0 behind a value that an intervention holds."""

    h_by_pre: Array  # (T, H) dh_t / da_t


def slopes(trace: RNNTrace, holds: Holds) -> RNNSlopes:
    return RNNSlopes(h_by_pre=holds.cut("h", slope(trace.params.activation, trace.hs[1:])))


def backward(trace: RNNTrace, holds: Holds, dhs_direct: Array, truncate: int | None) -> RNNGradients:
    (T, H), params = dhs_direct.shape, trace.params
    dhs, dpre = room((T + 1, H), (T, H))
    dhs[0], dhs[1:] = 0.0, dhs_direct  # what step t + 1 sends back is added in its turn
    rows = last_first(slopes(trace, holds).h_by_pre, dhs[1:], dpre, dhs[:-1])
    for sent, row in zip(sending(T, H, truncate), rows, strict=True):
        step_back(params.W_hh, sent, row)
    weights = RNNParams(dpre.T @ trace.xs, dpre.T @ trace.hs[:-1], dpre.sum(0), params.activation)
    return RNNGradients(dpre @ params.W_xh, dhs, dhs_direct, weights, dpre, trace, truncate=truncate)
