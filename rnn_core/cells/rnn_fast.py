"""The fast plain recurrent cell: a whole run forward and backward, with one allocation of memory.

Each step computes what `rnn.step` computes, and keeps every value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import FUNCTIONS, slope
from rnn_core.cells.interventions import InterventionMasks, Override
from rnn_core.cells.rnn import RNNGradients, RNNParams, RNNTrace
from rnn_core.cells.rows import allocate, gradient_buffers, last_first


def step(W_hh: Array, phi: Callable[[Array, Array], object], override: Override | None, row: Sequence[Array]) -> None:
    """One step forward: reads h_{t-1} and fills the rest of the row. `a` is W_xh x_t + b_h when the step starts."""
    h_prev, a_h, a, h = row
    W_hh.dot(h_prev, a_h)
    np.add(a, a_h, a)
    phi(a, h)
    if override:
        override("h", h)


def step_back(W_hh: Array, sent: Array | None, row: Sequence[Array]) -> None:
    """The same step backward: reads the gradient on h_t and adds to that on h_{t-1}, unless `sent` is None."""
    h_by_a, dh, da, dh_prev = row
    np.multiply(dh, h_by_a, da)
    if sent is not None:
        da.dot(W_hh, sent)
        np.add(dh_prev, sent, dh_prev)


def forward(params: RNNParams, xs: Array, h_0: Array, masks: InterventionMasks) -> RNNTrace:
    T, H = len(xs), params.hidden_size
    pre_x, pre_h, pre, hs = allocate((T, H), (T, H), (T, H), (T + 1, H))
    np.matmul(xs, params.W_xh.T, out=pre_x)  # for all steps at once, because it does not depend on h
    np.add(pre_x, params.b_h, pre)
    hs[0] = h_0
    phi = FUNCTIONS[params.activation]
    for t, row in enumerate(zip(hs[:-1], pre_h, pre, hs[1:], strict=True)):
        step(params.W_hh, phi, masks.at(t) if masks else None, row)
    return RNNTrace(xs, hs, params, pre_x, pre_h, pre, interventions=masks.interventions)


@dataclass(frozen=True)
class RNNSlopes:
    """The local derivative along every edge of every step, 0 where an intervention overrides the result."""

    h_by_pre: Array  # (T, H) dh_t / da_t


def slopes(trace: RNNTrace, masks: InterventionMasks) -> RNNSlopes:
    return RNNSlopes(h_by_pre=masks.without_overridden("h", slope(trace.params.activation, trace.hs[1:])))


def backward(trace: RNNTrace, masks: InterventionMasks, dhs_direct: Array, truncate: int | None) -> RNNGradients:
    (T, H), params = dhs_direct.shape, trace.params
    dhs, dpre = allocate((T + 1, H), (T, H))
    dhs[0], dhs[1:] = 0.0, dhs_direct  # step_back adds the gradient from step t + 1
    rows = last_first(slopes(trace, masks).h_by_pre, dhs[1:], dpre, dhs[:-1])
    for sent, row in zip(gradient_buffers(T, H, truncate), rows, strict=True):
        step_back(params.W_hh, sent, row)
    weights = RNNParams(dpre.T @ trace.xs, dpre.T @ trace.hs[:-1], dpre.sum(0), params.activation)
    return RNNGradients(dpre @ params.W_xh, dhs, dhs_direct, weights, dpre, trace, truncate=truncate)
