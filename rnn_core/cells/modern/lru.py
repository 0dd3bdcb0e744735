r"""LRU, the linear recurrent unit (Orvieto et al. 2023, "Resurrecting Recurrent Neural Networks for Long Sequences", arXiv
2303.06349, section 3): a linear RNN with a complex diagonal matrix, in the parameters in which it trains well.

$$\lambda = \exp(-e^\nu + i e^\theta) \qquad s_t = \lambda \odot s_{t-1} + e^{\gamma} \odot (B x_t) \qquad
y_t = \mathrm{Re}(C s_t) + D x_t$$

with $s_t, \lambda$ complex (N,), $\nu, \theta, \gamma$ real (N,), $B$ complex (N, X), $C$ complex (H, N) and $D$ (H, X).
$e^{-e^\nu}$ is below 1, so no state grows. $\gamma$ starts at $\log\sqrt{1 - \lvert\lambda\rvert^2}$, which gives the
states variance 1 for white inputs, and is trained. A complex number is two real ones here, each with its equation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State


@dataclass(frozen=True, eq=False, repr=False)
class LRUParams(ModernParams):
    nu: Array  # (N,)
    theta: Array  # (N,)
    gamma: Array  # (N,)
    B_re: Array  # (N, X)
    B_im: Array  # (N, X)
    C_re: Array  # (H, N)
    C_im: Array  # (H, N)
    D: Array  # (H, X)

    cell: ClassVar[str] = "lru"
    output: ClassVar[str] = "ys"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("B_re", 1), "H": ("C_re", 0), "N": ("nu", 0)}
    letters: ClassVar[Mapping[str, str]] = {
        **{"ys": "y", "hs_re": "s^Re", "hs_im": "s^Im", "nu": r"\nu", "theta": r"\theta", "gamma": r"\gamma"},
        **{"B_re": "B^Re", "B_im": "B^Im", "C_re": "C^Re", "C_im": "C^Im"},
        **{"decay_rate": "r", "angle": r"\varphi", "modulus": r"\rho", "cos_angle": "c^Re", "sin_angle": "c^Im"},
        **{
            "lambda_re": r"\lambda^Re",
            "lambda_im": r"\lambda^Im",
            "scale": "g",
            "drive_re": "u^Re",
            "drive_im": "u^Im",
        },
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        vectors = {"nu": (N,), "theta": (N,), "gamma": (N,)}
        return vectors | {"B_re": (N, X), "B_im": (N, X), "C_re": (H, N), "C_im": (H, N), "D": (H, X)}

    def initial_state(self) -> State:
        return {"hs_re": np.zeros(self.state_size), "hs_im": np.zeros(self.state_size)}

    def equations(self) -> list[str]:
        return [
            "decay_rate[n] = exp( nu[n] )",
            "angle[n] = exp( theta[n] )",
            "modulus[n] = exp( - decay_rate[n] )",
            "cos_angle[n] = cos( angle[n] )",
            "sin_angle[n] = sin( angle[n] )",
            "lambda_re[n] = modulus[n] cos_angle[n]",
            "lambda_im[n] = modulus[n] sin_angle[n]",
            "scale[n] = exp( gamma[n] )",
            "drive_re[t,n] = scale[n] B_re[n,i] xs[t,i]",
            "drive_im[t,n] = scale[n] B_im[n,i] xs[t,i]",
            "hs_re[t,n] = lambda_re[n] hs_re[t-1,n] - lambda_im[n] hs_im[t-1,n] + drive_re[t,n]",
            "hs_im[t,n] = lambda_im[n] hs_re[t-1,n] + lambda_re[n] hs_im[t-1,n] + drive_im[t,n]",
            "ys[t,j] = C_re[j,n] hs_re[t,n] - C_im[j,n] hs_im[t,n] + D[j,i] xs[t,i]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        A = values["lambda_re"] + 1j * values["lambda_im"]
        B = values["drive_re"] + 1j * values["drive_im"]
        return Recurrence(np.broadcast_to(A, B.shape), B, values["hs_re"][0] + 1j * values["hs_im"][0])


def step(params: LRUParams, x: Array, state: State) -> tuple[Array, State]:
    lambda_ = np.exp(-np.exp(params.nu) + 1j * np.exp(params.theta))
    B = params.B_re + 1j * params.B_im
    C = params.C_re + 1j * params.C_im
    s = lambda_ * (state["hs_re"] + 1j * state["hs_im"]) + np.exp(params.gamma) * (B @ x)
    return (C @ s).real + params.D @ x, {"hs_re": s.real, "hs_im": s.imag}
