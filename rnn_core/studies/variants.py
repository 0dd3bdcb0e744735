"""The runs of the page on variants: both directions, stacks, attention, the LSTM's forms, padding, and chunks.

All of them use a `SequenceSetup`: one number per step, H units.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from rnn_core.analysis.trajectories import time_scales
from rnn_core.arrays import Array, Mask
from rnn_core.blocks.attention import Attention, attend, attend_backward, attention_map
from rnn_core.cells import AnyTrace, LSTMParams, LSTMTrace, Params
from rnn_core.cells.lstm import VARIANTS, LSTMVariant
from rnn_core.params.build import make_params, weights_of
from rnn_core.params.init import count_parameters
from rnn_core.passes.bptt import bptt
from rnn_core.passes.layers import StackParams, init_stack, run_stack
from rnn_core.passes.padded import run_padded
from rnn_core.passes.unroll import run
from rnn_core.studies.sequences import (
    FORMS,
    SequenceSetup,
    first_weights_of,
    inputs_of,
    params_of,
    run_of,
    with_difference,
    with_gain,
)


def stack_of(setup: SequenceSetup, layers: int = 1, *, bidirectional: bool = False) -> StackParams:
    """The setup's cell in every layer and direction, each with its own initial weights and W_h times the setup's gain."""
    cell, form = FORMS[setup.form]
    options = {**form, **first_weights_of(setup)}
    drawn = init_stack(cell, 1, setup.hidden_size, layers, bidirectional=bidirectional, seed=setup.seed, **options)
    sides = (tuple(with_gain(params, setup.gain) for params in side) for side in (drawn.forward, drawn.backward))
    return StackParams(*sides)


@dataclass(frozen=True)
class BidirectionalRun:
    """The states of both directions in the order of the input: both read x_t at row t."""

    xs: Array  # (T, 1)
    forward: Array  # (T, H)
    backward: Array  # (T, H)


def bidirectional_run(setup: SequenceSetup, changed_step: int | None = None, change: float = 1.0) -> BidirectionalRun:
    """One bidirectional layer; `change` is added to the input of `changed_step` (from 0) if one is given."""
    xs = inputs_of(setup) if changed_step is None else with_difference(setup, changed_step, change)
    ys = run_stack(stack_of(setup, bidirectional=True), xs).ys
    return BidirectionalRun(xs, ys[:, : setup.hidden_size].copy(), ys[:, setup.hidden_size :].copy())


@dataclass(frozen=True)
class Deep:
    xs: Array  # (T, 1)
    hs: tuple[Array, ...]  # (T+1, H) per layer, the layer that reads the input first
    scales: Array  # (L,) the median of each layer's time scales; inf or nan if a layer's units have none


def deep(setup: SequenceSetup, layers: int) -> Deep:
    trace = run_stack(stack_of(setup, layers), inputs_of(setup))
    scales = np.array([np.median(time_scales(each.hs[1:])) for each in trace.forward])
    return Deep(trace.forward[0].xs, tuple(each.hs.copy() for each in trace.forward), scales)


@dataclass(frozen=True)
class AttentionRun:
    """One run and two losses: the sum of h_T, and the sum of the context that h_T obtains by attention."""

    xs: Array  # (T, 1)
    hs: Array  # (T+1, H)
    attention: Attention  # of h_T over h_1..h_T
    weights: Array  # (T, T) the attention of every state over the states up to it; nan for later states
    without_attention: Array  # (T+1,) norm of the gradient on h_0..h_T of the first loss
    with_attention: Array  # (T+1,) of the second
    direct: Array  # (T,) the direct part of the second, which reaches h_1..h_T through no other step


def attention_run(setup: SequenceSetup, sharpness: float) -> AttentionRun:
    trace = run_of(setup)
    states = trace.hs[1:]
    attention = attend(states, sharpness)
    ones, last = np.ones(setup.hidden_size), np.zeros_like(states)
    last[-1] = ones
    direct = attend_backward(attention, ones).dstates
    without_attention, with_attention = (_lengths(bptt(trace, each).dhs) for each in (last, direct))
    weights = attention_map(states, sharpness)
    return AttentionRun(trace.xs, trace.hs, attention, weights, without_attention, with_attention, _lengths(direct))


@dataclass(frozen=True)
class LSTMForm:
    trace: LSTMTrace
    parameters: int


def lstm_forms(setup: SequenceSetup, peephole: float) -> dict[LSTMVariant, LSTMForm]:
    """The four forms with equal values of the weights that they share; every peephole weight is `peephole`."""
    return {variant: _lstm_form(setup, variant, peephole) for variant in VARIANTS}


def _lstm_form(setup: SequenceSetup, variant: LSTMVariant, peephole: float) -> LSTMForm:
    whole = cast(LSTMParams, params_of(replace(setup, form="lstm")))
    names = LSTMParams.shapes(1, setup.hidden_size, variant)
    weights = {name: weight for name, weight in weights_of(whole).items() if name in names}
    peepholes = {name: np.full(shape, peephole) for name, shape in names.items() if name.startswith("w_c")}
    params = cast(LSTMParams, make_params("lstm", weights | peepholes, {"variant": variant}))
    return LSTMForm(run(params, inputs_of(setup)), count_parameters(params))


@dataclass(frozen=True)
class Padded:
    """One sequence of a padded batch, packed and unpacked; the states are in the order of the input."""

    mask: Mask  # (B, T) true on the sequences
    xs: Array  # (T, 1) of the last sequence, with the filler after its end
    packed_forward: Array  # (N, H) its own N steps: the padding is not read
    packed_backward: Array  # (N, H)
    read_forward: Array  # (T, H) the padding is read like input
    read_backward: Array  # (T, H)
    masked_gap: float  # the largest difference between packed and masked states in the batch


def padded(setup: SequenceSetup, lengths: Sequence[int], filler: float) -> Padded:
    """Sequences of these lengths in one bidirectional batch of T steps; the result is that of the last one."""
    B, T, H = len(lengths), setup.steps, setup.hidden_size
    mask = np.arange(T) < np.array(lengths)[:, None]
    signals = np.stack([inputs_of(replace(setup, seed=setup.seed + b)) for b in range(B)])
    batch = np.where(mask[:, :, None], signals, filler)
    stack = stack_of(setup, bidirectional=True)
    packed = run_padded(stack, batch, mask)
    read, own = run_stack(stack, batch[-1]).ys, packed.ys[-1, : lengths[-1]]
    gap = max(_masked_gap(stack, batch[b], mask[b], packed.ys[b], packed.h_n[b]) for b in range(B))
    return Padded(
        mask,
        batch[-1],
        packed_forward=own[:, :H].copy(),
        packed_backward=own[:, H:].copy(),
        read_forward=read[:, :H].copy(),
        read_backward=read[:, H:].copy(),
        masked_gap=gap,
    )


def masked_states(params: Params, xs: Array, mask: Mask) -> Array:
    """(T, H): every step is computed, and the state keeps its previous value where the mask is false."""
    h, c, states = np.zeros(params.hidden_size), np.zeros(params.hidden_size), list[Array]()
    for t, real in enumerate(mask):
        step = _run_from(params, xs[t : t + 1], h, c)
        if real:
            h, c = _end(step)
        states.append(h)
    return np.array(states)


def _masked_gap(stack: StackParams, xs: Array, mask: Mask, packed_ys: Array, packed_ends: Array) -> float:
    forward = masked_states(stack.forward[0], xs, mask)
    backward = masked_states(stack.backward[0], xs[::-1], mask[::-1])[::-1]
    ys = np.concatenate([forward, backward], axis=1)[mask]
    ends = np.stack([forward[-1], backward[0]])
    return float(max(np.abs(ys - packed_ys[mask]).max(), np.abs(ends - packed_ends).max()))


@dataclass(frozen=True)
class ChunkedRun:
    """One long sequence read as a whole, and in chunks with and without the state of the previous chunk."""

    whole: Array  # (T+1, H)
    carried_state: Array  # (T+1, H)
    zero_state: Array  # (T+1, H) each chunk begins with the zero state
    full: Array  # (T+1,) norm of the gradient on h_0..h_T without truncation
    truncated: Array  # (T+1,) the same with a separate backward pass per chunk
    truncated_gap: float  # the largest difference between `truncated` and the result of truncated BPTT
    weights_length: float  # the norm of the weights' gradient in chunks, relative to that of the full one
    weights_cosine: float  # the cosine of the angle between these two gradients


def chunked_run(setup: SequenceSetup, chunk: int, *, every_step: bool) -> ChunkedRun:
    """The loss is the sum of h over the units, at every step or at the last one."""
    params, trace = params_of(setup), run_of(setup)
    carried_state = _chunks(params, trace.xs, chunk, carry_state=True)
    zero_state = _chunks(params, trace.xs, chunk, carry_state=False)
    direct = np.zeros_like(trace.hs[1:])
    direct[slice(None) if every_step else slice(-1, None)] = 1.0
    full, truncated = bptt(trace, direct), bptt(trace, direct, truncate=chunk)
    starts = range(0, len(direct), chunk)
    chunk_grads = [bptt(each, direct[at : at + chunk]) for each, at in zip(carried_state, starts, strict=True)]
    # The last h of a chunk belongs to that chunk: no gradient from the next chunk reaches it.
    dhs = np.concatenate([chunk_grads[0].dhs[:1], *(each.dhs[1:] for each in chunk_grads)])
    of_chunks = sum(_flat(each.params) for each in chunk_grads)
    whole = _flat(full.params)
    lengths = float(np.linalg.norm(of_chunks)), float(np.linalg.norm(whole))
    gap = max(np.abs(dhs - truncated.dhs).max(), np.abs(of_chunks - _flat(truncated.params)).max())
    return ChunkedRun(
        trace.hs.copy(),
        _joined(carried_state),
        _joined(zero_state),
        _lengths(full.dhs),
        _lengths(dhs),
        float(gap),
        lengths[0] / lengths[1],
        float(of_chunks @ whole) / (lengths[0] * lengths[1]),
    )


def _chunks(params: Params, xs: Array, chunk: int, *, carry_state: bool) -> list[AnyTrace]:
    zeros = np.zeros(params.hidden_size)
    state, traces = (zeros, zeros), list[AnyTrace]()
    for at in range(0, len(xs), chunk):
        traces.append(_run_from(params, xs[at : at + chunk], *state))
        state = _end(traces[-1]) if carry_state else (zeros, zeros)
    return traces


def _run_from(params: Params, xs: Array, h: Array, c: Array) -> AnyTrace:
    return run(params, xs, h, c if isinstance(params, LSTMParams) else None)


def _end(trace: AnyTrace) -> tuple[Array, Array]:
    """h and c after the last step; c is zero for cells other than the LSTM."""
    h = trace.hs[-1]
    return h, trace.cs[-1] if isinstance(trace, LSTMTrace) else np.zeros_like(h)


def _joined(traces: Sequence[AnyTrace]) -> Array:
    return np.concatenate([traces[0].hs[:1], *(each.hs[1:] for each in traces)])


def _lengths(rows: Array) -> Array:
    return np.asarray(np.linalg.norm(rows, axis=1))


def _flat(params: Params) -> Array:
    return np.concatenate([weight.ravel() for weight in weights_of(params).values()])
