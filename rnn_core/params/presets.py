"""Small networks with chosen weights. Each demonstrates one idea, on an input that shows it.

The input is a function of the number of steps, so that a reader can lengthen it and see how far the idea carries.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array, Cell
from rnn_core.cells import Params, RNNParams
from rnn_core.params.build import check_form, make_params, shapes_of
from rnn_core.params.init import init_params


@dataclass(frozen=True)
class Preset:
    name: str
    cell: Cell
    params: Params
    inputs: Callable[[int], Array]  # T -> (T, X)


def pulse(steps: int, width: int = 1) -> Array:
    """1 at the first step, then 0.

    >>> pulse(4)[:, 0]
    array([1., 0., 0., 0.])
    """
    xs = np.zeros((steps, width))
    xs[0] = 1.0
    return xs


def wave(steps: int, width: int = 1, period: float = 12.0) -> Array:
    """A sine; each further input is delayed by another quarter period."""
    phase = np.arange(width) * np.pi / 2
    return np.sin(2 * np.pi * np.arange(steps)[:, None] / period - phase)


def noise(steps: int, width: int = 1, seed: int = 0) -> Array:
    return np.random.default_rng(seed).uniform(-1.0, 1.0, (steps, width))


def constant(steps: int, width: int = 1) -> Array:
    return np.ones((steps, width))


def _write_then_noise(steps: int) -> Array:
    """Two inputs: a noisy value, and a signal that says 'write' at step 3 and again six steps before the end."""
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
    return [
        Preset("blend", "rnn", RNNParams(_column(1, 1), _matrix((0.8, 0), (0, 0.3)), _vector(0, 0)), wave),
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
        Preset("zeros", "rnn", _zeros("rnn", 1, 3), wave),
    ]


Gate = tuple[list[float], float]  # weights on the inputs, and the bias


def _unit(cell: Cell, gates: dict[str, Gate], **recurrent: float) -> Params:
    """One unit whose gates depend on the inputs alone; `recurrent` weights that are not given are 0."""
    form = check_form(cell, {})
    X = len(next(iter(gates.values()))[0])
    weights = {name: np.zeros(shape) for name, shape in shapes_of(cell, X, 1, form).items()}
    for gate, (on_inputs, bias) in gates.items():
        weights[f"W_x{gate}"] = np.array([on_inputs], dtype=np.float64)
        weights[f"b_{gate}"] = np.array([bias], dtype=np.float64)
    for name, value in recurrent.items():
        weights[name] = np.array([[value]])
    return make_params(cell, weights, form)


def _zeros(cell: Cell, X: int, H: int) -> Params:
    return init_params(cell, X, H, scheme="zeros")


def _lstm_presets() -> list[Preset]:
    latch = _unit("lstm", {"i": ([0, 20], -10), "f": ([0, -20], 10), "g": ([4, 0], 0), "o": ([0, 0], 10)})
    counter = _unit("lstm", {"i": ([0, 0], 10), "f": ([0, 0], 12), "g": ([4, -4], 0), "o": ([0, 0], 10)})
    leaky = _unit("lstm", {"i": ([0], 4), "f": ([0], 1), "g": ([1], 0), "o": ([0], 4)})
    saturated = _unit("lstm", {"i": ([12], 6), "f": ([-12], -6), "g": ([9], 0), "o": ([12], 6)})
    return [
        Preset("latch", "lstm", latch, _write_then_noise),
        Preset("counter", "lstm", counter, _a_then_b),
        Preset("leak", "lstm", leaky, pulse),
        Preset("saturated", "lstm", saturated, wave),
        Preset("zeros", "lstm", _zeros("lstm", 1, 2), wave),
    ]


def _gru_presets() -> list[Preset]:
    ignore = _unit("gru", {"r": ([0, 0], 0), "z": ([0, -20], 10), "n": ([4, 0], 0)})
    average = _unit("gru", {"r": ([0], 0), "z": ([0], 2), "n": ([1], 0)})
    fresh = _unit("gru", {"r": ([0, -20], 10), "z": ([0, 0], -1), "n": ([0.4, 0], 0)}, W_hn=1.5)
    saturated = _unit("gru", {"r": ([12], 6), "z": ([-12], 6), "n": ([9], 0)}, W_hn=1)
    return [
        Preset("ignore", "gru", ignore, _write_then_noise),
        Preset("average", "gru", average, lambda steps: noise(steps, seed=2)),
        Preset("fresh", "gru", fresh, _write_then_noise),
        Preset("saturated", "gru", saturated, wave),
        Preset("zeros", "gru", _zeros("gru", 1, 2), wave),
    ]


PRESETS: dict[Cell, dict[str, Preset]] = {
    "rnn": {preset.name: preset for preset in _rnn_presets()},
    "lstm": {preset.name: preset for preset in _lstm_presets()},
    "gru": {preset.name: preset for preset in _gru_presets()},
}
