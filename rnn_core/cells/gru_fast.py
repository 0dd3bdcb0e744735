"""The fast GRU: a whole run forward and backward, with one matrix product for all gates and one allocation of memory.

Each step computes what `gru.step` computes, and keeps every value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import ONE, sigmoid, sigmoid_slope, tanh_slope
from rnn_core.cells.gru import GRUGradients, GRUParams, GRUTrace
from rnn_core.cells.interventions import InterventionMasks, Override
from rnn_core.cells.rows import allocate, gradient_buffers, last_first


def step(W_h: Array, b_hn: Array | None, after: bool, override: Override | None, row: Sequence[Array]) -> None:
    """One step forward: reads h_{t-1}, fills the rest of the row in place.

    `a` are pre-activations: W_x x_t + b when the step starts. `rz` is the concatenation of r and z, to which sigma is applied at once.
    """
    (h_prev, a_h, a_h_rz, candidate_h, a_rz, a_n), row = row[:6], row[6:]
    rz, r, z, n, reset_h, not_z, keep, write, kept, written, h = row
    if after:
        W_h.dot(h_prev, a_h)
        if b_hn is not None:
            np.add(candidate_h, b_hn, candidate_h)
    else:
        W_h[: len(rz)].dot(h_prev, a_h_rz)
    np.add(a_rz, a_h_rz, a_rz)
    sigmoid(a_rz, rz)
    if override:
        override("reset_gate", r)
        override("update_gate", z)
    if after:
        np.multiply(r, candidate_h, reset_h)
        np.add(a_n, reset_h, a_n)
    else:
        np.multiply(r, h_prev, reset_h)
        W_h[len(rz) :].dot(reset_h, candidate_h)
        np.add(a_n, candidate_h, a_n)
    np.tanh(a_n, n)
    if override:
        override("candidate", n)
    np.subtract(ONE, z, not_z)
    np.multiply(keep, h_prev, kept)
    np.multiply(write, n, written)
    np.add(kept, written, h)
    if override:
        override("h", h)


def step_back(W_h: Array, after: bool, sent: Array | None, row: Sequence[Array]) -> None:
    """The same step backward: reads the gradient on h_t and adds to that on h_{t-1}, unless `sent` is None.

    `dproducts` are the gradients on the products W_h h of r, z and the candidate, `dflat` the same as one vector.
    """
    (h_by_h, h_by_z_pre, h_by_n_pre, reset_h_by_r_pre, r), row = row[:5], row[5:]
    dh, dproducts, dflat, dreset_h, carried, dh_prev = row
    dr_pre, dz_pre, dcandidate_h = dproducts
    np.multiply(dh, h_by_z_pre, dz_pre)
    if after:
        np.multiply(dh, h_by_n_pre, dreset_h)
        np.multiply(dreset_h, r, dcandidate_h)
    else:
        np.multiply(dh, h_by_n_pre, dcandidate_h)
        dcandidate_h.dot(W_h[2 * len(dh) :], dreset_h)
    np.multiply(dreset_h, reset_h_by_r_pre, dr_pre)
    if sent is not None:
        np.multiply(dh, h_by_h, carried)
        np.add(dh_prev, carried, dh_prev)
        if after:
            dflat.dot(W_h, sent)
        else:
            dflat[: 2 * len(dh)].dot(W_h[: 2 * len(dh)], sent)
            np.add(sent, dreset_h * r, sent)
        np.add(dh_prev, sent, dh_prev)


def forward(params: GRUParams, xs: Array, h_0: Array, masks: InterventionMasks) -> GRUTrace:
    T, H, after = len(xs), params.hidden_size, params.reset == "after"
    r_, z_, n_, rz_ = slice(0, H), slice(H, 2 * H), slice(2 * H, 3 * H), slice(0, 2 * H)
    pre_x, pre_h, pre, values = allocate(*[(T, 3 * H)] * 4)
    hs, reset_h, not_z, kept, written = allocate((T + 1, H), *[(T, H)] * 4)
    r, z, n = values[:, r_], values[:, z_], values[:, n_]
    keep, write = (z, not_z) if params.z_keeps else (not_z, z)

    np.matmul(xs, params.stack("W_x").T, out=pre_x)  # for all steps at once, because it does not depend on h
    np.add(pre_x, params.stack("b_"), pre)
    hs[0] = h_0

    W_h = params.stack("W_h")
    sums = (pre_h, pre_h[:, rz_], pre_h[:, n_], pre[:, rz_], pre[:, n_])
    gates = (values[:, rz_], r, z, n, reset_h, not_z, keep, write)
    for t, row in enumerate(zip(hs[:-1], *sums, *gates, kept, written, hs[1:], strict=True)):
        step(W_h, params.b_hn, after, masks.at(t) if masks else None, row)

    return GRUTrace(
        xs,
        hs,
        params,
        reset_gate=r,
        update_gate=z,
        candidate=n,
        reset_gate_x=pre_x[:, r_],
        reset_gate_h=pre_h[:, r_],
        reset_gate_pre=pre[:, r_],
        update_gate_x=pre_x[:, z_],
        update_gate_h=pre_h[:, z_],
        update_gate_pre=pre[:, z_],
        candidate_x=pre_x[:, n_],
        candidate_h=pre_h[:, n_],
        candidate_pre=pre[:, n_],
        reset_h=reset_h,
        interventions=masks.interventions,
    )


@dataclass(frozen=True)
class GRUSlopes:
    """The local derivative along every edge of every step, 0 where an intervention overrides the result."""

    h_by_h: Array  # (T, H) dh_t / dh_{t-1} along the carry: the part that is kept
    h_by_z: Array  # (T, H) dh_t / dz_t
    h_by_n: Array  # (T, H) dh_t / dn_t: the part that the candidate replaces
    z_by_pre: Array  # (T, H)
    n_by_pre: Array  # (T, H)
    r_by_pre: Array  # (T, H)
    reset_h_by_r: Array  # (T, H) d(reset_h_t) / dr_t: candidate_h_t (after) or h_{t-1} (before)


def slopes(trace: GRUTrace, masks: InterventionMasks) -> GRUSlopes:
    r, z, n, h_prev = trace.reset_gate, trace.update_gate, trace.candidate, trace.hs[:-1]
    keeps = trace.params.z_keeps
    return GRUSlopes(
        h_by_h=masks.without_overridden("h", z if keeps else 1.0 - z),
        h_by_z=masks.without_overridden("h", h_prev - n if keeps else n - h_prev),
        h_by_n=masks.without_overridden("h", 1.0 - z if keeps else z),
        z_by_pre=masks.without_overridden("update_gate", sigmoid_slope(z)),
        n_by_pre=masks.without_overridden("candidate", tanh_slope(n)),
        r_by_pre=masks.without_overridden("reset_gate", sigmoid_slope(r)),
        reset_h_by_r=trace.candidate_h if trace.params.reset == "after" else h_prev,
    )


def backward(trace: GRUTrace, masks: InterventionMasks, dhs_direct: Array, truncate: int | None) -> GRUGradients:
    (T, H), params, local = dhs_direct.shape, trace.params, slopes(trace, masks)
    after, r, h_prev = params.reset == "after", trace.reset_gate, trace.hs[:-1]
    h_by_z_pre, h_by_n_pre = local.h_by_z * local.z_by_pre, local.h_by_n * local.n_by_pre
    reset_h_by_r_pre = local.reset_h_by_r * local.r_by_pre

    dhs, through_carry, dproducts, dreset_h = allocate((T + 1, H), (T + 1, H), (T, 3, H), (T, H))
    dhs[0], dhs[1:] = 0.0, dhs_direct  # step_back adds the gradient from step t + 1
    through_carry[:] = 0.0
    W_h, flat = params.stack("W_h"), dproducts.reshape(T, 3 * H)
    known = (local.h_by_h, h_by_z_pre, h_by_n_pre, reset_h_by_r_pre, r)
    rows = last_first(*known, dhs[1:], dproducts, flat, dreset_h, through_carry[:-1], dhs[:-1])
    for sent, row in zip(gradient_buffers(T, H, truncate), rows, strict=True):
        step_back(W_h, after, sent, row)

    dr_pre, dz_pre, dcandidate_h = dproducts[:, 0], dproducts[:, 1], dproducts[:, 2]
    dn_pre = dreset_h if after else dcandidate_h
    dpre = np.concatenate((dr_pre, dz_pre, dn_pre), axis=1)
    d_W_x, d_W_h, d_b = dpre.T @ trace.xs, flat.T @ h_prev, dpre.sum(0)
    weights = GRUParams(
        d_W_x[:H],
        d_W_x[H : 2 * H],
        d_W_x[2 * H :],
        d_W_h[:H],
        d_W_h[H : 2 * H],
        d_W_h[2 * H :] if after else dcandidate_h.T @ trace.reset_h,
        d_b[:H],
        d_b[H : 2 * H],
        d_b[2 * H :],
        b_hn=None if params.b_hn is None else dcandidate_h.sum(0),
        reset=params.reset,
        z_keeps=params.z_keeps,
    )
    return GRUGradients(
        dpre @ params.stack("W_x"),
        dhs,
        dhs_direct,
        weights,
        dreset_gate=dreset_h * local.reset_h_by_r,
        dupdate_gate=dhs[1:] * local.h_by_z,
        dcandidate=dhs[1:] * local.h_by_n,
        dreset_gate_pre=dr_pre,
        dupdate_gate_pre=dz_pre,
        dcandidate_pre=dn_pre,
        dreset_h=dreset_h,
        dcandidate_h=dcandidate_h,
        dhs_through_carry=through_carry,
        trace=trace,
        truncate=truncate,
    )
