r"""The selective state space of Mamba (Gu and Dao 2023, arXiv 2312.00752, section 3): step size, input and output maps
are made from the input, so that the layer chooses what it keeps.

$$\Delta_t = \mathrm{softplus}(W_{xd} x_t + b_d) \qquad B_t = W_{xB} x_t \qquad C_t = W_{xC} x_t \qquad u_t = W_{xu} x_t$$
$$s_t = e^{-\Delta_t r} \odot s_{t-1} + (\Delta_t \odot u_t) B_t^\top \qquad y_t = s_t C_t + D \odot u_t$$

with $s_t$ (H, N), $r = e^{\rho}$ (H, N), $\Delta_t, u_t, D$ (H,) and $B_t, C_t$ (N,). A is held constant over a step
(zero-order hold), B by the simpler rule $\Delta B$, as in the published code. That code makes $\Delta_t$ by a matrix of low
rank and puts a short convolution before the layer and a gate behind it; these parts of the block are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State, linear


@dataclass(frozen=True, eq=False, repr=False)
class SelectiveParams(ModernParams):
    W_xu: Array  # (H, X)
    W_xd: Array  # (H, X)
    W_xB: Array  # (N, X)
    W_xC: Array  # (N, X)
    b_d: Array  # (H,)
    log_rate: Array  # (H, N)
    D: Array  # (H,)

    cell: ClassVar[str] = "selective"
    output: ClassVar[str] = "ys"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xu", 1), "H": ("W_xu", 0), "N": ("log_rate", 1)}
    letters: ClassVar[Mapping[str, str]] = {
        **{
            "ys": "y",
            "hs": "s",
            "inner": "u",
            "step_size": r"\Delta",
            "step_size_pre": r"a^\Delta",
            "log_rate": r"\rho",
        },
        **{"rate": "r", "input_map": "B", "output_map": "C", "decay": r"\bar A"},
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        maps = {"W_xu": (H, X), "W_xd": (H, X), "W_xB": (N, X), "W_xC": (N, X)}
        return maps | {"b_d": (H,), "log_rate": (H, N), "D": (H,)}

    def initial_state(self) -> State:
        return {"hs": np.zeros((self.hidden_size, self.state_size))}

    def equations(self) -> list[str]:
        return [
            *linear("inner", "u", bias=False),
            *linear("step_size", "d", "softplus"),
            "input_map[t,n] = W_xB[n,i] xs[t,i]",
            "output_map[t,n] = W_xC[n,i] xs[t,i]",
            "rate[j,n] = exp( log_rate[j,n] )",
            "decay[t,j,n] = exp( - step_size[t,j] rate[j,n] )",
            "hs[t,j,n] = decay[t,j,n] hs[t-1,j,n] + step_size[t,j] input_map[t,n] inner[t,j]",
            "ys[t,j] = output_map[t,n] hs[t,j,n] + D[j] inner[t,j]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        written = (values["step_size"] * values["inner"])[:, :, None] * values["input_map"][:, None, :]
        return Recurrence(values["decay"], written, values["hs"][0])


def step(params: SelectiveParams, x: Array, state: State) -> tuple[Array, State]:
    u, B, C = params.W_xu @ x, params.W_xB @ x, params.W_xC @ x
    delta = np.logaddexp(0.0, params.W_xd @ x + params.b_d)
    A = np.exp(-delta[:, None] * np.exp(params.log_rate))
    s = A * state["hs"] + np.outer(delta * u, B)
    return s @ C + params.D * u, {"hs": s}
