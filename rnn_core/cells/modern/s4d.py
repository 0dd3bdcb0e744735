r"""S4D (Gu, Gupta, Goel and Ré 2022, "On the Parameterization and Initialization of Diagonal State Space Models", arXiv
2206.11893): N complex states per unit, made discrete by a zero-order hold.

$$A = -e^{r} + i\,\omega \qquad \bar A = e^{\Delta A} \qquad \bar B = \frac{e^{\Delta A} - 1}{A} \odot B \qquad \Delta = e^{d}$$
$$s_t = \bar A \odot s_{t-1} + \bar B \odot u_t \qquad y_t = \mathrm{Re} \sum_n C_n s_{t,n} + D \odot u_t$$

with $r, \omega, B, C$ (H, N), $\Delta, D$ (H,) and $s_t$ complex (H, N). Each unit reads its own number $u_t = W_{xu} x_t$.
The published layer counts each state together with its conjugate; the factor 2 that this gives is part of C here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State


@dataclass(frozen=True, eq=False, repr=False)
class S4DParams(ModernParams):
    W_xu: Array  # (H, X)
    log_step: Array  # (H,)
    log_rate: Array  # (H, N)
    frequency: Array  # (H, N)
    B_re: Array  # (H, N)
    B_im: Array  # (H, N)
    C_re: Array  # (H, N)
    C_im: Array  # (H, N)
    D: Array  # (H,)

    cell: ClassVar[str] = "s4d"
    output: ClassVar[str] = "ys"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xu", 1), "H": ("W_xu", 0), "N": ("log_rate", 1)}
    letters: ClassVar[Mapping[str, str]] = {
        **{"ys": "y", "hs_re": "s^Re", "hs_im": "s^Im", "inner": "u", "log_step": "d", "log_rate": "r"},
        **{"frequency": r"\omega", "B_re": "B^Re", "B_im": "B^Im", "C_re": "C^Re", "C_im": "C^Im"},
        **{"step_size": r"\Delta", "rate": r"\alpha", "shrink": r"\rho", "turn": r"\varphi"},
        **{"cos_turn": "c^Re", "sin_turn": "c^Im", "A_re": r"\bar A^Re", "A_im": r"\bar A^Im", "size": "m"},
        **{"inverse_size": "m^{-1}", "hold_re": r"\eta^Re", "hold_im": r"\eta^Im"},
        **{"input_re": r"\bar B^Re", "input_im": r"\bar B^Im"},
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        names = ("log_rate", "frequency", "B_re", "B_im", "C_re", "C_im")
        return {"W_xu": (H, X), "log_step": (H,), **dict.fromkeys(names, (H, N)), "D": (H,)}

    def initial_state(self) -> State:
        shape = self.hidden_size, self.state_size
        return {"hs_re": np.zeros(shape), "hs_im": np.zeros(shape)}

    def equations(self) -> list[str]:
        return [
            "inner[t,j] = W_xu[j,i] xs[t,i]",
            "step_size[j] = exp( log_step[j] )",
            "rate[j,n] = exp( log_rate[j,n] )",
            "shrink[j,n] = exp( - step_size[j] rate[j,n] )",
            "turn[j,n] = step_size[j] frequency[j,n]",
            "cos_turn[j,n] = cos( turn[j,n] )",
            "sin_turn[j,n] = sin( turn[j,n] )",
            "A_re[j,n] = shrink[j,n] cos_turn[j,n]",
            "A_im[j,n] = shrink[j,n] sin_turn[j,n]",
            # (A_bar - 1) / A = (A_bar - 1) conj(A) / |A|^2
            "size[j,n] = rate[j,n] rate[j,n] + frequency[j,n] frequency[j,n]",
            "inverse_size[j,n] = reciprocal( size[j,n] )",
            "hold_re[j,n] = one_minus(A_re[j,n]) rate[j,n] inverse_size[j,n] + A_im[j,n] frequency[j,n] inverse_size[j,n]",
            "hold_im[j,n] = one_minus(A_re[j,n]) frequency[j,n] inverse_size[j,n] - A_im[j,n] rate[j,n] inverse_size[j,n]",
            "input_re[j,n] = hold_re[j,n] B_re[j,n] - hold_im[j,n] B_im[j,n]",
            "input_im[j,n] = hold_re[j,n] B_im[j,n] + hold_im[j,n] B_re[j,n]",
            "hs_re[t,j,n] = A_re[j,n] hs_re[t-1,j,n] - A_im[j,n] hs_im[t-1,j,n] + input_re[j,n] inner[t,j]",
            "hs_im[t,j,n] = A_im[j,n] hs_re[t-1,j,n] + A_re[j,n] hs_im[t-1,j,n] + input_im[j,n] inner[t,j]",
            "ys[t,j] = C_re[j,n] hs_re[t,j,n] - C_im[j,n] hs_im[t,j,n] + D[j] inner[t,j]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        A = values["A_re"] + 1j * values["A_im"]
        B = (values["input_re"] + 1j * values["input_im"]) * values["inner"][:, :, None]
        return Recurrence(np.broadcast_to(A, B.shape), B, values["hs_re"][0] + 1j * values["hs_im"][0])


def step(params: S4DParams, x: Array, state: State) -> tuple[Array, State]:
    u = params.W_xu @ x
    A = -np.exp(params.log_rate) + 1j * params.frequency
    A_bar = np.exp(np.exp(params.log_step)[:, None] * A)
    B_bar = (A_bar - 1.0) / A * (params.B_re + 1j * params.B_im)
    s = A_bar * (state["hs_re"] + 1j * state["hs_im"]) + B_bar * u[:, None]
    y = ((params.C_re + 1j * params.C_im) * s).real.sum(axis=1) + params.D * u
    return y, {"hs_re": s.real, "hs_im": s.imag}
