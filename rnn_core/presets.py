"""Small networks set by hand, each to show one idea, with the input that shows it.

Every preset is a function of the number of steps, so that a reader may lengthen it and watch the idea hold or break.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rnn_core.cells.gru import GRUParams
from rnn_core.cells.lstm import LSTMParams
from rnn_core.cells.rnn import RNNParams
from rnn_core.types import Array, Cell

Params = RNNParams | LSTMParams | GRUParams


@dataclass(frozen=True)
class Preset:
    name: str
    cell: Cell
    params: Params
    inputs: Callable[[int], Array]  # T -> (T, X)


def pulse(steps: int, width: int = 1) -> Array:
    """1 at the first step, then silence."""
    xs = np.zeros((steps, width))
    xs[0] = 1.0
    return xs


def wave(steps: int, width: int = 1, period: float = 12.0) -> Array:
    """A sine; each further input is a quarter period later."""
    phase = np.arange(width) * np.pi / 2
    return np.sin(2 * np.pi * np.arange(steps)[:, None] / period - phase)


def noise(steps: int, width: int = 1, seed: int = 0) -> Array:
    return np.random.default_rng(seed).uniform(-1.0, 1.0, (steps, width))


def constant(steps: int, width: int = 1) -> Array:
    return np.ones((steps, width))


def _write_then_noise(steps: int) -> Array:
    """Two inputs, a value that never rests and a signal: 'write' at step 3, and again six steps before the end."""
    xs = np.zeros((steps, 2))
    xs[:, 0] = noise(steps, seed=4)[:, 0]
    first, second = min(2, steps - 1), max(steps - 6, 0)
    xs[second] = (-1.0, 1.0)
    xs[first] = (1.0, 1.0)
    return xs


def _a_then_b(steps: int) -> Array:
    """The word a^n b^n, one hot: first half a, second half b."""
    is_a = np.arange(steps) < steps // 2
    return np.stack([is_a, ~is_a], axis=1).astype(np.float64)


def _column(*values: float) -> Array:
    return np.array(values, dtype=np.float64)[:, None]


def _matrix(*rows: tuple[float, ...]) -> Array:
    return np.array(rows, dtype=np.float64)


def _vector(*values: float) -> Array:
    return np.array(values, dtype=np.float64)


def _rnn_presets() -> list[Preset]:
    quarter_turn_in_six = 2 * np.pi / 24
    cos, sin = float(np.cos(quarter_turn_in_six)), float(np.sin(quarter_turn_in_six))
    zero = RNNParams(np.zeros((3, 1)), np.zeros((3, 3)), np.zeros(3))
    return [
        Preset("echo", "rnn", RNNParams(_column(1, 1), _matrix((0.9, 0), (0, 0.5)), _vector(0, 0)), pulse),
        Preset(
            "rotation",
            "rnn",
            RNNParams(_column(1, 0), _matrix((cos, -sin), (sin, cos)), _vector(0, 0), "linear"),
            pulse,
        ),
        Preset("sum", "rnn", RNNParams(_column(1), _matrix((1,)), _vector(0), "linear"), wave),
        Preset(
            "exploding",
            "rnn",
            RNNParams(_column(1, 0.5), _matrix((1.1, 0.3), (0.3, 1.1)), _vector(0, 0), "relu"),
            pulse,
        ),
        Preset("saturated", "rnn", RNNParams(_column(6, -4), _matrix((3, 1), (-1, 3)), _vector(0, 0)), wave),
        Preset("zeros", "rnn", zero, wave),
    ]


def _lstm(
    i: tuple[list[float], float],
    f: tuple[list[float], float],
    g: tuple[list[float], float],
    o: tuple[list[float], float],
) -> LSTMParams:
    """One unit without recurrent weights: each gate is (weights on the inputs, bias)."""
    zero = np.zeros((1, 1))
    row = [np.array([weights], dtype=np.float64) for weights, _ in (i, f, g, o)]
    bias = [np.array([b]) for _, b in (i, f, g, o)]
    return LSTMParams(*row, zero, zero.copy(), zero.copy(), zero.copy(), *bias)


def _lstm_presets() -> list[Preset]:
    H, X = 2, 1
    weight = np.full((H, X), 0.0)
    zeros = LSTMParams(
        *[weight.copy() for _ in range(4)], *[np.zeros((H, H)) for _ in range(4)], *[np.zeros(H) for _ in range(4)]
    )
    latch = _lstm(i=([0, 20], -10), f=([0, -20], 10), g=([4, 0], 0), o=([0, 0], 10))
    counter = _lstm(i=([0, 0], 10), f=([0, 0], 12), g=([4, -4], 0), o=([0, 0], 10))
    leaky = _lstm(i=([0], 4), f=([0], 1), g=([1], 0), o=([0], 4))
    saturated = _lstm(i=([12], 6), f=([-12], -6), g=([9], 0), o=([12], 6))
    return [
        Preset("latch", "lstm", latch, _write_then_noise),
        Preset("counter", "lstm", counter, _a_then_b),
        Preset("leak", "lstm", leaky, pulse),
        Preset("saturated", "lstm", saturated, wave),
        Preset("zeros", "lstm", zeros, wave),
    ]


def _gru(
    r: tuple[list[float], float], z: tuple[list[float], float], n: tuple[list[float], float], w_hn: float
) -> GRUParams:
    """One unit whose gates look at the inputs alone."""
    zero = np.zeros((1, 1))
    row = [np.array([weights], dtype=np.float64) for weights, _ in (r, z, n)]
    bias = [np.array([b]) for _, b in (r, z, n)]
    return GRUParams(*row, zero, zero.copy(), np.array([[w_hn]]), *bias, b_hn=np.zeros(1))


def _gru_presets() -> list[Preset]:
    H = 2
    zeros = GRUParams(
        *[np.zeros((H, 1)) for _ in range(3)],
        *[np.zeros((H, H)) for _ in range(3)],
        *[np.zeros(H) for _ in range(3)],
        b_hn=np.zeros(H),
    )
    return [
        Preset("ignore", "gru", _gru(r=([0, 0], 0), z=([0, -20], 10), n=([4, 0], 0), w_hn=0), _write_then_noise),
        Preset("average", "gru", _gru(r=([0], 0), z=([0], 2), n=([1], 0), w_hn=0), lambda steps: noise(steps, seed=2)),
        Preset("fresh", "gru", _gru(r=([0, -20], 10), z=([0, 0], -1), n=([0.4, 0], 0), w_hn=1.5), _write_then_noise),
        Preset("saturated", "gru", _gru(r=([12], 6), z=([-12], 6), n=([9], 0), w_hn=1), wave),
        Preset("zeros", "gru", zeros, wave),
    ]


PRESETS: dict[Cell, dict[str, Preset]] = {
    "rnn": {preset.name: preset for preset in _rnn_presets()},
    "lstm": {preset.name: preset for preset in _lstm_presets()},
    "gru": {preset.name: preset for preset in _gru_presets()},
}
