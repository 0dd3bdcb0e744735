r"""The GRU (Cho et al. 2014), in its four published forms.

$$r_t = \sigma(W_{xr} x_t + W_{hr} h_{t-1} + b_r) \qquad z_t = \sigma(W_{xz} x_t + W_{hz} h_{t-1} + b_z)$$
`reset="after"` (torch, cuDNN, Keras `reset_after=True`):
$$n_t = \tanh(W_{xn} x_t + b_n + r_t \odot (W_{hn} h_{t-1} + b_{hn}))$$
`reset="before"` (Cho et al. 2014, Keras `reset_after=False`):
$$n_t = \tanh(W_{xn} x_t + b_n + W_{hn} (r_t \odot h_{t-1}))$$
`z_keeps=True`:  $h_t = z_t \odot h_{t-1} + (1 - z_t) \odot n_t$;
`z_keeps=False`: $h_t = (1 - z_t) \odot h_{t-1} + z_t \odot n_t$.

Backward, with $\delta v$ the gradient on $v$ and $k_t$ the part of $h_{t-1}$ that is kept ($z_t$ or $1 - z_t$):
$$\delta n_t = \delta h_t \odot (1 - k_t), \qquad
\delta z_t = \pm\,\delta h_t \odot (h_{t-1} - n_t), \qquad
\delta h_{t-1} \mathrel{+}= \delta h_t \odot k_t$$
and what reaches the pre-activations of r, z and n goes on to $h_{t-1}$ through $W_h^\top$.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.cells.activations import sigmoid, sigmoid_slope, tanh_slope
from rnn_core.interventions import Holds
from rnn_core.types import Array, Cell, Factors, Gradients, Trace

Reset = Literal["after", "before"]
RESETS: tuple[Reset, ...] = ("after", "before")


@dataclass(frozen=True)
class GRUParams:
    W_xr: Array  # (H, X)
    W_xz: Array  # (H, X)
    W_xn: Array  # (H, X)
    W_hr: Array  # (H, H)
    W_hz: Array  # (H, H)
    W_hn: Array  # (H, H)
    b_r: Array  # (H,)
    b_z: Array  # (H,)
    b_n: Array  # (H,)
    b_hn: Array | None = None  # (H,) the inner bias; only with reset="after"
    reset: Reset = "after"
    z_keeps: bool = True

    cell: ClassVar[Cell] = "gru"

    @property
    def input_size(self) -> int:
        return int(self.W_xn.shape[1])

    @property
    def hidden_size(self) -> int:
        return int(self.W_xn.shape[0])

    @staticmethod
    def shapes(X: int, H: int, reset: Reset = "after") -> dict[str, tuple[int, ...]]:
        """The shape of every weight that the form has, by name."""
        shapes: dict[str, tuple[int, ...]] = {f"W_x{gate}": (H, X) for gate in "rzn"}
        shapes |= {f"W_h{gate}": (H, H) for gate in "rzn"}
        shapes |= {f"b_{gate}": (H,) for gate in "rzn"}
        return shapes | ({"b_hn": (H,)} if reset == "after" else {})

    def stack(self, prefix: str) -> Array:
        """The gates' weights above one another in the order r, z, n: `stack("W_h")` is (3H, H)."""
        return np.concatenate([getattr(self, prefix + gate) for gate in "rzn"], dtype=np.float64)


@dataclass(frozen=True)
class GRUTrace(Trace):
    params: GRUParams
    reset_gate: Array  # (T, H)
    update_gate: Array  # (T, H)
    candidate: Array  # (T, H)
    reset_gate_x: Array  # (T, H)
    reset_gate_h: Array  # (T, H)
    reset_gate_pre: Array  # (T, H)
    update_gate_x: Array
    update_gate_h: Array
    update_gate_pre: Array
    candidate_x: Array  # (T, H) W_xn @ x_t
    candidate_h: Array  # (T, H) after: W_hn @ h_{t-1} + b_hn; before: W_hn @ (r_t * h_{t-1})
    candidate_pre: Array  # (T, H)
    reset_h: Array  # (T, H) after: r_t * candidate_h; before: r_t * h_{t-1}

    gates: ClassVar[tuple[str, ...]] = ("reset_gate", "update_gate", "candidate")

    @property
    def order(self) -> tuple[str, ...]:
        """The fields in the order of computation, within a step."""
        inner = ("candidate_h", "reset_h") if self.params.reset == "after" else ("reset_h", "candidate_h")
        return (
            *("reset_gate_x", "reset_gate_h", "reset_gate_pre", "reset_gate"),
            *("update_gate_x", "update_gate_h", "update_gate_pre", "update_gate"),
            *("candidate_x", *inner, "candidate_pre", "candidate", "hs"),
        )


@dataclass(frozen=True)
class GRUGradients(Gradients):
    params: GRUParams
    dreset_gate: Array  # (T, H)
    dupdate_gate: Array  # (T, H)
    dcandidate: Array  # (T, H)
    dreset_gate_pre: Array  # (T, H)
    dupdate_gate_pre: Array  # (T, H)
    dcandidate_pre: Array  # (T, H)
    dreset_h: Array  # (T, H)
    dcandidate_h: Array  # (T, H)
    trace: GRUTrace

    paths: ClassVar[tuple[str, ...]] = ("direct", "carry", "reset_gate", "update_gate", "candidate")

    def factors(self, weight: str) -> Factors:
        trace, kind, gate = self.trace, weight[:-1], weight[-1]
        if weight == "b_hn":
            return Factors(self.dcandidate_h, None)
        if weight == "W_hn":
            return Factors(self.dcandidate_h, trace.hs[:-1] if trace.params.reset == "after" else trace.reset_h)
        left = {"r": self.dreset_gate_pre, "z": self.dupdate_gate_pre, "n": self.dcandidate_pre}[gate]
        return Factors(left, {"W_x": trace.xs, "W_h": trace.hs[:-1], "b_": None}[kind])


def forward(params: GRUParams, xs: Array, h_0: Array, holds: Holds) -> GRUTrace:
    T, H = len(xs), params.hidden_size
    after, held = params.reset == "after", bool(holds)
    r_, z_, n_ = slice(0, H), slice(H, 2 * H), slice(2 * H, 3 * H)
    rz_ = slice(0, 2 * H)

    pre_x = xs @ params.stack("W_x").T  # (T, 3H) for every step at once: nothing here waits for h
    pre_xb = pre_x + params.stack("b_")
    W_h, W_hn = params.stack("W_h"), params.W_hn
    W_hrz = W_h[rz_]
    pre_h, pre, values = np.empty_like(pre_x), np.empty_like(pre_x), np.empty_like(pre_x)
    pre_h_rz, candidate_h = pre_h[:, rz_], pre_h[:, n_]
    r, z, n = values[:, r_], values[:, z_], values[:, n_]
    hs, reset_h, not_z = np.empty((T + 1, H)), np.empty((T, H)), np.empty((T, H))
    keep, write = (z, not_z) if params.z_keeps else (not_z, z)
    kept, written = np.empty(H), np.empty(H)
    b_hn = np.zeros(H) if params.b_hn is None else params.b_hn
    hs[0] = h_0

    for t in range(T):
        h = hs[t]
        if after:
            W_h.dot(h, pre_h[t])
            np.add(candidate_h[t], b_hn, candidate_h[t])
        else:
            W_hrz.dot(h, pre_h_rz[t])
        np.add(pre_xb[t, rz_], pre_h_rz[t], pre[t, rz_])
        sigmoid(pre[t, rz_], values[t, rz_])
        if held:
            holds.put("reset_gate", t, r[t])
            holds.put("update_gate", t, z[t])
        if after:
            np.multiply(r[t], candidate_h[t], reset_h[t])
            np.add(pre_xb[t, n_], reset_h[t], pre[t, n_])
        else:
            np.multiply(r[t], h, reset_h[t])
            W_hn.dot(reset_h[t], candidate_h[t])
            np.add(pre_xb[t, n_], candidate_h[t], pre[t, n_])
        np.tanh(pre[t, n_], n[t])
        if held:
            holds.put("candidate", t, n[t])
        np.subtract(1.0, z[t], not_z[t])
        np.multiply(keep[t], h, kept)
        np.multiply(write[t], n[t], written)
        np.add(kept, written, hs[t + 1])
        if held:
            holds.put("h", t, hs[t + 1])

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
        candidate_h=candidate_h,
        candidate_pre=pre[:, n_],
        reset_h=reset_h,
    )


@dataclass(frozen=True)
class GRUSlopes:
    """The local derivative along every edge of every step, 0 behind a value that an intervention holds."""

    h_by_h: Array  # (T, H) dh_t / dh_{t-1} along the carry: z_t, or 1 - z_t
    h_by_z: Array  # (T, H) dh_t / d(pre-activation of z_t)
    h_by_n: Array  # (T, H) dh_t / d(pre-activation of n_t)
    reset_h_by_r: Array  # (T, H) d(reset_h_t) / d(pre-activation of r_t)
    reset_h_by_inner: Array  # (T, H) r_t: d(reset_h_t) / d(candidate_h_t) for "after", / dh_{t-1} for "before"


def slopes(trace: GRUTrace, holds: Holds) -> GRUSlopes:
    r, z, n, h = trace.reset_gate, trace.update_gate, trace.candidate, trace.hs[:-1]
    keep, write, sign = (z, 1.0 - z, 1.0) if trace.params.z_keeps else (1.0 - z, z, -1.0)
    inner = trace.candidate_h if trace.params.reset == "after" else h
    return GRUSlopes(
        h_by_h=holds.cut("h", keep.copy()),
        h_by_z=holds.cut("h", holds.cut("update_gate", sign * (h - n) * sigmoid_slope(z))),
        h_by_n=holds.cut("h", holds.cut("candidate", write * tanh_slope(n))),
        reset_h_by_r=holds.cut("reset_gate", inner * sigmoid_slope(r)),
        reset_h_by_inner=r,
    )


def backward(trace: GRUTrace, holds: Holds, dhs_direct: Array, truncate: int) -> GRUGradients:
    params, local, after = trace.params, slopes(trace, holds), trace.params.reset == "after"
    T, H = dhs_direct.shape
    W_h, W_hn = params.stack("W_h"), params.W_hn
    W_hrz = W_h[: 2 * H]
    h_prev = trace.hs[:-1]
    # The gradient on each gate's W_h product. For "after", all three are dh_t times a number that is known beforehand.
    dpre_h = np.empty((T, 3 * H))
    by_gate = dpre_h.reshape(T, 3, H)  # r, z, n
    dpre_h_rz, dcandidate_h = dpre_h[:, : 2 * H], by_gate[:, 2]
    if after:
        h_by_reset_h = local.h_by_n
        known = np.stack(
            (h_by_reset_h * local.reset_h_by_r, local.h_by_z, h_by_reset_h * local.reset_h_by_inner), axis=1
        )
    dhs, dreset_h = np.zeros((T + 1, H)), np.empty((T, H))
    carried, sent = np.empty(H), np.empty(H)
    dhs[1:] = dhs_direct
    for t in reversed(range(T)):
        dh = dhs[t + 1]
        if after:
            np.multiply(dh, known[t], by_gate[t])
        else:
            np.multiply(dh, local.h_by_n[t], dcandidate_h[t])
            dcandidate_h[t].dot(W_hn, dreset_h[t])
            np.multiply(dreset_h[t], local.reset_h_by_r[t], by_gate[t, 0])
            np.multiply(dh, local.h_by_z[t], by_gate[t, 1])
        if t % truncate or t == 0:
            np.multiply(dh, local.h_by_h[t], carried)
            np.add(dhs[t], carried, dhs[t])
            if after:
                dpre_h[t].dot(W_h, sent)
            else:
                dpre_h_rz[t].dot(W_hrz, sent)
                np.add(dhs[t], local.reset_h_by_inner[t] * dreset_h[t], dhs[t])
            np.add(dhs[t], sent, dhs[t])

    dh_made = holds.cut("h", dhs[1:].copy())
    dn_pre = dhs[1:] * local.h_by_n
    if after:
        dreset_h = dn_pre
    dpre_x = np.concatenate((dpre_h_rz, dn_pre), axis=1)
    d_W_x, d_b = dpre_x.T @ trace.xs, dpre_x.sum(0)
    d_W_hrz = dpre_h_rz.T @ h_prev
    d_W_hn = dcandidate_h.T @ (h_prev if after else trace.reset_h)
    z = trace.update_gate
    sign, write = (1.0, 1.0 - z) if params.z_keeps else (-1.0, z)
    return GRUGradients(
        dpre_x @ params.stack("W_x"),
        dhs,
        dhs_direct,
        GRUParams(
            *(d_W_x[:H], d_W_x[H : 2 * H], d_W_x[2 * H :], d_W_hrz[:H], d_W_hrz[H:], d_W_hn),
            *(d_b[:H], d_b[H : 2 * H], d_b[2 * H :], None if params.b_hn is None else dcandidate_h.sum(0)),
            reset=params.reset,
            z_keeps=params.z_keeps,
        ),
        dreset_gate=dreset_h * (trace.candidate_h if after else h_prev),
        dupdate_gate=dh_made * sign * (h_prev - trace.candidate),
        dcandidate=dh_made * write,
        dreset_gate_pre=by_gate[:, 0],
        dupdate_gate_pre=by_gate[:, 1],
        dcandidate_pre=dn_pre,
        dreset_h=dreset_h,
        dcandidate_h=dcandidate_h,
        trace=trace,
    )
