r"""The plain recurrent cell (Elman 1990).

$$a_t = W_{xh}\,x_t + W_{hh}\,h_{t-1} + b_h, \qquad h_t = \phi(a_t)$$

Backward, with $\delta h_t$ the gradient on $h_t$:
$$\delta a_t = \delta h_t \odot \phi'(a_t), \qquad
\delta h_{t-1} = \text{direct}_{t-1} + W_{hh}^\top \delta a_t$$
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.cells.activations import activate, slope
from rnn_core.interventions import Holds
from rnn_core.types import Activation, Array, Cell, Factors, Gradients, Trace


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
        right = {"W_xh": self.trace.xs, "W_hh": self.trace.hs[:-1], "b_h": None}
        return Factors(self.dpre, right[weight])


def forward(params: RNNParams, xs: Array, h_0: Array, holds: Holds) -> RNNTrace:
    T, H = len(xs), params.hidden_size
    pre_x = xs @ params.W_xh.T  # (T, H) for every step at once: nothing here waits for h
    pre_xb = pre_x + params.b_h
    pre_h, pre, hs = np.empty((T, H)), np.empty((T, H)), np.empty((T + 1, H))
    hs[0] = h_0
    held = bool(holds)
    for t in range(T):
        params.W_hh.dot(hs[t], pre_h[t])
        np.add(pre_xb[t], pre_h[t], pre[t])
        activate(params.activation, pre[t], hs[t + 1])
        if held:
            holds.put("h", t, hs[t + 1])
    return RNNTrace(xs, hs, params, pre_x, pre_h, pre)


@dataclass(frozen=True)
class RNNSlopes:
    """The local derivative along every edge of every step, 0 where an intervention holds the value."""

    h_by_pre: Array  # (T, H) dh_t / da_t


def slopes(trace: RNNTrace, holds: Holds) -> RNNSlopes:
    return RNNSlopes(h_by_pre=holds.cut("h", slope(trace.params.activation, trace.hs[1:])))


def backward(trace: RNNTrace, holds: Holds, dhs_direct: Array, truncate: int) -> RNNGradients:
    params, local = trace.params, slopes(trace, holds)
    T, H = dhs_direct.shape
    dpre, dhs, sent = np.empty((T, H)), np.zeros((T + 1, H)), np.empty(H)
    dhs[1:] = dhs_direct
    for t in reversed(range(T)):
        np.multiply(dhs[t + 1], local.h_by_pre[t], dpre[t])
        if t % truncate or t == 0:
            dpre[t].dot(params.W_hh, sent)
            np.add(dhs[t], sent, dhs[t])
    weights = RNNParams(dpre.T @ trace.xs, dpre.T @ trace.hs[:-1], dpre.sum(0), params.activation)
    return RNNGradients(dpre @ params.W_xh, dhs, dhs_direct, weights, dpre, trace)
