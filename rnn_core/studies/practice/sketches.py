"""Exercises of the third kind: sketch a curve before it is shown. The curves are computed; the score compares the two."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells import LSTMTrace
from rnn_core.lab.recorded import recording
from rnn_core.studies.practice.goal_list import cell_state, impulse, one_unit, state_gradient

Closeness = Literal["very close", "close", "rough", "other"]
Place = Literal["right", "too high", "too low"]
LIMITS: tuple[tuple[float, Closeness], ...] = ((0.05, "very close"), (0.1, "close"), (0.2, "rough"))
JUMP = 0.15  # of the range, from one mark to the next
ENDS = 0.12  # of the range: a beginning or an end this near is right


@dataclass(frozen=True)
class Curve:
    values: Array  # (n,) at the marks 1 to n
    settings: Mapping[str, str] = field(default_factory=dict)  # numbers that the question names


@dataclass(frozen=True)
class Sketch:
    name: str
    page: str
    range: tuple[float, float]
    start: float  # the height of the line that the reader begins with
    make: Callable[[np.random.Generator, int], Curve]
    ink: str

    def curve(self, seed: int) -> Curve:
        return self.make(np.random.default_rng([13, seed]), seed)


@dataclass(frozen=True)
class Score:
    distance: float  # root mean square, as a part of the range
    closeness: Closeness
    beginning: Place
    end: Place
    jump: tuple[int, int] | None  # where the drawing changes most, and where the curve jumps; None: it does not jump

    @property
    def counts(self) -> bool:
        return self.closeness in ("very close", "close")


def score(sketch: Sketch, drawn: Array, curve: Array) -> Score:
    """How near a drawing comes to the curve. Values outside of the range count as its end."""
    low, high = sketch.range
    true = np.clip(curve, low, high)
    span = high - low
    distance = float(np.sqrt(np.mean((drawn - true) ** 2)) / span)
    closeness: Closeness = next((name for limit, name in LIMITS if distance <= limit), "other")
    mine, its = (abs(np.diff(each)) for each in (drawn, true))
    jumps = its.max() > JUMP * span and its.max() > 3.0 * np.median(its)
    jump = (int(mine.argmax()) + 2, int(its.argmax()) + 2) if jumps else None
    first, last = ((drawn[at] - true[at]) / span for at in (0, -1))
    return Score(distance, closeness, _place(first), _place(last), jump)


def _place(difference: float) -> Place:
    return "right" if abs(difference) <= ENDS else "too high" if difference > 0 else "too low"


def _pick(seed: int, *values: float) -> float:
    """One of the values by the seed, so that the next seed gives another one."""
    return values[seed % len(values)]


def _powers(w: float, k: int = 20) -> Curve:
    """log10 |dh_T / dh_{T-k}| of a linear RNN, k = 1 to 20, measured by a backward pass."""
    trace = one_unit("rnn", {"W_xh": 1.0, "W_hh": w}, impulse(k, 1.0), activation="linear")
    return Curve(np.log10(state_gradient(trace)[:-1][::-1]), {"w": f"{w:g}"})


def _vanishing(_rng: np.random.Generator, seed: int) -> Curve:
    return _powers(_pick(seed, 0.7, 0.85, 0.6, 0.75, 0.9, 0.8))


def _exploding(_rng: np.random.Generator, seed: int) -> Curve:
    return _powers(_pick(seed, 1.2, 1.35, 1.15, 1.3, 1.25))


def _saturated(rng: np.random.Generator, _seed: int) -> Curve:
    """log10 of the gradient at each step, when one large input saturates tanh at one step; w = 1."""
    at = int(rng.integers(6, 16))
    xs = np.zeros((20, 1))
    xs[at - 1], xs[at] = 1.8, -0.9468  # the second input takes the state back near 0
    trace = one_unit("rnn", {"W_xh": 1.0, "W_hh": 1.0}, xs)
    return Curve(np.log10(state_gradient(trace)[1:]), {"at": f"{at}"})


def _marks(rng: np.random.Generator) -> tuple[int, int]:
    return int(rng.integers(4, 9)), int(rng.integers(12, 18))


def _forget_gate(rng: np.random.Generator, _seed: int) -> Curve:
    first, second = _marks(rng)
    xs = np.zeros((20, 1))
    xs[[first - 1, second - 1]] = 1.0
    trace = one_unit("lstm", {"b_f": 3.0, "W_xf": -7.0}, xs)
    assert isinstance(trace, LSTMTrace)
    return Curve(trace.forget_gate[:, 0], {"first": f"{first}", "second": f"{second}"})


def _pulse(_rng: np.random.Generator, seed: int) -> Curve:
    bias = _pick(seed, 1.0, 1.5, 2.0, 2.5, 3.0)
    weights = {"W_xi": 20.0, "b_i": -10.0, "W_xg": 5.0, "b_f": bias}
    gate = 1.0 / (1.0 + np.exp(-bias))
    return Curve(cell_state(one_unit("lstm", weights, impulse(20, 1.0))), {"f": f"{gate:.2f}"})


def _step_response(_rng: np.random.Generator, seed: int) -> Curve:
    bias = _pick(seed, 0.0, 0.8473, 1.3863, 2.1972)
    trace = one_unit("gru", {"b_z": bias, "W_xn": 5.0}, np.ones((20, 1)))
    return Curve(trace.hs[1:, 0], {"z": f"{1.0 / (1.0 + np.exp(-bias)):.2f}"})


def _oscillation(_rng: np.random.Generator, seed: int) -> Curve:
    w = _pick(seed, -0.6, -0.75, -0.9, -1.0)
    trace = one_unit("rnn", {"W_xh": 1.0, "W_hh": w}, impulse(12, 1.0), activation="linear")
    return Curve(trace.hs[1:, 0], {"w": f"−{-w:g}"})


def _count(rng: np.random.Generator, _seed: int) -> Curve:
    xs = rng.integers(0, 2, size=(15, 1)).astype(np.float64)
    weights = {"b_i": 12.0, "b_f": 12.0, "W_xg": 12.0}
    bits = " ".join(f"{int(x)}" for x in xs[:, 0])
    return Curve(cell_state(one_unit("lstm", weights, xs)), {"bits": bits})


def _tanh_slope(_rng: np.random.Generator, _seed: int) -> Curve:
    """The slope of tanh, as a backward pass through one step measures it, at a = −4 to 4."""
    slopes = [
        state_gradient(one_unit("rnn", {"b_h": a, "W_hh": 1.0}, np.zeros((1, 1))))[0] for a in np.linspace(-4, 4, 17)
    ]
    return Curve(np.array(slopes))


def _overfitting(_rng: np.random.Generator, seed: int) -> Curve:
    """The held-out loss, in hundredths, of a recorded run that learns 16 examples without regularisation."""
    runs = [run for run in recording("overfit").outcomes if run.settings.dropout == run.settings.l2 == 0.0]
    run = runs[seed % len(runs)]
    return Curve(100.0 * run.loss[::3], {"every": f"{run.steps[3] - run.steps[0]:g}"})


def _plateau(_rng: np.random.Generator, seed: int) -> Curve:
    """log10 of the held-out loss of a recorded LSTM on the adding problem."""
    runs = [run for run in recording("cells").outcomes if run.settings.cell == "lstm"]
    run = runs[seed % len(runs)]
    return Curve(np.log10(run.loss[::3]), {"every": f"{run.steps[3] - run.steps[0]:g}"})


_SKETCHES = (
    Sketch("vanishing", "gradients", (-5.0, 1.0), 1.0, _vanishing, "gradient"),
    Sketch("exploding", "gradients", (-1.0, 3.0), -1.0, _exploding, "gradient"),
    Sketch("saturated", "gradients", (-3.0, 1.0), 0.0, _saturated, "gradient"),
    Sketch("forget_gate", "gates", (0.0, 1.0), 0.5, _forget_gate, "forget_gate"),
    Sketch("pulse", "lstm", (0.0, 1.0), 0.5, _pulse, "c"),
    Sketch("step_response", "gru", (0.0, 1.0), 0.5, _step_response, "h"),
    Sketch("oscillation", "rnn", (-1.0, 1.0), 0.0, _oscillation, "h"),
    Sketch("count", "lstm", (0.0, 15.0), 12.0, _count, "c"),
    Sketch("tanh_slope", "rnn", (0.0, 1.0), 0.5, _tanh_slope, "gradient"),
    Sketch("overfitting", "lab", (0.0, 15.0), 7.0, _overfitting, "loss"),
    Sketch("plateau", "lab", (-4.0, 1.0), 0.0, _plateau, "loss"),
)
SKETCHES: Mapping[str, Sketch] = MappingProxyType({sketch.name: sketch for sketch in _SKETCHES})
