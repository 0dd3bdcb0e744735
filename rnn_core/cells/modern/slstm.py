r"""sLSTM (Beck et al. 2024, "xLSTM: Extended Long Short-Term Memory", arXiv 2405.04517, section 2.2): an LSTM with
exponential gates, a normaliser $n$ and a stabiliser $m$.

$$\log i_t = W_{xi} x_t + W_{hi} h_{t-1} + b_i \qquad \log f_t = \log\sigma(W_{xf} x_t + W_{hf} h_{t-1} + b_f)$$
$$m_t = \max(\log f_t + m_{t-1}, \log i_t) \qquad i'_t = e^{\log i_t - m_t} \qquad f'_t = e^{\log f_t + m_{t-1} - m_t}$$
$$c_t = f'_t \odot c_{t-1} + i'_t \odot g_t \qquad n_t = f'_t \odot n_{t-1} + i'_t \qquad h_t = o_t \odot c_t / n_t$$

with $g_t$ (the paper's $z_t$) and $o_t$ as in the LSTM. The paper allows $\sigma$ or $\exp$ as forget gate: `forget="exp"`
makes $\log f_t$ the pre-activation itself. $m_t$ divides $c_t$ and $n_t$ by the same number, so $h_t$ does not depend on it
and its gradient is 0. Before the first step nothing is stored: $c = n = 0$ and $m = -\infty$, so that $i'_1 = 1$.
The maximum is written $\log i_t + \mathrm{relu}(\log f_t + m_{t-1} - \log i_t)$. One head: $W_h$ is a full matrix.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.cells.modern.base import ModernParams, Shapes, State

Forget = Literal["sigmoid", "exp"]
LOG_FORGET: dict[Forget, str] = {"sigmoid": "log_sigmoid", "exp": "identity"}


@dataclass(frozen=True, eq=False, repr=False)
class SLSTMParams(ModernParams):
    W_xi: Array  # (H, X)
    W_xf: Array  # (H, X)
    W_xg: Array  # (H, X)
    W_xo: Array  # (H, X)
    W_hi: Array  # (H, H)
    W_hf: Array  # (H, H)
    W_hg: Array  # (H, H)
    W_ho: Array  # (H, H)
    b_i: Array  # (H,)
    b_f: Array  # (H,)
    b_g: Array  # (H,)
    b_o: Array  # (H,)
    forget: Forget = "sigmoid"

    cell: ClassVar[str] = "slstm"
    output: ClassVar[str] = "hs"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xg", 1), "H": ("W_xg", 0)}
    no_gradient: ClassVar[frozenset[str]] = frozenset({"stabiliser"})
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {"forget": ("sigmoid", "exp")}
    letters: ClassVar[Mapping[str, str]] = {
        **{"hs": "h", "cs": "c", "normaliser": "n", "stabiliser": "m", "lead": "r", "inverse": "n^{-1}"},
        **{"input_gate_pre": "a^i", "forget_gate_pre": "a^f", "candidate_pre": "a^g", "output_gate_pre": "a^o"},
        **{"log_forget": r"\phi", "input_gate": "i", "forget_gate": "f", "candidate": "g", "output_gate": "o"},
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        shapes: Shapes = {f"W_x{gate}": (H, X) for gate in "ifgo"}
        return shapes | {f"W_h{gate}": (H, H) for gate in "ifgo"} | {f"b_{gate}": (H,) for gate in "ifgo"}

    def initial_state(self) -> State:
        H = self.hidden_size
        return {"hs": np.zeros(H), "cs": np.zeros(H), "normaliser": np.zeros(H), "stabiliser": np.full(H, -np.inf)}

    def equations(self) -> list[str]:
        def pre(name: str, gate: str) -> str:
            return f"{name}_pre[t,j] = W_x{gate}[j,i] xs[t,i] + W_h{gate}[j,i] hs[t-1,i] + b_{gate}[j]"

        return [
            pre("input_gate", "i"),
            pre("forget_gate", "f"),
            f"log_forget[t,j] = {LOG_FORGET[self.forget]}( forget_gate_pre[t,j] )",
            *stabilised("j"),
            pre("candidate", "g"),
            "candidate[t,j] = tanh( candidate_pre[t,j] )",
            "cs[t,j] = forget_gate[t,j] cs[t-1,j] + input_gate[t,j] candidate[t,j]",
            "normaliser[t,j] = forget_gate[t,j] normaliser[t-1,j] + input_gate[t,j]",
            pre("output_gate", "o"),
            "output_gate[t,j] = sigmoid( output_gate_pre[t,j] )",
            "inverse[t,j] = reciprocal( normaliser[t,j] )",
            "hs[t,j] = output_gate[t,j] cs[t,j] inverse[t,j]",
        ]


def stabilised(unit: str) -> list[str]:
    """The lines of m and of the two gates that it keeps between 0 and 1."""
    lines = [
        "lead[t,j] = relu( log_forget[t,j] + stabiliser[t-1,j] - input_gate_pre[t,j] )",
        "stabiliser[t,j] = input_gate_pre[t,j] + lead[t,j]",
        "input_gate[t,j] = exp( input_gate_pre[t,j] - stabiliser[t,j] )",
        "forget_gate[t,j] = exp( log_forget[t,j] + stabiliser[t-1,j] - stabiliser[t,j] )",
    ]
    return [line.replace(",j]", f",{unit}]") for line in lines]


def step(params: SLSTMParams, x: Array, state: State) -> tuple[Array, State]:
    def a(gate: str) -> Array:
        W_x, W_h, b = (getattr(params, kind + gate) for kind in ("W_x", "W_h", "b_"))
        return np.asarray(W_x @ x + W_h @ state["hs"] + b)

    log_i, log_f = a("i"), a("f") if params.forget == "exp" else -np.logaddexp(0.0, -a("f"))
    m = np.maximum(log_f + state["stabiliser"], log_i)
    i, f = np.exp(log_i - m), np.exp(log_f + state["stabiliser"] - m)
    c = f * state["cs"] + i * np.tanh(a("g"))
    n = f * state["normaliser"] + i
    h = sigma(a("o")) * c / n
    return h, {"hs": h, "cs": c, "normaliser": n, "stabiliser": m}
