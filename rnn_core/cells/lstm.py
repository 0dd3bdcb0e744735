r"""The LSTM (Hochreiter and Schmidhuber 1997; forget gate: Gers, Schmidhuber and Cummins 2000).

$$i_t = \sigma(W_{xi} x_t + W_{hi} h_{t-1} + b_i) \qquad f_t = \sigma(W_{xf} x_t + W_{hf} h_{t-1} + b_f)$$
$$g_t = \tanh(W_{xg} x_t + W_{hg} h_{t-1} + b_g) \qquad o_t = \sigma(W_{xo} x_t + W_{ho} h_{t-1} + b_o)$$
$$c_t = f_t \odot c_{t-1} + i_t \odot g_t \qquad h_t = o_t \odot \tanh(c_t)$$

with $x_t$ (X,), the states $h_t$ and $c_t$ (H,), $W_{x\cdot}$ (H, X), $W_{h\cdot}$ (H, H) and $b$ (H,).

Variants: `no_forget`, f = 1 always (Hochreiter and Schmidhuber 1997); `peephole`, i and f also read $c_{t-1}$ and o reads
$c_t$, each unit its own (Gers and Schmidhuber 2000); `coupled`, i = 1 - f (CIFG in Greff et al. 2015).

Backward, with $\delta v$ the gradient on $v$:
$$\delta c_t = \delta h_t \odot o_t \odot \tanh'(c_t) + \delta c_{t+1} \odot f_{t+1}, \qquad
\delta f_t = \delta c_t \odot c_{t-1}, \quad \delta i_t = \delta c_t \odot g_t, \quad
\delta g_t = \delta c_t \odot i_t, \quad \delta o_t = \delta h_t \odot \tanh(c_t)$$
and each gate's $\delta a = \delta v \odot \sigma'(a)$ reaches $h_{t-1}$ through $W_h^\top$.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.arrays import Array, Cell, weight_names
from rnn_core.cells.activations import sigma
from rnn_core.cells.base import CellParams, Factors, Gradients, Trace
from rnn_core.errors import check_option

LSTMVariant = Literal["standard", "no_forget", "peephole", "coupled"]
Peepholes = tuple[Array, Array, Array]  # w_ci, w_cf, w_co
VARIANTS: tuple[LSTMVariant, ...] = ("standard", "no_forget", "peephole", "coupled")

# Each gate's letter in the equations, and its name on a trace.
GATES = {"i": "input_gate", "f": "forget_gate", "g": "candidate", "o": "output_gate"}
# The gates that have weights, in the order in which a run stacks them. With o first, the sigmoid gates (o, i, f) and the
# gates that the cell state depends on (i, f, g) are each one block.
STACKED: dict[LSTMVariant, str] = {"standard": "oifg", "no_forget": "oig", "peephole": "oifg", "coupled": "ofg"}


@dataclass(frozen=True, eq=False, repr=False)
class LSTMParams(CellParams):
    """The weights of an LSTM. Those that a variant does not have are None (`no_forget`: of f; `coupled`: of i).

    >>> import rnn_core as rc
    >>> rc.init_params("lstm", input_size=4, hidden_size=8, variant="peephole")
    LSTMParams(X=4, H=8, variant='peephole')
    """

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
    w_ci: Array | None = None  # (H,) peephole: i reads c_{t-1}
    w_cf: Array | None = None  # (H,) peephole: f reads c_{t-1}
    w_co: Array | None = None  # (H,) peephole: o reads c_t
    variant: LSTMVariant = "standard"

    cell: ClassVar[Cell] = "lstm"

    @property
    def input_size(self) -> int:
        return int(self.W_xg.shape[1])

    @property
    def hidden_size(self) -> int:
        return int(self.W_xg.shape[0])

    @property
    def peepholes(self) -> Peepholes | None:
        """w_ci, w_cf, w_co of the peephole variant."""
        if self.w_ci is None or self.w_cf is None or self.w_co is None:
            return None
        return self.w_ci, self.w_cf, self.w_co

    @staticmethod
    def shapes(X: int, H: int, variant: LSTMVariant = "standard") -> dict[str, tuple[int, ...]]:
        """The shape of every weight that the variant has, by name."""
        gates = [gate for gate in "ifgo" if gate in STACKED[variant]]
        shapes: dict[str, tuple[int, ...]] = {f"W_x{gate}": (H, X) for gate in gates}
        shapes |= {f"W_h{gate}": (H, H) for gate in gates}
        shapes |= {f"b_{gate}": (H,) for gate in gates}
        return shapes | ({f"w_c{gate}": (H,) for gate in "ifo"} if variant == "peephole" else {})

    def of_gate(self, gate: str) -> tuple[Array, Array, Array, Array | float]:
        """W_x, W_h, b and w_c of a gate that has weights, by its letter. Without peepholes w_c is 0."""
        W_x, W_h, b, w_c = (getattr(self, kind + gate, None) for kind in ("W_x", "W_h", "b_", "w_c"))
        assert W_x is not None
        assert W_h is not None
        assert b is not None
        return W_x, W_h, b, 0.0 if w_c is None else w_c

    def stack(self, prefix: str) -> Array:
        """The gates' weights, stacked: `stack("W_h")` is (4H, H), for one matrix product for all gates."""
        return np.concatenate([getattr(self, prefix + gate) for gate in STACKED[self.variant]], dtype=np.float64)


@dataclass(frozen=True, eq=False, repr=False)
class LSTMTrace(Trace):
    """Every value of every step of an LSTM's run. Values that a variant does not compute are None.

    >>> import rnn_core as rc
    >>> trace = rc.run(rc.init_params("lstm", 4, 8), np.ones((20, 4)))
    >>> trace.forget_gate.shape, trace.cs.shape
    ((20, 8), (21, 8))
    """

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


@dataclass(frozen=True, eq=False, repr=False)
class LSTMGradients(Gradients):
    """The gradient on every value of every step of an LSTM's run.

    >>> import rnn_core as rc
    >>> grads = rc.bptt(rc.run(rc.init_params("lstm", 4, 8), np.ones((20, 4))), dhs=np.ones((20, 8)))
    >>> grads.params.W_xf.shape, grads.dforget_gate.shape, grads.dcs.shape
    ((8, 4), (20, 8), (21, 8))
    """

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
    # The gradient on c_t by its paths; with dcs_direct they add up to dcs
    dcs_through_forget: Array  # (T+1, H) from c_{t+1}, along the cell, times f_{t+1}
    dcs_through_output: Array  # (T+1, H) from h_t, through o_t * tanh(c_t)
    dcs_through_peepholes: Array  # (T+1, H) from the gates that read c_t; 0 without peepholes
    dcs_direct: Array  # (T, H) the loss's own gradient on c_1..c_T, as given; 0 where none was given
    trace: LSTMTrace

    paths: ClassVar[tuple[str, ...]] = ("direct", "input_gate", "forget_gate", "candidate", "output_gate")

    def pre(self, gate: str) -> Array:
        """(T, H): the gradient on the pre-activation of a gate that has weights, by its letter."""
        found: Array | None = getattr(self, f"d{GATES[gate]}_pre")
        assert found is not None
        return found

    def factors(self, weight: str) -> Factors:
        check_option("weight", weight, weight_names(self.params))
        trace, kind, gate = self.trace, weight[:-1], weight[-1]
        if kind == "w_c":
            return Factors(self.pre(gate), trace.cs[1:] if gate == "o" else trace.cs[:-1], outer=False)
        return Factors(self.pre(gate), {"W_x": trace.xs, "W_h": trace.hs[:-1], "b_": None}[kind])

    def sent_back(self, path: str) -> Array:
        gate = next(letter for letter, name in GATES.items() if name == path)
        W_h: Array | None = getattr(self.trace.params, f"W_h{gate}")
        return np.zeros_like(self.dhs_direct) if W_h is None else self.pre(gate) @ W_h


def step(params: LSTMParams, x: Array, h_prev: Array, c_prev: Array) -> tuple[Array, Array]:
    r"""$h_t$ and $c_t$ (H,) from $x_t$ (X,), $h_{t-1}$ and $c_{t-1}$ (H,): the equations above, written plainly.

    `lstm_fast` computes the same for a whole run, and a test requires both to be equal.

    >>> params = LSTMParams(**{name: np.zeros(shape) for name, shape in LSTMParams.shapes(X=1, H=1).items()})
    >>> step(params, x=np.ones(1), h_prev=np.ones(1), c_prev=np.array([2.0]))[1]  # every gate is 1/2, and g is 0
    array([1.])
    """

    def a(gate: str, seen: Array = c_prev) -> Array:  # with peepholes, the gate also reads the cell state
        W_x, W_h, b, w_c = params.of_gate(gate)
        return W_x @ x + W_h @ h_prev + b + w_c * seen

    f = sigma(a("f")) if params.variant != "no_forget" else np.ones_like(c_prev)
    i = sigma(a("i")) if params.variant != "coupled" else 1.0 - f
    g = np.tanh(a("g"))
    c = f * c_prev + i * g
    o = sigma(a("o", c))
    return o * np.tanh(c), c
