"""Sequences of different lengths in one batch, as torch's packed sequences treat them.

Each sequence is run for its own length, and the padding is never read: the backward direction begins at the sequence's
own last step, and no gradient enters the padding. Outputs and gradients on inputs are 0 in the padding, and each last
state is the state at the sequence's own end.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.arrays import Array
from rnn_core.cells import Params
from rnn_core.cells.records import Record
from rnn_core.errors import MAX_VALUES, CoreError, check_array, check_integer, check_kind, read_array
from rnn_core.params.build import form_of, make_params, weights_of
from rnn_core.passes.layers import StackGradients, StackParams, StackTrace, bptt_stack, check_stack, run_stack


@dataclass(frozen=True, eq=False, repr=False)
class PaddedTrace(Record):
    sequences: tuple[StackTrace, ...]  # B, each of its own length
    ys: Array  # (B, T, D*H) 0 in the padding
    h_n: Array  # (B, L*D, H)
    c_n: Array | None  # (B, L*D, H) LSTM only

    def sizes(self) -> dict[str, int]:
        return {"B": len(self.ys), "T": self.ys.shape[1], **self.sequences[0].params.sizes()}


@dataclass(frozen=True, eq=False, repr=False)
class PaddedGradients(Record):
    params: StackParams  # summed over the sequences
    dxs: Array  # (B, T, X) 0 in the padding
    dh_0: Array  # (B, L*D, H)
    dc_0: Array | None  # (B, L*D, H) LSTM only
    sequences: tuple[StackGradients, ...]

    def sizes(self) -> dict[str, int]:
        return {"B": len(self.dxs), "T": self.dxs.shape[1], **self.params.sizes()}


def run_padded(
    params: StackParams,
    xs: ArrayLike,
    lengths: ArrayLike,
    h_0: ArrayLike | None = None,
    c_0: ArrayLike | None = None,
) -> PaddedTrace:
    """Run B sequences padded to one length: xs (B, T, X), states (B, L*D, H).

    `lengths` are B integers, or a mask (B, T) that is true on each sequence and false on the padding after it.
    The contents of the padding are ignored.

    >>> from rnn_core.passes.layers import init_stack
    >>> trace = run_padded(init_stack("rnn", 1, 2), xs=np.ones((2, 3, 1)), lengths=[3, 1])
    >>> trace.ys[1, 1:]  # the padding of the second sequence
    array([[0., 0.],
           [0., 0.]])
    """
    params = check_stack(params)
    given = read_array("xs", xs, "real numbers of shape (B, T, X)")
    if given.ndim != 3 or 0 in given.shape:
        raise CoreError("xs", f"shape {given.shape}", "shape (B, T, X), no axis empty")
    B, T, _ = given.shape
    if given.shape[0] * T * max(params.input_size, params.hidden_size * len(params.rows)) > MAX_VALUES:
        raise CoreError("xs", f"shape {given.shape}", f"at most {MAX_VALUES} numbers: every value of a run is kept")
    ends = _ends(lengths, B, T)
    states = (B, len(params.rows), params.hidden_size)
    h = [None] * B if h_0 is None else check_array("h_0", h_0, states)
    c = [None] * B if c_0 is None else check_array("c_0", c_0, states)
    traces = tuple(run_stack(params, given[b, : ends[b]], h[b], c[b]) for b in range(B))
    ys = np.zeros((B, T, params.directions * params.hidden_size))
    for b, trace in enumerate(traces):
        ys[b, : ends[b]] = trace.ys
    return PaddedTrace(traces, ys, np.stack([each.h_n for each in traces]), _stack([each.c_n for each in traces]))


def bptt_padded(
    trace: PaddedTrace, dys: ArrayLike, dh_n: ArrayLike | None = None, dc_n: ArrayLike | None = None
) -> PaddedGradients:
    """The gradients of a loss from those on ys (B, T, D*H) and on the last states (B, L*D, H). dys in the padding is ignored."""
    check_kind("trace", trace, PaddedTrace)
    B, T, _ = trace.ys.shape
    on_ys = check_array("dys", dys, trace.ys.shape)
    dh = [None] * B if dh_n is None else check_array("dh_n", dh_n, trace.h_n.shape)
    dc = [None] * B if dc_n is None else check_array("dc_n", dc_n, trace.h_n.shape)
    grads = tuple(bptt_stack(each, on_ys[b, : len(each.ys)], dh[b], dc[b]) for b, each in enumerate(trace.sequences))
    dxs = np.zeros((B, T, grads[0].dxs.shape[1]))
    for b, each in enumerate(grads):
        dxs[b, : len(each.dxs)] = each.dxs
    layers = [each.params for each in grads]
    total = StackParams(
        tuple(_sum(rows) for rows in zip(*(each.forward for each in layers), strict=True)),
        tuple(_sum(rows) for rows in zip(*(each.backward for each in layers), strict=True)),
    )
    return PaddedGradients(
        total, dxs, np.stack([each.dh_0 for each in grads]), _stack([each.dc_0 for each in grads]), grads
    )


def _ends(lengths: ArrayLike, B: int, T: int) -> list[int]:
    """The length of each sequence."""
    given = read_array("lengths", lengths, f"{B} lengths, or a mask ({B}, {T})")
    if given.dtype == np.bool_ and given.shape == (B, T):
        ends = given.sum(axis=1)
        if not np.array_equal(given, np.arange(T) < ends[:, None]):
            raise CoreError("lengths", "a mask with a hole", "each row true up to the end of its sequence, then false")
        given = ends
    if given.shape != (B,):
        raise CoreError("lengths", f"shape {given.shape}", f"{B} lengths, or a mask ({B}, {T})")
    return [check_integer(f"lengths[{b}]", length.item(), 1, T) for b, length in enumerate(given)]


def _stack(states: list[Array | None]) -> Array | None:
    there = [each for each in states if each is not None]
    return np.stack(there) if there else None


def _sum(rows: tuple[Params, ...]) -> Params:
    first, names = rows[0], weights_of(rows[0])
    return make_params(
        first.cell, {n: np.sum([weights_of(each)[n] for each in rows], axis=0) for n in names}, form_of(first)
    )
