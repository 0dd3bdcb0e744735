r"""RG-LRU, the real-gated linear recurrent unit of Griffin (De et al. 2024, arXiv 2402.19427, section 2.4).

$$r_t = \sigma(W_{xr} x_t + b_r) \qquad i_t = \sigma(W_{xi} x_t + b_i) \qquad
\log a_t = -c\,\mathrm{softplus}(\Lambda) \odot r_t$$
$$h_t = a_t \odot h_{t-1} + \sqrt{1 - a_t^2} \odot (i_t \odot W_{xu} x_t)$$

with the constant $c = 8$. The root keeps the state's variance at that of its input, for every $a_t$. The published block
computes $W_{xu} x_t$ before this layer, so that its gates read it too; here they read $x_t$, which is the same for X = H
and $W_{xu} = I$. (Published code also takes 1 for the root at the first step of a sequence; the paper's equation does not.)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State, linear

POWER = 8.0  # c


@dataclass(frozen=True, eq=False, repr=False)
class RGLRUParams(ModernParams):
    W_xr: Array  # (H, X)
    W_xi: Array  # (H, X)
    W_xu: Array  # (H, X)
    b_r: Array  # (H,)
    b_i: Array  # (H,)
    Lambda: Array  # (H,)

    cell: ClassVar[str] = "rg_lru"
    output: ClassVar[str] = "hs"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xu", 1), "H": ("W_xu", 0)}
    letters: ClassVar[Mapping[str, str]] = {
        **{"hs": "h", "recurrence_gate": "r", "input_gate": "i", "recurrence_gate_pre": "a^r", "input_gate_pre": "a^i"},
        **{"Lambda": r"\Lambda", "power": "c", "strength": r"\ell", "log_decay": r"\alpha", "decay": "a"},
        **{"write_scale": "m", "inner": "u"},
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        return {"W_xr": (H, X), "W_xi": (H, X), "W_xu": (H, X), "b_r": (H,), "b_i": (H,), "Lambda": (H,)}

    @property
    def constants(self) -> Mapping[str, Array]:
        return {"power": np.array([POWER])}

    def initial_state(self) -> State:
        return {"hs": np.zeros(self.hidden_size)}

    def equations(self) -> list[str]:
        return [
            *linear("recurrence_gate", "r", "sigmoid"),
            *linear("input_gate", "i", "sigmoid"),
            "strength[j] = softplus( Lambda[j] )",
            "log_decay[t,j] = - power[u] strength[j] recurrence_gate[t,j]",
            "decay[t,j] = exp( log_decay[t,j] )",
            "write_scale[t,j] = root_rest( log_decay[t,j] )",
            *linear("inner", "u", bias=False),
            "hs[t,j] = decay[t,j] hs[t-1,j] + write_scale[t,j] input_gate[t,j] inner[t,j]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        written = values["write_scale"] * values["input_gate"] * values["inner"]
        return Recurrence(values["decay"], written, values["hs"][0])


def step(params: RGLRUParams, x: Array, state: State) -> tuple[Array, State]:
    r = sigma(params.W_xr @ x + params.b_r)
    i = sigma(params.W_xi @ x + params.b_i)
    a = np.exp(-POWER * np.logaddexp(0.0, params.Lambda) * r)
    h = a * state["hs"] + np.sqrt(1.0 - a**2) * (i * (params.W_xu @ x))
    return h, {"hs": h}
