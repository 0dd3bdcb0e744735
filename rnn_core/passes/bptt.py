"""`bptt`: back-propagation through time, with the gradient on every value of every step."""

from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.cells import (
    AnyGradients,
    AnyTrace,
    GRUGradients,
    GRUTrace,
    LSTMGradients,
    LSTMTrace,
    RNNGradients,
    RNNTrace,
    gru_fast,
    lstm_fast,
    rnn_fast,
)
from rnn_core.cells.interventions import InterventionMasks
from rnn_core.errors import MAX_STEPS, CoreError, check_array, check_integer, check_kind


@overload
def bptt(trace: RNNTrace, dhs: ArrayLike, *, truncate: int | None = ...) -> RNNGradients: ...
@overload
def bptt(
    trace: LSTMTrace, dhs: ArrayLike, dcs: ArrayLike | None = ..., *, truncate: int | None = ...
) -> LSTMGradients: ...
@overload
def bptt(trace: GRUTrace, dhs: ArrayLike, *, truncate: int | None = ...) -> GRUGradients: ...
@overload
def bptt(
    trace: AnyTrace, dhs: ArrayLike, dcs: ArrayLike | None = ..., *, truncate: int | None = ...
) -> AnyGradients: ...
def bptt(trace: AnyTrace, dhs: ArrayLike, dcs: ArrayLike | None = None, *, truncate: int | None = None) -> AnyGradients:
    """The gradients of a loss, given its direct gradient dhs (T, H) on h_1..h_T, and dcs (T, H) on the LSTM's c_1..c_T.

    Direct means through that state's own readout only. A gradient on the final state is part of the last row.

    truncate=k cuts the chain every k steps: the gradient from steps k, 2k, 3k, ... (from 0) to the state they read is
    dropped, as if torch's `detach` were called on the state before each of them. The gradient within each chunk of k
    steps is then exact, and only the first chunk's gradient reaches h_0.

    >>> import rnn_core as rc
    >>> trace = rc.run(rc.init_params("rnn", 2, 3), np.ones((5, 2)))
    >>> grads = rc.bptt(trace, dhs=[[0, 0, 0]] * 4 + [[1, 1, 1]])  # a loss on the last state alone
    >>> grads.params.W_hh.shape, grads.dhs.shape
    ((3, 3), (6, 3))
    """
    check_kind("trace", trace, AnyTrace)
    T, H = len(trace.xs), trace.params.hidden_size
    direct = check_array("dhs", dhs, (T, H)).copy()  # a copy, because the result keeps it
    if dcs is not None and not isinstance(trace, LSTMTrace):
        raise CoreError(
            "dcs", "gradients on a cell", f"nothing: only the LSTM has one, this is the {trace.params.cell}"
        )
    direct_c = np.zeros((T, H)) if dcs is None else check_array("dcs", dcs, (T, H)).copy()
    if truncate is not None:
        truncate = check_integer("truncate", truncate, 1, MAX_STEPS)
    masks = InterventionMasks(trace.interventions, T, H, trace.gates, cell=isinstance(trace, LSTMTrace))
    with np.errstate(all="ignore"):
        match trace:
            case RNNTrace():
                return rnn_fast.backward(trace, masks, direct, truncate)
            case LSTMTrace():
                return lstm_fast.backward(trace, masks, direct, direct_c, truncate)
            case GRUTrace():
                return gru_fast.backward(trace, masks, direct, truncate)
