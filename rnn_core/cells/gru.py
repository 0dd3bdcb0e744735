r"""The GRU (Cho et al. 2014), in its four published forms: see `PUBLISHED_FORMS`.

$$r_t = \sigma(W_{xr} x_t + W_{hr} h_{t-1} + b_r) \qquad z_t = \sigma(W_{xz} x_t + W_{hz} h_{t-1} + b_z)$$
`reset="after"`, r acts on the product:
$$n_t = \tanh(W_{xn} x_t + b_n + r_t \odot (W_{hn} h_{t-1} + b_{hn}))$$
`reset="before"`, r acts on the state:
$$n_t = \tanh(W_{xn} x_t + b_n + W_{hn} (r_t \odot h_{t-1}))$$
`z_keeps=True`:  $h_t = z_t \odot h_{t-1} + (1 - z_t) \odot n_t$;
`z_keeps=False`: $h_t = (1 - z_t) \odot h_{t-1} + z_t \odot n_t$.

with $x_t$ (X,), the states $h_t$ (H,), $W_{x\cdot}$ (H, X), $W_{h\cdot}$ (H, H) and $b$ (H,).

Backward, with $\delta v$ the gradient on $v$ and $k_t$ the part of $h_{t-1}$ that is kept ($z_t$ or $1 - z_t$):
$$\delta n_t = \delta h_t \odot (1 - k_t), \qquad
\delta z_t = \pm\,\delta h_t \odot (h_{t-1} - n_t), \qquad
\delta h_{t-1} \mathrel{+}= \delta h_t \odot k_t$$
and the gradients on the pre-activations of r, z and n reach $h_{t-1}$ through $W_h^\top$.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.arrays import Array, Cell, weight_names
from rnn_core.cells.activations import sigma
from rnn_core.cells.base import CellParams, Factors, Gradients, Trace
from rnn_core.errors import check_option

Reset = Literal["after", "before"]
RESETS: tuple[Reset, ...] = ("after", "before")


@dataclass(frozen=True)
class PublishedForm:
    """A form of the GRU, the paper that published it, and where it is used."""

    reset: Reset
    z_keeps: bool
    paper: str
    used_in: str


PUBLISHED_FORMS: tuple[PublishedForm, ...] = (
    PublishedForm(
        "after", True, "Cho et al. 2014, first version (arXiv 1406.1078v1)", "PyTorch, cuDNN, Keras (reset_after=True)"
    ),
    PublishedForm(
        "before", True, "Cho et al. 2014, as printed (EMNLP, arXiv 1406.1078v3)", "Keras (reset_after=False)"
    ),
    PublishedForm("before", False, "Chung et al. 2014 (arXiv 1412.3555)", "the comparison of LSTM and GRU"),
    PublishedForm("after", False, "Chung et al. 2015, gated feedback (arXiv 1502.02367)", "Lasagne"),
)


@dataclass(frozen=True, eq=False, repr=False)
class GRUParams(CellParams):
    """The weights of a GRU, and which of the published forms it is.

    >>> import rnn_core as rc
    >>> rc.init_params("gru", input_size=4, hidden_size=8, reset="before")
    GRUParams(X=4, H=8, reset='before')
    """

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
        """The gates' weights, stacked in the order r, z, n: `stack("W_h")` is (3H, H)."""
        return np.concatenate([getattr(self, prefix + gate) for gate in "rzn"], dtype=np.float64)


@dataclass(frozen=True, eq=False, repr=False)
class GRUTrace(Trace):
    """Every value of every step of a GRU's run.

    >>> import rnn_core as rc
    >>> trace = rc.run(rc.init_params("gru", 4, 8), np.ones((20, 4)))
    >>> trace.update_gate.shape, trace.hs.shape
    ((20, 8), (21, 8))
    """

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


@dataclass(frozen=True, eq=False, repr=False)
class GRUGradients(Gradients):
    """The gradient on every value of every step of a GRU's run.

    >>> import rnn_core as rc
    >>> grads = rc.bptt(rc.run(rc.init_params("gru", 4, 8), np.ones((20, 4))), dhs=np.ones((20, 8)))
    >>> grads.params.W_hz.shape, grads.dupdate_gate.shape
    ((8, 8), (20, 8))
    """

    params: GRUParams
    dreset_gate: Array  # (T, H)
    dupdate_gate: Array  # (T, H)
    dcandidate: Array  # (T, H)
    dreset_gate_pre: Array  # (T, H)
    dupdate_gate_pre: Array  # (T, H)
    dcandidate_pre: Array  # (T, H)
    dreset_h: Array  # (T, H)
    dcandidate_h: Array  # (T, H)
    dhs_through_carry: Array  # (T+1, H) the part of dhs that arrives along the carry: dh_{t+1} times the kept part
    trace: GRUTrace

    paths: ClassVar[tuple[str, ...]] = ("direct", "carry", "reset_gate", "update_gate", "candidate")

    def factors(self, weight: str) -> Factors:
        check_option("weight", weight, weight_names(self.params))
        trace = self.trace
        if weight == "b_hn":
            return Factors(self.dcandidate_h, None)
        if weight == "W_hn":
            return Factors(self.dcandidate_h, trace.hs[:-1] if trace.params.reset == "after" else trace.reset_h)
        left = {"r": self.dreset_gate_pre, "z": self.dupdate_gate_pre, "n": self.dcandidate_pre}[weight[-1]]
        return Factors(left, {"W_x": trace.xs, "W_h": trace.hs[:-1], "b_": None}[weight[:-1]])

    def sent_back(self, path: str) -> Array:
        weights = self.trace.params
        match path:
            case "carry":
                return self.dhs_through_carry[:-1]
            case "reset_gate":
                return self.dreset_gate_pre @ weights.W_hr
            case "update_gate":
                return self.dupdate_gate_pre @ weights.W_hz
        if weights.reset == "after":
            return self.dcandidate_h @ weights.W_hn
        return self.dreset_h * self.trace.reset_gate


def step(params: GRUParams, x: Array, h_prev: Array) -> Array:
    r"""$h_t$ (H,) from $x_t$ (X,) and $h_{t-1}$ (H,): the equations above, written plainly.

    `gru_fast` computes the same for a whole run, and a test requires both to be equal.

    >>> params = GRUParams(**{name: np.zeros(shape) for name, shape in GRUParams.shapes(X=1, H=1).items()})
    >>> step(params, x=np.ones(1), h_prev=np.array([2.0]))  # z is 1/2, and n is 0
    array([1.])
    """
    p, b_hn = params, 0.0 if params.b_hn is None else params.b_hn
    r = sigma(p.W_xr @ x + p.W_hr @ h_prev + p.b_r)
    z = sigma(p.W_xz @ x + p.W_hz @ h_prev + p.b_z)
    if p.reset == "after":
        n = np.tanh(p.W_xn @ x + p.b_n + r * (p.W_hn @ h_prev + b_hn))
    else:
        n = np.tanh(p.W_xn @ x + p.b_n + p.W_hn @ (r * h_prev))
    return z * h_prev + (1.0 - z) * n if p.z_keeps else (1.0 - z) * h_prev + z * n
