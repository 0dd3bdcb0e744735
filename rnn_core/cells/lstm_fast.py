"""The fast LSTM: a whole run forward and backward, with one matrix product for all gates and one allocation of memory.

Each step computes what `lstm.step` computes, and keeps every value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import ONE, sigmoid, sigmoid_slope, tanh_slope
from rnn_core.cells.interventions import InterventionMasks, Override
from rnn_core.cells.lstm import STACKED, LSTMGradients, LSTMParams, LSTMTrace, Peepholes
from rnn_core.cells.rows import allocate, gradient_buffers, last_first


def step(
    W_h: Array, coupled: bool, peepholes: Peepholes | None, override: Override | None, row: Sequence[Array]
) -> None:
    """One step forward: reads h_{t-1} and c_{t-1}, fills the rest of the row in place.

    `a` holds the pre-activations of all gates, W_x x_t + b when the step starts; `sigma` the gates to
    which sigma is applied at once, `a_sigma` their part of `a`.
    """
    h_prev, c_prev, a_h, a, a_sigma, a_g, sigma, i, f, g, o, kept, written, c, tanh_c, h = row
    W_h.dot(h_prev, a_h)
    np.add(a, a_h, a)
    if peepholes:
        w_ci, w_cf, w_co = peepholes
        a_o, a_i, a_f, _ = a.reshape(4, -1)
        a_i += w_ci * c_prev
        a_f += w_cf * c_prev
    sigmoid(a_sigma, sigma)
    np.tanh(a_g, g)
    if override:
        override("forget_gate", f)
    if coupled:
        np.subtract(ONE, f, i)
    if override:
        override("input_gate", i)
        override("candidate", g)
    np.multiply(f, c_prev, kept)
    np.multiply(i, g, written)
    np.add(kept, written, c)
    if override:
        override("c", c)
    if peepholes:
        a_o += w_co * c
        sigmoid(a_o, o)
    if override:
        override("output_gate", o)
    np.tanh(c, tanh_c)
    np.multiply(o, tanh_c, h)
    if override:
        override("h", h)


def step_back(W_h: Array, peepholes: Peepholes | None, sent: Array | None, row: Sequence[Array]) -> None:
    """The same step backward: reads the gradients on h_t and c_t, adds to those on h_{t-1} and c_{t-1}.

    No gradient reaches them where `sent` is None. `da` is the gradient on the pre-activations of all gates.
    """
    (h_by_o, h_by_c, c_by_gates, c_by_c), row = row[:4], row[4:]
    dh, dc, from_output, from_peepholes, da, da_o, da_gates, da_flat = row[:8]
    dh_prev, dc_prev, from_forget, from_peepholes_prev = row[8:]
    np.multiply(dh, h_by_o, da_o)
    np.multiply(dh, h_by_c, from_output)
    np.add(dc, from_output, dc)
    if peepholes:  # o_t has read c_t
        w_ci, w_cf, w_co = peepholes
        from_peepholes += da_o * w_co
        dc += da_o * w_co
    np.multiply(dc, c_by_gates, da_gates)
    if sent is not None:
        np.multiply(dc, c_by_c, from_forget)
        np.add(dc_prev, from_forget, dc_prev)
        if peepholes:  # i_t and f_t have read c_{t-1}
            _, da_i, da_f, _ = da
            np.add(da_i * w_ci, da_f * w_cf, from_peepholes_prev)
            dc_prev += from_peepholes_prev
        da_flat.dot(W_h, sent)
        np.add(dh_prev, sent, dh_prev)


def forward(params: LSTMParams, xs: Array, h_0: Array, c_0: Array, masks: InterventionMasks) -> LSTMTrace:
    T, H, stacked, peepholes = len(xs), params.hidden_size, STACKED[params.variant], params.peepholes
    at = {gate: slice(k * H, (k + 1) * H) for k, gate in enumerate(stacked)}
    pre_x, pre_h, pre, values = allocate(*[(T, len(stacked) * H)] * 4)
    hs, cs, tanh_c, kept, written, no_weights = allocate(*[(T + 1, H)] * 2, *[(T, H)] * 4)
    o, g = values[:, at["o"]], values[:, at["g"]]
    i = values[:, at["i"]] if "i" in at else no_weights
    f = values[:, at["f"]] if "f" in at else no_weights
    together = slice(H if peepholes else 0, at["g"].start)  # with a peephole, o is computed after c_t

    np.matmul(xs, params.stack("W_x").T, out=pre_x)  # for all steps at once, because it does not depend on h
    np.add(pre_x, params.stack("b_"), pre)
    if "f" not in at:
        f[:] = 1.0
    hs[0], cs[0] = h_0, c_0

    W_h, coupled = params.stack("W_h"), params.variant == "coupled"
    sums, gates = (pre_h, pre, pre[:, together], pre[:, at["g"]]), (values[:, together], i, f, g, o)
    rows = zip(hs[:-1], cs[:-1], *sums, *gates, kept, written, cs[1:], tanh_c, hs[1:], strict=True)
    for t, row in enumerate(rows):
        step(W_h, coupled, peepholes, masks.at(t) if masks else None, row)

    def maybe(gate: str, stack: Array) -> Array | None:
        return stack[:, at[gate]] if gate in at else None

    return LSTMTrace(
        xs,
        hs,
        params,
        cs,
        input_gate=i,
        forget_gate=f,
        candidate=g,
        output_gate=o,
        tanh_c=tanh_c,
        candidate_x=pre_x[:, at["g"]],
        candidate_h=pre_h[:, at["g"]],
        candidate_pre=pre[:, at["g"]],
        output_gate_x=pre_x[:, at["o"]],
        output_gate_h=pre_h[:, at["o"]],
        output_gate_pre=pre[:, at["o"]],
        input_gate_x=maybe("i", pre_x),
        input_gate_h=maybe("i", pre_h),
        input_gate_pre=maybe("i", pre),
        forget_gate_x=maybe("f", pre_x),
        forget_gate_h=maybe("f", pre_h),
        forget_gate_pre=maybe("f", pre),
        input_gate_c=peepholes[0] * cs[:-1] if peepholes else None,
        forget_gate_c=peepholes[1] * cs[:-1] if peepholes else None,
        output_gate_c=peepholes[2] * cs[1:] if peepholes else None,
        interventions=masks.interventions,
    )


@dataclass(frozen=True)
class LSTMSlopes:
    """The local derivative along every edge of every step, 0 where an intervention overrides the result."""

    h_by_o: Array  # (T, H) dh_t / do_t
    h_by_tanh_c: Array  # (T, H) dh_t / d(tanh c_t)
    h_by_c: Array  # (T, H) dh_t / dc_t, through tanh(c_t)
    c_by_c: Array  # (T, H) dc_t / dc_{t-1} along the cell
    c_by_i: Array  # (T, H) dc_t / di_t
    c_by_f: Array  # (T, H) dc_t / df_t; with coupled gates also through i = 1 - f
    c_by_g: Array  # (T, H) dc_t / dg_t
    i_by_pre: Array  # (T, H) the slopes of the activation functions
    f_by_pre: Array  # (T, H)
    g_by_pre: Array  # (T, H)
    o_by_pre: Array  # (T, H)


def slopes(trace: LSTMTrace, masks: InterventionMasks) -> LSTMSlopes:
    i, f, g, o = trace.input_gate, trace.forget_gate, trace.candidate, trace.output_gate
    c_prev = trace.cs[:-1]
    c_by_f = c_prev - masks.without_overridden("input_gate", g) if trace.params.variant == "coupled" else c_prev
    h_by_tanh_c = masks.without_overridden("h", o)
    return LSTMSlopes(
        h_by_o=masks.without_overridden("h", trace.tanh_c),
        h_by_tanh_c=h_by_tanh_c,
        h_by_c=h_by_tanh_c * tanh_slope(trace.tanh_c),
        c_by_c=masks.without_overridden("c", f),
        c_by_i=masks.without_overridden("c", g),
        c_by_f=masks.without_overridden("c", c_by_f),
        c_by_g=masks.without_overridden("c", i),
        i_by_pre=masks.without_overridden("input_gate", sigmoid_slope(i)),
        f_by_pre=masks.without_overridden("forget_gate", sigmoid_slope(f)),
        g_by_pre=masks.without_overridden("candidate", tanh_slope(g)),
        o_by_pre=masks.without_overridden("output_gate", sigmoid_slope(o)),
    )


def backward(
    trace: LSTMTrace, masks: InterventionMasks, dhs_direct: Array, dcs_direct: Array, truncate: int | None
) -> LSTMGradients:
    (T, H), params, local = dhs_direct.shape, trace.params, slopes(trace, masks)
    stacked, peepholes = STACKED[params.variant], params.peepholes
    at = {gate: k for k, gate in enumerate(stacked)}
    dpre, c_by_pre = allocate((T, len(stacked), H), (T, len(stacked) - 1, H))
    dhs, dcs, through_forget, through_output, through_peepholes = sums = allocate(*[(T + 1, H)] * 5)
    for each in sums:
        each[:] = 0.0
    dhs[1:], dcs[1:] = dhs_direct, dcs_direct  # step_back adds the gradient from step t + 1
    h_by_o_pre = local.h_by_o * local.o_by_pre
    for k, gate in enumerate(stacked[1:]):  # all but o, which c_t does not depend on
        np.multiply(getattr(local, f"c_by_{gate}"), getattr(local, f"{gate}_by_pre"), c_by_pre[:, k])

    W_h, flat = params.stack("W_h"), dpre.reshape(T, -1)
    known = (h_by_o_pre, local.h_by_c, c_by_pre, local.c_by_c)
    made = (dhs[1:], dcs[1:], through_output[1:], through_peepholes[1:], dpre, dpre[:, 0], dpre[:, 1:], flat)
    back = (dhs[:-1], dcs[:-1], through_forget[:-1], through_peepholes[:-1])
    for sent, row in zip(gradient_buffers(T, H, truncate), last_first(*known, *made, *back), strict=True):
        step_back(W_h, peepholes, sent, row)

    d_stacks = {"W_x": flat.T @ trace.xs, "W_h": flat.T @ trace.hs[:-1], "b_": flat.sum(0)}
    weights: dict[str, Any] = dict.fromkeys(LSTMParams.shapes(0, 0))  # None where the variant has no such weight
    weights |= {kind + gate: rows[at[gate] * H : (at[gate] + 1) * H] for kind, rows in d_stacks.items() for gate in at}
    if peepholes:
        for gate, cells in (("i", trace.cs[:-1]), ("f", trace.cs[:-1]), ("o", trace.cs[1:])):
            weights["w_c" + gate] = (dpre[:, at[gate]] * cells).sum(0)
    return LSTMGradients(
        flat @ params.stack("W_x"),
        dhs,
        dhs_direct,
        LSTMParams(**weights, variant=params.variant),
        dcs,
        dinput_gate=dcs[1:] * local.c_by_i,
        dforget_gate=dcs[1:] * local.c_by_f,
        dcandidate=dcs[1:] * local.c_by_g,
        doutput_gate=dhs[1:] * local.h_by_o,
        dtanh_c=dhs[1:] * local.h_by_tanh_c,
        dinput_gate_pre=dpre[:, at["i"]] if "i" in at else None,
        dforget_gate_pre=dpre[:, at["f"]] if "f" in at else None,
        dcandidate_pre=dpre[:, at["g"]],
        doutput_gate_pre=dpre[:, 0],
        dcs_through_forget=through_forget,
        dcs_through_output=through_output,
        dcs_through_peepholes=through_peepholes,
        dcs_direct=dcs_direct,
        trace=trace,
        truncate=truncate,
    )
