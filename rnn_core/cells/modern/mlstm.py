r"""mLSTM (Beck et al. 2024, arXiv 2405.04517, section 2.3): an LSTM with a matrix as its cell state, and gates that read
the input alone.

$$q_t = W_{xq} x_t + b_q \qquad k_t = \tfrac{1}{\sqrt N} W_{xk} x_t + b_k \qquad v_t = W_{xv} x_t + b_v \qquad o_t = \sigma(W_{xo} x_t + b_o)$$
$$C_t = f'_t\, C_{t-1} + i'_t\, v_t k_t^\top \qquad n_t = f'_t\, n_{t-1} + i'_t\, k_t \qquad
h_t = o_t \odot \frac{C_t q_t}{\max(\lvert n_t^\top q_t \rvert,\; e^{-m_t})}$$

with $C_t$ (H, N), $n_t, k_t, q_t$ (N,), $v_t, o_t$ (H,), and one number per step for each of $i', f', m$, which are as in
the sLSTM (`slstm.py`). The lower bound of the denominator is 1 in the paper's equations without the stabiliser; divided by
the same number as $C_t$ and $n_t$ it becomes $e^{-m_t}$, as in the published code, and $h_t$ does not depend on $m_t$.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State, linear, scalar
from rnn_core.cells.modern.slstm import LOG_FORGET, Forget, stabilised


@dataclass(frozen=True, eq=False, repr=False)
class MLSTMParams(ModernParams):
    W_xq: Array  # (N, X)
    W_xk: Array  # (N, X)
    W_xv: Array  # (H, X)
    W_xo: Array  # (H, X)
    W_xi: Array  # (1, X)
    W_xf: Array  # (1, X)
    b_q: Array  # (N,)
    b_k: Array  # (N,)
    b_v: Array  # (H,)
    b_o: Array  # (H,)
    b_i: Array  # (1,)
    b_f: Array  # (1,)
    forget: Forget = "sigmoid"

    cell: ClassVar[str] = "mlstm"
    output: ClassVar[str] = "hs"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xv", 1), "H": ("W_xv", 0), "N": ("W_xk", 0)}
    no_gradient: ClassVar[frozenset[str]] = frozenset({"stabiliser"})
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {"forget": ("sigmoid", "exp")}
    letters: ClassVar[Mapping[str, str]] = {
        **{"hs": "h", "memory": "C", "normaliser": "n", "stabiliser": "m", "lead": "r", "scale": r"\kappa"},
        **{"query": "q", "key": "k", "value": "v", "output_gate_pre": "a^o", "output_gate": "o"},
        **{
            "input_gate_pre": "a^i",
            "forget_gate_pre": "a^f",
            "log_forget": r"\phi",
            "input_gate": "i",
            "forget_gate": "f",
        },
        **{"read": "r^C", "overlap": "p", "size": "p^{abs}", "floor": "e", "excess": "x^+", "denominator": "d"},
        **{"inverse": "d^{-1}"},
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        rows = {"q": N, "k": N, "v": H, "o": H, "i": 1, "f": 1}
        shapes: Shapes = {f"W_x{letter}": (size, X) for letter, size in rows.items()}
        return shapes | {f"b_{letter}": (size,) for letter, size in rows.items()}

    @property
    def constants(self) -> Mapping[str, Array]:
        return {"scale": np.array([1.0 / np.sqrt(self.state_size)])}

    def initial_state(self) -> State:
        memory = np.zeros((self.hidden_size, self.state_size))
        return {"memory": memory, "normaliser": np.zeros(self.state_size), "stabiliser": np.array([-np.inf])}

    def equations(self) -> list[str]:
        return [
            *linear("query", "q"),
            "key[t,j] = scale[u] W_xk[j,i] xs[t,i] + b_k[j]",
            *linear("value", "v"),
            *linear("output_gate", "o", "sigmoid"),
            *scalar("input_gate_pre", "i"),
            *scalar("forget_gate_pre", "f"),
            f"log_forget[t,u] = {LOG_FORGET[self.forget]}( forget_gate_pre[t,u] )",
            *stabilised("u"),
            "memory[t,j,i] = forget_gate[t,u] memory[t-1,j,i] + input_gate[t,u] value[t,j] key[t,i]",
            "normaliser[t,j] = forget_gate[t,u] normaliser[t-1,j] + input_gate[t,u] key[t,j]",
            "read[t,j] = memory[t,j,i] query[t,i]",
            "overlap[t,u] = normaliser[t,i] query[t,i]",
            "size[t,u] = magnitude( overlap[t,u] )",
            "floor[t,u] = exp( - stabiliser[t,u] )",
            "excess[t,u] = relu( size[t,u] - floor[t,u] )",
            "denominator[t,u] = floor[t,u] + excess[t,u]",
            "inverse[t,u] = reciprocal( denominator[t,u] )",
            "hs[t,j] = output_gate[t,j] read[t,j] inverse[t,u]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        written = (values["input_gate"] * values["value"])[:, :, None] * values["key"][:, None, :]
        return Recurrence(values["forget_gate"][:, :, None], written, values["memory"][0])


def step(params: MLSTMParams, x: Array, state: State) -> tuple[Array, State]:
    q, v = params.W_xq @ x + params.b_q, params.W_xv @ x + params.b_v
    k = params.W_xk @ x / np.sqrt(params.state_size) + params.b_k
    log_i, a_f = params.W_xi @ x + params.b_i, params.W_xf @ x + params.b_f
    log_f = a_f if params.forget == "exp" else -np.logaddexp(0.0, -a_f)
    m = np.maximum(log_f + state["stabiliser"], log_i)
    i, f = np.exp(log_i - m), np.exp(log_f + state["stabiliser"] - m)
    C = f * state["memory"] + i * np.outer(v, k)
    n = f * state["normaliser"] + i * k
    h = sigma(params.W_xo @ x + params.b_o) * (C @ q) / np.maximum(abs(n @ q), np.exp(-m))
    return h, {"memory": C, "normaliser": n, "stabiliser": m}
