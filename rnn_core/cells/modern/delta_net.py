r"""DeltaNet (Schlag, Irie and Schmidhuber 2021, arXiv 2102.11174; Yang et al. 2024, arXiv 2406.06484) and gated DeltaNet
(Yang, Kautz and Hatamizadeh 2024, arXiv 2412.06464): a matrix memory that writes the error of what it recalls.

$$k_t = \frac{W_{xk} x_t}{\lVert W_{xk} x_t \rVert} \qquad q_t = \frac{W_{xq} x_t}{\lVert W_{xq} x_t \rVert} \qquad
v_t = W_{xv} x_t \qquad \beta_t = \sigma(W_{xb} x_t + b_b)$$
$$S_t = \alpha_t S_{t-1} + \beta_t (v_t - \alpha_t S_{t-1} k_t)\, k_t^\top
= S_{t-1}\, \alpha_t (I - \beta_t k_t k_t^\top) + \beta_t v_t k_t^\top \qquad y_t = S_t q_t$$

with $S_t$ (H, N), $q_t, k_t$ (N,), $v_t, y_t$ (H,) and numbers $\alpha_t, \beta_t$. `gated`:
$\log\alpha_t = -e^{\rho}\,\mathrm{softplus}(W_{xa} x_t + b_a)$, else $\alpha_t = 1$. `negative`: $\beta_t = 2\sigma(\cdot)$, so
that the matrix's eigenvalue along $k_t$, $1 - \beta_t$, lies in (-1, 1) and not in (0, 1) (Grazzi et al. 2024, arXiv
2411.12537). Published layers put a short convolution and SiLU before q, k and v; these are left out. As in the published
code, $10^{-6}$ is added to the squared norms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State, linear, scalar

TINY = 1e-6  # added to a squared norm, so that a zero vector has a direction


@dataclass(frozen=True, eq=False, repr=False)
class DeltaNetParams(ModernParams):
    W_xq: Array  # (N, X)
    W_xk: Array  # (N, X)
    W_xv: Array  # (H, X)
    W_xb: Array  # (1, X)
    b_b: Array  # (1,)
    W_xa: Array | None = None  # (1, X) gated
    b_a: Array | None = None  # (1,) gated
    log_rate: Array | None = None  # (1,) gated
    gated: bool = False
    negative: bool = False

    cell: ClassVar[str] = "delta_net"
    output: ClassVar[str] = "ys"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xv", 1), "H": ("W_xv", 0), "N": ("W_xk", 0)}
    letters: ClassVar[Mapping[str, str]] = {
        **{"ys": "y", "memory": "S", "query": "q", "key": "k", "value": "v", "query_pre": "a^q", "key_pre": "a^k"},
        **{"query_size": "m^q", "key_size": "m^k", "query_scale": r"\eta^q", "key_scale": r"\eta^k"},
        **{"tiny": r"\epsilon", "reach": "b", "write_gate_pre": r"a^\beta", "write_gate": r"\sigma", "write": r"\beta"},
        **{"log_rate": r"\rho", "rate": "r", "step_size_pre": r"a^\alpha", "step_size": r"\delta", "decay": r"\alpha"},
        **{"recalled": r"\hat v", "error": "e"},
    }

    @staticmethod
    def shapes(X: int, H: int, N: int, gated: bool = False) -> Shapes:
        shapes: Shapes = {"W_xq": (N, X), "W_xk": (N, X), "W_xv": (H, X), "W_xb": (1, X), "b_b": (1,)}
        return shapes | ({"W_xa": (1, X), "b_a": (1,), "log_rate": (1,)} if gated else {})

    def form_shapes(self) -> Shapes:
        return self.shapes(self.input_size, self.hidden_size, self.state_size, self.gated)

    @property
    def constants(self) -> Mapping[str, Array]:
        return {"tiny": np.array([TINY])} | ({"reach": np.array([2.0])} if self.negative else {})

    def initial_state(self) -> State:
        return {"memory": np.zeros((self.hidden_size, self.state_size))}

    def equations(self) -> list[str]:
        gate = [
            "rate[u] = exp( log_rate[u] )",
            *scalar("step_size", "a", "softplus"),
            "decay[t,u] = exp( - rate[u] step_size[t,u] )",
        ]
        decay = "decay[t,u] " if self.gated else ""
        return [
            *unit_vector("query", "W_xq[j,i] xs[t,i]"),
            *unit_vector("key", "W_xk[j,i] xs[t,i]"),
            *linear("value", "v", bias=False),
            *scalar("write_gate", "b", "sigmoid"),
            "write[t,u] = " + ("reach[u] " if self.negative else "") + "write_gate[t,u]",
            *(gate if self.gated else []),
            f"recalled[t,j] = {decay}memory[t-1,j,i] key[t,i]",
            "error[t,j] = value[t,j] - recalled[t,j]",
            f"memory[t,j,i] = {decay}memory[t-1,j,i] + write[t,u] error[t,j] key[t,i]",
            "ys[t,j] = memory[t,j,i] query[t,i]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        k, write = values["key"], values["write"][:, :, None]
        A = np.eye(self.state_size) - write * k[:, :, None] * k[:, None, :]
        if self.gated:
            A = values["decay"][:, :, None] * A
        B = write * values["value"][:, :, None] * k[:, None, :]
        return Recurrence(A, B, values["memory"][0], matrices=True)


def unit_vector(name: str, total: str) -> list[str]:
    """The lines of a vector of length 1."""
    return [
        f"{name}_pre[t,j] = {total}",
        f"{name}_size[t,u] = {name}_pre[t,i] {name}_pre[t,i] + tiny[u]",
        f"{name}_scale[t,u] = inverse_root( {name}_size[t,u] )",
        f"{name}[t,j] = {name}_pre[t,j] {name}_scale[t,u]",
    ]


def step(params: DeltaNetParams, x: Array, state: State) -> tuple[Array, State]:
    q, k = (a / np.sqrt(a @ a + TINY) for a in (params.W_xq @ x, params.W_xk @ x))
    v = params.W_xv @ x
    beta = (2.0 if params.negative else 1.0) * sigma(params.W_xb @ x + params.b_b)
    S = state["memory"]
    if params.W_xa is not None and params.b_a is not None and params.log_rate is not None:
        S = np.exp(-np.exp(params.log_rate) * np.logaddexp(0.0, params.W_xa @ x + params.b_a)) * S
    S = S + np.outer(beta * (v - S @ k), k)
    return S @ q, {"memory": S}
