r"""minGRU (Feng et al. 2024, "Were RNNs All We Needed?", arXiv 2410.01201, section 3.1): a GRU whose gate and candidate
read the input alone.

$$z_t = \sigma(W_{xz} x_t + b_z) \qquad n_t = W_{xn} x_t + b_n \qquad h_t = (1 - z_t) \odot h_{t-1} + z_t \odot n_t$$

with $x_t$ (X,), $h_t$ (H,), $W$ (H, X) and $b$ (H,). The paper writes $\tilde h_t$ for the candidate $n_t$.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State, linear


@dataclass(frozen=True, eq=False, repr=False)
class MinGRUParams(ModernParams):
    W_xz: Array  # (H, X)
    W_xn: Array  # (H, X)
    b_z: Array  # (H,)
    b_n: Array  # (H,)

    cell: ClassVar[str] = "min_gru"
    output: ClassVar[str] = "hs"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xz", 1), "H": ("W_xz", 0)}
    letters: ClassVar[Mapping[str, str]] = {"hs": "h", "update_gate": "z", "update_gate_pre": "a^z", "candidate": "n"}

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        return {"W_xz": (H, X), "W_xn": (H, X), "b_z": (H,), "b_n": (H,)}

    def initial_state(self) -> State:
        return {"hs": np.zeros(self.hidden_size)}

    def equations(self) -> list[str]:
        return [
            *linear("update_gate", "z", "sigmoid"),
            *linear("candidate", "n"),
            "hs[t,j] = one_minus(update_gate[t,j]) hs[t-1,j] + update_gate[t,j] candidate[t,j]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        z = values["update_gate"]
        return Recurrence(1.0 - z, z * values["candidate"], values["hs"][0])


def step(params: MinGRUParams, x: Array, state: State) -> tuple[Array, State]:
    z = sigma(params.W_xz @ x + params.b_z)
    n = params.W_xn @ x + params.b_n
    h = (1.0 - z) * state["hs"] + z * n
    return h, {"hs": h}
