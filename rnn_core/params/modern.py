r"""`init_modern`: seeded initial weights of a modern cell.

Matrices are uniform in $\pm 1/\sqrt{\text{in}}$ and vectors 0, except:

- LRU: $\lvert\lambda\rvert^2$ uniform in [0, 1], the angle uniform in [0, 2π], $\gamma = \log\sqrt{1 - \lvert\lambda\rvert^2}$,
  B and C Gaussian (Orvieto et al. 2023).
- S4D: rate 1/2, frequency $\pi n$, B = 1, C Gaussian, steps log-uniform (S4D-Lin in Gu et al. 2022).
- RG-LRU: $\Lambda$ such that $a = e^{-c\,\mathrm{softplus}(\Lambda)}$ has $a^2$ uniform in $[0.9^2, 0.999^2]$ (De et al. 2024).
- Selective state space: rates 1..N, steps log-uniform in [0.001, 0.1] (Gu and Dao 2023).
- Forget gates of the sLSTM and the mLSTM: bias 1. Gated DeltaNet: rate and step as in the selective state space.

The published steps are made for sequences of thousands of steps. Here they are log-uniform in [0.05, 0.5].
"""

import math
from typing import Any

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.modern import CELLS
from rnn_core.cells.modern.base import LARGEST, ModernParams
from rnn_core.cells.modern.rg_lru import POWER
from rnn_core.errors import CoreError, check_integer, check_option

LOG_STEPS = math.log(0.05), math.log(0.5)
Rng = np.random.Generator


def init_modern(
    cell: str, input_size: int, hidden_size: int, state_size: int | None = None, seed: int = 0, **options: Any
) -> ModernParams:
    """Initial weights. `state_size` N is that of states or keys where the cell has one; H unless given.

    >>> init_modern("delta_net", 2, 3, gated=True)
    DeltaNetParams(X=2, H=3, N=3, gated=True)
    """
    check_option("cell", cell, CELLS)
    X = check_integer("input_size", input_size, 1, LARGEST)
    H = check_integer("hidden_size", hidden_size, 1, LARGEST)
    N = H if state_size is None else check_integer("state_size", state_size, 1, LARGEST)
    kind, _step = CELLS[cell]
    known = kind.option_names()
    if unknown := set(options) - set(known):
        raise CoreError("options", ", ".join(sorted(unknown)), f"options of {cell}: {', '.join(known) or 'none'}")
    check_integer("seed", seed, 0, 2**32 - 1)
    shapes = kind.shapes(X, H, N, **({"gated": True} if options.get("gated") else {}))
    weights = {
        name: _draw(cell, name, shape, np.random.default_rng([seed, *name.encode()])) for name, shape in shapes.items()
    }
    if cell == "lru":
        weights["gamma"] = 0.5 * np.log(-np.expm1(-2.0 * np.exp(weights["nu"])))
    return kind(**weights, **options).checked()


def _draw(cell: str, name: str, shape: tuple[int, ...], rng: Rng) -> Array:
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
