r"""The LSTM (Hochreiter and Schmidhuber 1997; forget gate: Gers, Schmidhuber and Cummins 2000).

$$i_t = \sigma(W_{xi} x_t + W_{hi} h_{t-1} + b_i) \qquad f_t = \sigma(W_{xf} x_t + W_{hf} h_{t-1} + b_f)$$
$$g_t = \tanh(W_{xg} x_t + W_{hg} h_{t-1} + b_g) \qquad o_t = \sigma(W_{xo} x_t + W_{ho} h_{t-1} + b_o)$$
$$c_t = f_t \odot c_{t-1} + i_t \odot g_t \qquad h_t = o_t \odot \tanh(c_t)$$

Variants: `no_forget` (1997: f = 1 always), `peephole` (i and f also see c_{t-1}, o also sees c_t),
`coupled` (i = 1 - f).

Backward, with $\delta v$ the gradient on $v$:
$$\delta c_t = \delta h_t \odot o_t \odot \tanh'(c_t) + \delta c_{t+1} \odot f_{t+1}, \qquad
\delta f_t = \delta c_t \odot c_{t-1}, \quad \delta i_t = \delta c_t \odot g_t, \quad
\delta g_t = \delta c_t \odot i_t, \quad \delta o_t = \delta h_t \odot \tanh(c_t)$$
and each gate's $\delta a = \delta v \odot \sigma'(a)$ goes on to $h_{t-1}$ through $W_h^\top$.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.cells.activations import sigmoid, sigmoid_slope, tanh_slope
from rnn_core.interventions import Holds
from rnn_core.types import Array, Cell, Factors, Gradients, Trace

LSTMVariant = Literal["standard", "no_forget", "peephole", "coupled"]
VARIANTS: tuple[LSTMVariant, ...] = ("standard", "no_forget", "peephole", "coupled")

# The gates that have weights, in the order in which a run stacks them: o first, so that (o, i, f), which are squashed
# by sigma, and (i, f, g), which meet in the cell, are each one block.
_STACKED: dict[LSTMVariant, str] = {"standard": "oifg", "no_forget": "oig", "peephole": "oifg", "coupled": "ofg"}


@dataclass(frozen=True)
class LSTMParams:
    """Fields that a variant does not have are None (`no_forget`: forget gate; `coupled`: input gate)."""

    W_xi: Array | None  # (H, X)
    W_xf: Array | None  # (H, X)
    W_xg: Array  # (H, X)
    W_xo: Array  # (H, X)
    W_hi: Array | None  # (H, H)
    W_hf: Array | None  # (H, H)
    W_hg: Array  # (H, H)
    W_ho: Array  # (H, H)
    b_i: Array | None  # (H,)
    b_f: Array | None  # (H,)
    b_g: Array  # (H,)
    b_o: Array  # (H,)
    w_ci: Array | None = None  # (H,) peephole: i sees c_{t-1}
    w_cf: Array | None = None  # (H,) peephole: f sees c_{t-1}
    w_co: Array | None = None  # (H,) peephole: o sees c_t
    variant: LSTMVariant = "standard"

    cell: ClassVar[Cell] = "lstm"

    @property
    def input_size(self) -> int:
        return int(self.W_xg.shape[1])

    @property
    def hidden_size(self) -> int:
        return int(self.W_xg.shape[0])

    @staticmethod
    def shapes(X: int, H: int, variant: LSTMVariant = "standard") -> dict[str, tuple[int, ...]]:
        """The shape of every weight that the variant has, by name."""
        gates = [gate for gate in "ifgo" if gate in _STACKED[variant]]
        shapes: dict[str, tuple[int, ...]] = {f"W_x{gate}": (H, X) for gate in gates}
        shapes |= {f"W_h{gate}": (H, H) for gate in gates}
        shapes |= {f"b_{gate}": (H,) for gate in gates}
        return shapes | ({f"w_c{gate}": (H,) for gate in "ifo"} if variant == "peephole" else {})

    def stack(self, prefix: str) -> Array:
        """The gates' weights above one another: `stack("W_h")` is (4H, H), one product for all gates."""
        return np.concatenate([getattr(self, prefix + gate) for gate in _STACKED[self.variant]], dtype=np.float64)


@dataclass(frozen=True)
class LSTMTrace(Trace):
    params: LSTMParams
    cs: Array  # (T+1, H) cs[0] = c_0
    input_gate: Array  # (T, H)
    forget_gate: Array  # (T, H)
    candidate: Array  # (T, H)
    output_gate: Array  # (T, H)
    tanh_c: Array  # (T, H) tanh(c_t)
    # Pre-activations, split: <gate>_pre = <gate>_x + <gate>_h (+ <gate>_c with peepholes) + b. None where the variant
    # has no such weights: i of `coupled` is 1 - f, f of `no_forget` is 1.
    input_gate_x: Array | None  # (T, H) W_xi @ x_t
    input_gate_h: Array | None  # (T, H) W_hi @ h_{t-1}
    input_gate_pre: Array | None  # (T, H)
    forget_gate_x: Array | None
    forget_gate_h: Array | None
    forget_gate_pre: Array | None
    candidate_x: Array
    candidate_h: Array
    candidate_pre: Array
    output_gate_x: Array
    output_gate_h: Array
    output_gate_pre: Array
    # None without peepholes
    input_gate_c: Array | None = None  # (T, H) w_ci * c_{t-1}
    forget_gate_c: Array | None = None  # (T, H) w_cf * c_{t-1}
    output_gate_c: Array | None = None  # (T, H) w_co * c_t

    gates: ClassVar[tuple[str, ...]] = ("input_gate", "forget_gate", "candidate", "output_gate")
    order: ClassVar[tuple[str, ...]] = (  # of computation, within a step
        *("input_gate_x", "input_gate_h", "input_gate_c", "input_gate_pre", "input_gate"),
        *("forget_gate_x", "forget_gate_h", "forget_gate_c", "forget_gate_pre", "forget_gate"),
        *("candidate_x", "candidate_h", "candidate_pre", "candidate", "cs"),
        *("output_gate_x", "output_gate_h", "output_gate_c", "output_gate_pre", "output_gate", "tanh_c", "hs"),
    )


@dataclass(frozen=True)
class LSTMGradients(Gradients):
    params: LSTMParams
    dcs: Array  # (T+1, H) total gradient on c_0..c_T
    dinput_gate: Array  # (T, H)
    dforget_gate: Array  # (T, H)
    dcandidate: Array  # (T, H)
    doutput_gate: Array  # (T, H)
    dtanh_c: Array  # (T, H)
    dinput_gate_pre: Array | None  # (T, H) None where the variant has no such weights
    dforget_gate_pre: Array | None  # (T, H)
    dcandidate_pre: Array  # (T, H)
    doutput_gate_pre: Array  # (T, H)
    # Where the gradient on c_t came from; with dcs_direct they add up to dcs
    dcs_through_forget: Array  # (T+1, H) from c_{t+1}, along the cell, times f_{t+1}
    dcs_through_output: Array  # (T+1, H) from h_t, through o_t * tanh(c_t)
    dcs_through_peepholes: Array  # (T+1, H) from the gates that look at the cell; 0 without peepholes
    dcs_direct: Array  # (T, H) the loss's own gradient on c_1..c_T, as given; 0 where none was given
    trace: LSTMTrace

    paths: ClassVar[tuple[str, ...]] = ("direct", "input_gate", "forget_gate", "candidate", "output_gate")

    def pre(self, gate: str) -> Array:
        """(T, H): the gradient on the pre-activation of the gate with this letter."""
        name = {"i": self.dinput_gate_pre, "f": self.dforget_gate_pre}
        found = {**name, "g": self.dcandidate_pre, "o": self.doutput_gate_pre}[gate]
        assert found is not None
        return found

    def factors(self, weight: str) -> Factors:
        trace, kind, gate = self.trace, weight[:-1], weight[-1]
        if kind == "w_c":
            return Factors(self.pre(gate), trace.cs[1:] if gate == "o" else trace.cs[:-1], outer=False)
        return Factors(self.pre(gate), {"W_x": trace.xs, "W_h": trace.hs[:-1], "b_": None}[kind])


def forward(params: LSTMParams, xs: Array, h_0: Array, c_0: Array, holds: Holds) -> LSTMTrace:
    T, H, stacked = len(xs), params.hidden_size, _STACKED[params.variant]
    at = {gate: slice(k * H, (k + 1) * H) for k, gate in enumerate(stacked)}
    coupled, peephole, held = params.variant == "coupled", params.variant == "peephole", bool(holds)

    pre_x = xs @ params.stack("W_x").T  # (T, 4H) for every step at once: nothing here waits for h
    pre_xb = pre_x + params.stack("b_")
    W_h = params.stack("W_h")
    pre_h, pre, values = np.empty_like(pre_x), np.empty_like(pre_x), np.empty_like(pre_x)
    o, g = values[:, at["o"]], values[:, at["g"]]
    f = values[:, at["f"]] if "f" in at else np.ones((T, H))
    i = values[:, at["i"]] if "i" in at else np.empty((T, H))
    hs, cs = np.empty((T + 1, H)), np.empty((T + 1, H))
    tanh_c, kept, written = np.empty((T, H)), np.empty(H), np.empty(H)
    hs[0], cs[0] = h_0, c_0

    first = H if peephole else 0  # with peepholes, o waits for c_t
    pre_sigma, sigma = pre[:, first : at["g"].start], values[:, first : at["g"].start]
    pre_g = pre[:, at["g"]]
    for t in range(T):
        W_h.dot(hs[t], pre_h[t])
        np.add(pre_xb[t], pre_h[t], pre[t])
        if peephole:
            pre[t, at["i"]] += params.w_ci * cs[t]
            pre[t, at["f"]] += params.w_cf * cs[t]
        sigmoid(pre_sigma[t], sigma[t])
        np.tanh(pre_g[t], g[t])
        if held:
            holds.put("forget_gate", t, f[t])
        if coupled:
            np.subtract(1.0, f[t], i[t])
        if held:
            holds.put("input_gate", t, i[t])
            holds.put("candidate", t, g[t])
        np.multiply(f[t], cs[t], kept)
        np.multiply(i[t], g[t], written)
        np.add(kept, written, cs[t + 1])
        if held:
            holds.put("c", t, cs[t + 1])
        if peephole:
            pre[t, at["o"]] += params.w_co * cs[t + 1]
            sigmoid(pre[t, at["o"]], o[t])
        if held:
            holds.put("output_gate", t, o[t])
        np.tanh(cs[t + 1], tanh_c[t])
        np.multiply(o[t], tanh_c[t], hs[t + 1])
        if held:
            holds.put("h", t, hs[t + 1])

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
        input_gate_c=params.w_ci * cs[:-1] if peephole else None,
        forget_gate_c=params.w_cf * cs[:-1] if peephole else None,
        output_gate_c=params.w_co * cs[1:] if peephole else None,
    )


@dataclass(frozen=True)
class LSTMSlopes:
    """The local derivative along every edge of every step, 0 behind a value that an intervention holds."""

    h_by_c: Array  # (T, H) dh_t / dc_t, through tanh(c_t)
    h_by_o: Array  # (T, H) dh_t / d(pre-activation of o_t)
    c_by_gates: Array  # (T, 3, H) dc_t / d(pre-activations of i_t, f_t, g_t); (T, 2, H) where a gate has no weights
    c_by_c: Array  # (T, H) dc_t / dc_{t-1} = f_t


def slopes(trace: LSTMTrace, holds: Holds) -> LSTMSlopes:
    i, f, g, o = trace.input_gate, trace.forget_gate, trace.candidate, trace.output_gate
    c_by_i = holds.cut("input_gate", g.copy())
    c_by_f = trace.cs[:-1] - c_by_i if trace.params.variant == "coupled" else trace.cs[:-1]
    by_gate = {
        "i": c_by_i * sigmoid_slope(i),
        "f": holds.cut("forget_gate", c_by_f * sigmoid_slope(f)),
        "g": holds.cut("candidate", i * tanh_slope(g)),
    }
    gates = [holds.cut("c", by_gate[gate]) for gate in _STACKED[trace.params.variant] if gate != "o"]
    return LSTMSlopes(
        h_by_c=holds.cut("h", o * tanh_slope(trace.tanh_c)),
        h_by_o=holds.cut("h", holds.cut("output_gate", trace.tanh_c * sigmoid_slope(o))),
        c_by_gates=np.stack(gates, axis=1),
        c_by_c=holds.cut("c", f.copy()),
    )


def backward(trace: LSTMTrace, holds: Holds, dhs_direct: Array, dcs_direct: Array, truncate: int) -> LSTMGradients:
    params, local, stacked = trace.params, slopes(trace, holds), _STACKED[trace.params.variant]
    T, H = dhs_direct.shape
    W_h, peephole = params.stack("W_h"), params.variant == "peephole"
    at = {gate: k for k, gate in enumerate(stacked)}
    dpre = np.empty((T, len(stacked) * H))
    by_gate = dpre.reshape(T, len(stacked), H)
    dpre_o, dpre_gates = by_gate[:, 0], by_gate[:, 1:]
    dhs, dcs, sent = np.zeros((T + 1, H)), np.zeros((T + 1, H)), np.empty(H)
    through_forget, through_output, through_peepholes = np.zeros((3, T + 1, H))
    dhs[1:], dcs[1:] = dhs_direct, dcs_direct

    for t in reversed(range(T)):
        dh, dc = dhs[t + 1], dcs[t + 1]
        np.multiply(dh, local.h_by_c[t], through_output[t + 1])
        np.multiply(dh, local.h_by_o[t], dpre_o[t])
        if peephole:
            through_peepholes[t + 1] += dpre_o[t] * params.w_co
            dc += through_peepholes[t + 1]
        np.add(dc, through_output[t + 1], dc)
        np.add(dc, through_forget[t + 1], dc)
        np.multiply(dc, local.c_by_gates[t], dpre_gates[t])
        if t % truncate or t == 0:
            np.multiply(dc, local.c_by_c[t], through_forget[t])
            if peephole:
                through_peepholes[t] = by_gate[t, at["i"]] * params.w_ci + by_gate[t, at["f"]] * params.w_cf
            dpre[t].dot(W_h, sent)
            np.add(dhs[t], sent, dhs[t])
    dcs[0] = through_forget[0] + through_peepholes[0]

    # Each weight's gradient: what its product received, times what it was multiplied with, summed over the steps.
    W_x, d_W_x, d_W_h, d_b = params.stack("W_x"), dpre.T @ trace.xs, dpre.T @ trace.hs[:-1], dpre.sum(0)
    weights: dict[str, Array | None] = {}
    for gate in "ifgo":
        rows = slice(at[gate] * H, (at[gate] + 1) * H) if gate in at else None
        for prefix, stack in (("W_x", d_W_x), ("W_h", d_W_h), ("b_", d_b)):
            weights[prefix + gate] = None if rows is None else stack[rows]
    if peephole:
        for gate, cells in (("i", trace.cs[:-1]), ("f", trace.cs[:-1]), ("o", trace.cs[1:])):
            weights["w_c" + gate] = (by_gate[:, at[gate]] * cells).sum(0)

    dc_made, dh_made = holds.cut("c", dcs[1:].copy()), holds.cut("h", dhs[1:].copy())
    dinput_gate = dc_made * trace.candidate
    dforget_gate = dc_made * trace.cs[:-1]
    if params.variant == "coupled":
        dforget_gate -= holds.cut("input_gate", dinput_gate.copy())
    return LSTMGradients(
        dpre @ W_x,
        dhs,
        dhs_direct,
        LSTMParams(**weights, variant=params.variant),  # type: ignore[arg-type]
        dcs,
        dinput_gate=dinput_gate,
        dforget_gate=dforget_gate,
        dcandidate=dc_made * trace.input_gate,
        doutput_gate=dh_made * trace.tanh_c,
        dtanh_c=dh_made * trace.output_gate,
        dinput_gate_pre=by_gate[:, at["i"]] if "i" in at else None,
        dforget_gate_pre=by_gate[:, at["f"]] if "f" in at else None,
        dcandidate_pre=by_gate[:, at["g"]],
        doutput_gate_pre=dpre_o,
        dcs_through_forget=through_forget,
        dcs_through_output=through_output,
        dcs_through_peepholes=through_peepholes,
        dcs_direct=dcs_direct,
        trace=trace,
    )
