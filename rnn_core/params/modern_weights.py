r"""How the initial weights of the modern cells are drawn.

Matrices are uniform in $\pm 1/\sqrt{\text{in}}$, and vectors are 0. The exceptions are:

- LRU: $\lvert\lambda\rvert^2$ uniform in [0, 1], the angle uniform in [0, 2π], $\gamma = \log\sqrt{1 - \lvert\lambda\rvert^2}$,
  B and C Gaussian (Orvieto et al. 2023).
- S4D: rate 1/2, frequency $\pi n$, B = 1, C Gaussian, steps log-uniform (S4D-Lin in Gu et al. 2022).
- RG-LRU: $\Lambda$ such that $a = e^{-c\,\mathrm{softplus}(\Lambda)}$ has $a^2$ uniform in $[0.9^2, 0.999^2]$ (De et al. 2024).
- Selective state space: rates 1..N, steps log-uniform in [0.001, 0.1] (Gu and Dao 2023).
- Forget gates of the sLSTM and the mLSTM: bias 1. Gated DeltaNet: rate and step as in the selective state space.

The published steps are made for sequences of thousands of steps. Here they are log-uniform in [0.05, 0.5].
"""

import math
from collections.abc import Mapping

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.modern.rg_lru import POWER

LOG_STEPS = math.log(0.05), math.log(0.5)


def draw_weights(cell: str, shapes: Mapping[str, tuple[int, ...]], seed: int) -> dict[str, Array]:
    """Every weight of these shapes, each with a random generator of its own from the seed and its name."""
    weights = {
        name: _draw(cell, name, shape, np.random.default_rng([seed, *name.encode()])) for name, shape in shapes.items()
    }
    if cell == "lru":
        weights["gamma"] = 0.5 * np.log(-np.expm1(-2.0 * np.exp(weights["nu"])))
    return weights


def _draw(cell: str, name: str, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    match cell, name:
        case "lru", "nu":
            return np.asarray(np.log(-0.5 * np.log(rng.uniform(1e-3, 1.0 - 1e-3, shape))))
        case "lru", "theta":
            return np.asarray(np.log(2.0 * math.pi * rng.uniform(1e-3, 1.0, shape)))
        case ("lru", "B_re" | "B_im"):
            return rng.normal(size=shape) / math.sqrt(2.0 * shape[1])
        case ("lru" | "s4d", "C_re" | "C_im"):
            return rng.normal(size=shape) / math.sqrt(shape[1])
        case "s4d", "log_rate":
            return np.full(shape, math.log(0.5))
        case "s4d", "frequency":
            return np.broadcast_to(math.pi * np.arange(shape[1]), shape).copy()
        case "s4d", "B_re":
            return np.ones(shape)
        case "s4d", "B_im":
            return np.zeros(shape)
        case "s4d", "log_step":
            return rng.uniform(*LOG_STEPS, shape)
        case "rg_lru", "Lambda":
            log_a = 0.5 * np.log(rng.uniform(0.9**2, 0.999**2, shape))
            return np.asarray(np.log(np.expm1(-log_a / POWER)))
        case "selective", "log_rate":
            return np.log(np.broadcast_to(np.arange(1.0, shape[1] + 1.0), shape))
        case ("selective", "b_d") | ("delta_net", "b_a"):
            steps = np.exp(rng.uniform(*LOG_STEPS, shape))
            return np.asarray(np.log(np.expm1(steps)))
        case ("slstm" | "mlstm", "b_f"):
            return np.ones(shape)
        case "rwkv7", "xi" | "mu":
            return np.ones(shape)
    return rng.uniform(-1.0, 1.0, shape) / math.sqrt(shape[1]) if len(shape) == 2 else np.zeros(shape)
