"""The plain recurrent cell, fast: a whole run forward and backward, into memory that is asked for once.

Each step computes what `rnn.step` computes, and keeps every value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import FUNCTIONS, slope
from rnn_core.cells.interventions import Holds, Put
from rnn_core.cells.rnn import RNNGradients, RNNParams, RNNTrace
from rnn_core.cells.rows import last_first, room, sending


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
