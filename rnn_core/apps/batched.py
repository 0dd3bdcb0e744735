"""The forward pass of one recurrent layer for many sequences at once: the same steps as `run`, for scores and beams."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.cells.activations import sigmoid


@dataclass(frozen=True)
class BatchState:
    h: Array  # (B, H)
    c: Array | None = None  # (B, H) LSTM only

    def rows(self, chosen: NDArray[np.int64]) -> "BatchState":
        """The state of some of the sequences, by number; one may be chosen more than once."""
        return BatchState(self.h[chosen], None if self.c is None else self.c[chosen])


def first_state(params: Params, sequences: int) -> BatchState:
    zeros = np.zeros((sequences, params.hidden_size))
    return BatchState(zeros, zeros if isinstance(params, LSTMParams) else None)


def batch_step(params: Params, xs: Array, state: BatchState) -> BatchState:
    """One step of the forms that torch has, for inputs (B, X)."""
    h = state.h
    match params:
        case RNNParams():
            return BatchState(np.tanh(xs @ params.W_xh.T + h @ params.W_hh.T + params.b_h))
        case GRUParams():
            r = _gate(xs @ params.W_xr.T + h @ params.W_hr.T + params.b_r)
            z = _gate(xs @ params.W_xz.T + h @ params.W_hz.T + params.b_z)
            inner = h @ params.W_hn.T + (0.0 if params.b_hn is None else params.b_hn)
            n = np.tanh(xs @ params.W_xn.T + params.b_n + r * inner)
            return BatchState(z * h + (1.0 - z) * n)
        case LSTMParams():
            pre = xs @ params.stack("W_x").T + h @ params.stack("W_h").T + params.stack("b_")
            o, i, f, g = np.split(pre, 4, axis=1)
            old = np.zeros_like(h) if state.c is None else state.c
            c = _gate(f) * old + _gate(i) * np.tanh(g)
            return BatchState(_gate(o) * np.tanh(c), c)


def batch_states(params: Params, xs: Array, lengths: NDArray[np.int64] | None = None) -> tuple[Array, BatchState]:
    """(B, T, X) -> (B, T+1, H), the states h_0..h_T from zero, and the state after the last step of each sequence.

    A sequence that ends before T keeps its last state.
    """
    state = first_state(params, len(xs))
    hs = [state.h]
    for t in range(xs.shape[1]):
        after = batch_step(params, xs[:, t], state)
        if lengths is not None:
            goes_on = (t < lengths)[:, None]
            c = None if after.c is None or state.c is None else np.where(goes_on, after.c, state.c)
            after = BatchState(np.where(goes_on, after.h, state.h), c)
        state = after
        hs.append(state.h)
    return np.stack(hs, axis=1), state


def reversed_rows(rows: Array, lengths: NDArray[np.int64]) -> Array:
    """rows (B, T, X): each sequence reversed, without its padding; what follows its end is of no use."""
    back = np.maximum(lengths[:, None] - 1 - np.arange(rows.shape[1]), 0)
    return np.take_along_axis(rows, back[..., None], axis=1)


def _gate(pre: Array) -> Array:
    sigmoid(pre, pre)
    return pre
