r"""The update of RWKV-7 (Peng et al. 2025, "RWKV-7 Goose", arXiv 2503.14456): a delta rule with a decay and a
learning rate for every key channel.

$$w_t = \exp\bigl(-e^{-1/2}\,\sigma(W_{xw} x_t + b_w)\bigr) \qquad a_t = \sigma(W_{xa} x_t + b_a) \qquad
\hat\kappa_t = \frac{k_t \odot \xi}{\lVert k_t \odot \xi \rVert} \qquad \tilde k_t = k_t \odot (1 - (1 - a_t) \odot \mu)$$
$$S_t = S_{t-1} \bigl(\mathrm{diag}(w_t) - \hat\kappa_t (a_t \odot \hat\kappa_t)^\top\bigr) + v_t \tilde k_t^\top \qquad
y_t = S_t r_t$$

with $k_t = W_{xk} x_t$ and the receptance $r_t = W_{xr} x_t$ (N,), $v_t = W_{xv} x_t$ (H,), $S_t$ (H, N), and $\xi, \mu$ (N,).
The shift by one token, the low-rank networks behind w and a, and what follows on $S_t r_t$ are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State, linear
from rnn_core.cells.modern.delta_net import TINY, unit_vector

FASTEST = float(np.exp(-0.5))  # the largest decay rate per step


@dataclass(frozen=True, eq=False, repr=False)
class RWKV7Params(ModernParams):
    W_xr: Array  # (N, X)
    W_xk: Array  # (N, X)
    W_xv: Array  # (H, X)
    W_xw: Array  # (N, X)
    W_xa: Array  # (N, X)
    b_w: Array  # (N,)
    b_a: Array  # (N,)
    xi: Array  # (N,)
    mu: Array  # (N,)

    cell: ClassVar[str] = "rwkv7"
    output: ClassVar[str] = "ys"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xv", 1), "H": ("W_xv", 0), "N": ("W_xk", 0)}
    letters: ClassVar[Mapping[str, str]] = {
        **{"ys": "y", "memory": "S", "receptance": "r", "key": "k", "value": "v", "xi": r"\xi", "mu": r"\mu"},
        **{"decay_gate_pre": "a^w", "decay_gate": r"\sigma^w", "fastest": "c", "decay": "w", "tiny": r"\epsilon"},
        **{"rate_gate_pre": "a^a", "rate_gate": "a", "removal": r"\hat \kappa", "removal_pre": r"\kappa"},
        **{
            "removal_size": r"m",
            "removal_scale": r"\eta",
            "cut": "c^k",
            "written_key": r"\tilde k",
            "recalled": r"\hat v",
        },
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        maps = {"W_xr": (N, X), "W_xk": (N, X), "W_xv": (H, X), "W_xw": (N, X), "W_xa": (N, X)}
        return maps | {"b_w": (N,), "b_a": (N,), "xi": (N,), "mu": (N,)}

    @property
    def constants(self) -> Mapping[str, Array]:
        return {"tiny": np.array([TINY]), "fastest": np.array([FASTEST])}

    def initial_state(self) -> State:
        return {"memory": np.zeros((self.hidden_size, self.state_size))}

    def equations(self) -> list[str]:
        return [
            *linear("receptance", "r", bias=False),
            *linear("key", "k", bias=False),
            *linear("value", "v", bias=False),
            *linear("decay_gate", "w", "sigmoid"),
            "decay[t,j] = exp( - fastest[u] decay_gate[t,j] )",
            *linear("rate_gate", "a", "sigmoid"),
            *unit_vector("removal", "key[t,j] xi[j]"),
            "cut[t,j] = one_minus(rate_gate[t,j]) mu[j]",
            "written_key[t,j] = key[t,j] one_minus(cut[t,j])",
            "recalled[t,j] = memory[t-1,j,i] removal[t,i]",
            "memory[t,j,i] = memory[t-1,j,i] decay[t,i] - recalled[t,j] rate_gate[t,i] removal[t,i]"
            " + value[t,j] written_key[t,i]",
            "ys[t,j] = memory[t,j,i] receptance[t,i]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        kappa, a = values["removal"], values["rate_gate"]
        A = values["decay"][:, None, :] * np.eye(self.state_size) - kappa[:, :, None] * (a * kappa)[:, None, :]
        B = values["value"][:, :, None] * values["written_key"][:, None, :]
        return Recurrence(A, B, values["memory"][0], matrices=True)


def step(params: RWKV7Params, x: Array, state: State) -> tuple[Array, State]:
    r, k, v = params.W_xr @ x, params.W_xk @ x, params.W_xv @ x
    w = np.exp(-FASTEST * sigma(params.W_xw @ x + params.b_w))
    a = sigma(params.W_xa @ x + params.b_a)
    kappa = k * params.xi
    kappa = kappa / np.sqrt(kappa @ kappa + TINY)
    S = state["memory"] @ (np.diag(w) - np.outer(kappa, a * kappa))
    S = S + np.outer(v, k * (1.0 - (1.0 - a) * params.mu))
    return S @ r, {"memory": S}
