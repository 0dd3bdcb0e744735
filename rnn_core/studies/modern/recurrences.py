r"""Facts about linear recurrences and gates: variance, overflow, monotone states, parity, and numbers of parameters.

A complex state with $s_t = \lambda s_{t-1} + g x_t$ and white inputs of variance 1 has the variance
$g^2 \sum_k \lvert\lambda\rvert^{2k} = g^2 / (1 - \lvert\lambda\rvert^2)$ in the long run.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells import GRUParams, LSTMParams
from rnn_core.cells.activations import sigma
from rnn_core.cells.modern import CELLS
from rnn_core.cells.modern.base import ModernTrace
from rnn_core.cells.modern.delta_net import DeltaNetParams
from rnn_core.cells.modern.lru import LRUParams
from rnn_core.cells.modern.slstm import SLSTMParams
from rnn_core.errors import CoreError, check_integer, check_number
from rnn_core.passes.modern import run_modern
from rnn_core.passes.unroll import run

CERTAIN = 40.0  # sigma(40) is 1 in float64


def state_variance(modulus: float, normalised: bool, steps: int = 2000, angle: float = 0.3) -> float:
    """The variance of an LRU's state after `steps` white inputs of variance 1: the energy of its impulse response."""
    check_number("modulus", modulus, 1e-3, 1.0 - 1e-9)
    nu, theta = math.log(-math.log(modulus)), math.log(angle)
    gamma = 0.5 * math.log(1.0 - modulus**2) if normalised else 0.0
    numbers = {"nu": nu, "theta": theta, "gamma": gamma}
    vectors = {name: np.array([value]) for name, value in numbers.items()}
    maps = {"B_re": np.ones((1, 1)), "B_im": np.zeros((1, 1)), "C_re": np.ones((1, 1)), "C_im": np.zeros((1, 1))}
    impulse = np.zeros((steps, 1))
    impulse[0] = 1.0
    trace = run_modern(LRUParams(**vectors, **maps, D=np.zeros((1, 1))), impulse)
    return float((trace.hs_re**2 + trace.hs_im**2).sum())


@dataclass(frozen=True)
class NaiveExponential:
    """An sLSTM without its stabiliser: numbers grow until they are infinite, and then infinity / infinity is no number."""

    cs: Array  # (T+1, H)
    normaliser: Array  # (T+1, H)
    hs: Array  # (T+1, H)

    @property
    def first_bad(self) -> int | None:
        """The first step, from 1, at which h is not finite."""
        bad = ~np.isfinite(self.hs[1:]).all(axis=1)
        return int(bad.argmax()) + 1 if bad.any() else None


def naive_slstm(params: SLSTMParams, xs: Array) -> NaiveExponential:
    """The equations of the sLSTM with i = exp(.) as they are first written, with m = 0 throughout."""
    T, H = len(xs), params.hidden_size
    cs, ns, hs = np.zeros((T + 1, H)), np.zeros((T + 1, H)), np.zeros((T + 1, H))

    def a(gate: str, t: int) -> Array:
        W_x, W_h, b = (getattr(params, kind + gate) for kind in ("W_x", "W_h", "b_"))
        return np.asarray(W_x @ xs[t] + W_h @ hs[t] + b)

    with np.errstate(all="ignore"):
        for t in range(T):
            i = np.exp(a("i", t))
            f = np.exp(a("f", t)) if params.forget == "exp" else sigma(a("f", t))
            cs[t + 1] = f * cs[t] + i * np.tanh(a("g", t))
            ns[t + 1] = f * ns[t] + i
            hs[t + 1] = sigma(a("o", t)) * cs[t + 1] / ns[t + 1]
    return NaiveExponential(cs, ns, hs)


@dataclass(frozen=True)
class ParityLanes:
    """The state of four cells after every bit, and whether a threshold on it tells the parity."""

    parity: Array  # (T,) 0 or 1: the number of ones so far is even or odd
    positive_gate: Array  # (T,)
    sign: Array  # (T,) one linear unit, times -1 at every one
    lstm: Array  # (T,)
    gru: Array  # (T,)
    right: Mapping[str, Array]  # (T,) of each lane: whether its best threshold gives the parity at that step


def parity_lanes(bits: Array, gate: float = 0.8) -> ParityLanes:
    """Cells with one unit and weights chosen for parity; the positive gate has h = gate h + (1 - gate) at every one."""
    check_number("gate", gate, 0.0, 1.0)
    bits = _checked_bits(bits)
    parity = bits.cumsum() % 2
    lanes = {
        "positive_gate": _loop(bits, lambda h, bit: gate * h + (1.0 - gate) if bit else h, 0.0),
        "sign": _loop(bits, lambda h, bit: -h if bit else h, -1.0),
        "lstm": run(parity_lstm(), bits[:, None]).hs[1:, 0],
        "gru": run(parity_gru(), bits[:, None], h_0=[-1.0]).hs[1:, 0],
    }
    right = {name: best_threshold(states, parity) for name, states in lanes.items()}
    return ParityLanes(parity, **lanes, right=right)


def _loop(bits: Array, change: Callable[[float, float], float], start: float) -> Array:
    states, h = [], start
    for bit in bits:
        h = change(h, bit)
        states.append(h)
    return np.array(states)


def best_threshold(states: Array, parity: Array) -> Array:
    """(T,) right or not, for the threshold and direction that are right most often."""
    best = np.zeros(len(states), dtype=bool)
    edges = np.unique(states)
    for edge in [edges[0] - 1.0, *((edges[1:] + edges[:-1]) / 2.0)]:
        for above in (0, 1):
            right = np.where(states > edge, above, 1 - above) == parity
            if right.sum() > best.sum():
                best = right
    return best


def parity_lstm() -> LSTMParams:
    """One unit: a one writes 1 into an empty cell and empties a full one; tanh(1) is the full cell's output."""
    full = math.tanh(1.0)
    biases = {"b_i": -0.5 * CERTAIN, "b_f": 1.5 * CERTAIN, "b_g": 20.0, "b_o": CERTAIN}
    matrices = {"W_xi": CERTAIN, "W_hi": -CERTAIN / full, "W_xf": -CERTAIN, "W_hf": -CERTAIN / full}
    matrices |= {"W_xg": 0.0, "W_hg": 0.0, "W_xo": 0.0, "W_ho": 0.0}
    return LSTMParams(**_one_unit(matrices, biases))


def parity_gru() -> GRUParams:
    """One unit: a one replaces h by tanh(-4 h), a zero keeps it."""
    matrices = {"W_xr": 0.0, "W_xz": -CERTAIN, "W_xn": 0.0, "W_hr": 0.0, "W_hz": 0.0, "W_hn": -4.0}
    biases = {"b_r": CERTAIN, "b_z": 0.5 * CERTAIN, "b_n": 0.0, "b_hn": 0.0}
    return GRUParams(**_one_unit(matrices, biases))


def _one_unit(matrices: Mapping[str, float], biases: Mapping[str, float]) -> dict[str, Any]:
    return {name: np.full((1, 1), value) for name, value in matrices.items()} | {
        name: np.array([value]) for name, value in biases.items()
    }


def parity_delta_net(bits: Array, negative: bool = True) -> ModernTrace:
    """DeltaNet with one key: a one has the eigenvalue 1 - beta along it, which is -1 only if beta may be 2."""
    bits = _checked_bits(bits)
    one, far = np.ones((1, 1)), 1e6  # a long key has length 1 after its division, to the last digit
    xs = np.stack([bits, np.ones(len(bits))], axis=1)  # the second input is 1: the key needs no bit
    params = DeltaNetParams(
        W_xq=np.array([[0.0, far]]),
        W_xk=np.array([[0.0, far]]),
        W_xv=np.zeros((1, 2)),
        W_xb=np.array([[2.0 * CERTAIN, -CERTAIN]]),
        b_b=np.zeros(1),
        negative=negative,
    )
    return run_modern(params, xs, {"memory": -one})


def _checked_bits(bits: Array) -> Array:
    found = np.asarray(bits, dtype=np.float64)
    if found.ndim != 1 or not len(found) or not np.isin(found, (0.0, 1.0)).all():
        raise CoreError("bits", "other numbers", "a row of zeros and ones")
    return found


def one_bias_parameters(X: int, H: int) -> Mapping[str, int]:
    """How many numbers each cell trains, with one bias per gate and N = H where a cell has a third size."""
    check_integer("X", X, 1, 4096)
    check_integer("H", H, 1, 4096)
    classical = {"rnn": 1, "gru": 3, "lstm": 4}
    counts = {cell: gates * (H * X + H * H + H) for cell, gates in classical.items()}
    return counts | {
        cell: sum(math.prod(shape) for shape in kind.shapes(X, H, H).values()) for cell, (kind, _step) in CELLS.items()
    }


def state_numbers(cell: str, H: int, N: int, t: int) -> int:
    """How many numbers a cell carries after t steps. Attention carries a key and a value for every step."""
    if cell == "attention":
        return t * (N + H)
    if cell in ("rnn", "gru", "lstm"):
        return H * (2 if cell == "lstm" else 1)
    kind, _step = CELLS[cell]
    shapes = kind.shapes(1, H, N)
    empty = kind(**{name: np.zeros(shape) for name, shape in shapes.items()})
    return sum(state.size for state in empty.initial_state().values())
