"""The goals: what must hold, for which cell of one unit, and which weights the reader sets. All others are fixed here."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from rnn_core.arrays import Array, Cell
from rnn_core.cells import AnyTrace, LSTMTrace
from rnn_core.params.build import check_form, make_params, shapes_of
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run
from rnn_core.studies.practice.goals import Condition, Curve, Goal, Knob, Outcome, Weights

Random = np.random.Generator


def one_unit(cell: Cell, weights: Weights, xs: Array, **form: str) -> AnyTrace:
    """A run of a cell with one unit. Weights of several inputs are named W_xi1, W_xi2; those that are not given are 0."""
    X = xs.shape[1]
    whole = check_form(cell, form)
    full: dict[str, Array] = {}
    for name, shape in shapes_of(cell, X, 1, whole).items():
        several = len(shape) == 2 and shape[1] > 1
        numbers = [weights.get(f"{name}{at + 1}" if several else name, 0.0) for at in range(int(np.prod(shape)))]
        full[name] = np.array(numbers).reshape(shape)
    return run(make_params(cell, full, whole), xs)


def impulse(T: int, size: float) -> Array:
    xs = np.zeros((T, 1))
    xs[0] = size
    return xs


def state_gradient(trace: AnyTrace) -> Array:
    """|dh_T / dh_t| for t = 0 to T."""
    direct = np.zeros((len(trace.xs), 1))
    direct[-1] = 1.0
    return np.asarray(abs(bptt(trace, direct).dhs[:, 0]))


def _hold_bit(weights: Weights, _rng: Random) -> Outcome:
    up, down = (one_unit("rnn", weights, impulse(50, size)).hs[1:, 0] for size in (1.0, -1.0))
    return Outcome(_kept(up, down), (Curve("plus", up, 1), Curve("minus", down, 1)))


def _kept(up: Array, down: Array) -> tuple[Condition, ...]:
    return (Condition("plus_kept", up[-1], low=0.5), Condition("minus_kept", down[-1], high=-0.5))


def _gradient_lives(weights: Weights, rng: Random) -> Outcome:
    trace = one_unit("rnn", weights, 0.3 * rng.normal(size=(30, 1)))
    gradient = state_gradient(trace)
    conditions = (
        Condition("gradient_at_1", gradient[1], low=0.1, high=10.0),
        Condition("spread", float(trace.hs[1:].std()), low=0.02),
    )
    return Outcome(conditions, (Curve("gradient", gradient, 0),))


def _adds(weights: Weights, rng: Random) -> Outcome:
    xs = rng.integers(-3, 4, size=(12, 1)).astype(np.float64)
    trace = one_unit("rnn", weights, xs, activation="linear")
    sums = np.cumsum(xs[:, 0])
    off = float(abs(trace.hs[1:, 0] - sums).max())
    return Outcome((Condition("off_sum", off, high=0.01),), (Curve("target", sums, 1), Curve("h", trace.hs[1:, 0], 1)))


def _alternates(weights: Weights, _rng: Random) -> Outcome:
    h = one_unit("rnn", {"W_xh": 1.0, **weights}, impulse(20, 1.0)).hs[1:, 0]
    changes = float((np.sign(h[1:]) != np.sign(h[:-1])).sum())
    conditions = (Condition("sign_changes", changes, low=19), Condition("smallest_state", abs(h).min(), low=0.3))
    return Outcome(conditions, (Curve("h", h, 1),))


def _explodes(weights: Weights, rng: Random) -> Outcome:
    trace = one_unit("rnn", weights, 0.1 * rng.normal(size=(30, 1)), activation="linear")
    gradient = state_gradient(trace)
    return Outcome((Condition("gradient_at_0", gradient[0], low=1000.0, high=1e6),), (Curve("gradient", gradient, 0),))


def cell_state(trace: AnyTrace) -> Array:
    assert isinstance(trace, LSTMTrace)
    return np.asarray(trace.cs[1:, 0])


def _forgets(weights: Weights, _rng: Random) -> Outcome:
    """The first input is written into the cell state; from then on the forget gate alone acts."""
    c = cell_state(one_unit("lstm", {"W_xi": 8.0, "b_i": -4.0, "W_xg": 3.0, "b_o": 4.0, **weights}, impulse(20, 1.0)))
    kept = c / c[0]
    conditions = (Condition("kept_after_4", kept[4], low=0.5), Condition("kept_after_5", kept[5], high=0.5))
    return Outcome(conditions, (Curve("c", c, 1),))


def _lstm_keeps_gradient(weights: Weights, _rng: Random) -> Outcome:
    trace = one_unit("lstm", {"W_xi": 1.0, "W_xg": 1.0, "b_o": 1.0, **weights}, impulse(50, 1.0))
    assert isinstance(trace, LSTMTrace)
    direct = np.zeros((50, 1))
    direct[-1] = 1.0
    gradient = abs(bptt(trace, 0.0 * direct, direct).dcs[:, 0])
    return Outcome((Condition("cell_gradient_at_1", gradient[1], low=0.5),), (Curve("gradient", gradient, 0),))


def _ones(rng: Random) -> Array:
    return rng.integers(0, 2, size=(20, 1)).astype(np.float64)


def _lstm_counts(weights: Weights, rng: Random) -> Outcome:
    xs = _ones(rng)
    c, counts = cell_state(one_unit("lstm", {"b_o": 4.0, **weights}, xs)), np.cumsum(xs[:, 0])
    off = float(abs(c - counts).max())
    return Outcome((Condition("off_count", off, high=0.3),), (Curve("target", counts, 1), Curve("c", c, 1)))


def _gru_counts(weights: Weights, rng: Random) -> Outcome:
    xs = _ones(rng)
    h, counts = one_unit("gru", weights, xs).hs[1:, 0], np.cumsum(xs[:, 0])
    off = float(abs(h - counts).max())
    return Outcome((Condition("off_count", off, high=0.3),), (Curve("target", counts, 1), Curve("h", h, 1)))


def _gru_keeps(weights: Weights, _rng: Random) -> Outcome:
    h = one_unit("gru", weights, impulse(100, 1.0)).hs[1:, 0]
    conditions = (
        Condition("written", h[0], low=0.8),
        Condition("kept_after_99", h[-1] / h[0] if h[0] else 0.0, low=0.95),
    )
    return Outcome(conditions, (Curve("h", h, 1),))


def _gru_averages(weights: Weights, _rng: Random) -> Outcome:
    h = one_unit("gru", {"W_xn": 3.0, **weights}, np.ones((30, 1))).hs[1:, 0] / np.tanh(3.0)
    conditions = (Condition("share_after_6", h[5], high=0.5), Condition("share_after_7", h[6], low=0.5))
    return Outcome(conditions, (Curve("h", h, 1),))


def _lstm_resets(weights: Weights, _rng: Random) -> Outcome:
    """The first input is kept, until the second input marks that it should be forgotten."""
    xs = np.zeros((20, 2))
    xs[0, 0], xs[9, 1] = 1.0, 1.0
    fixed = {"W_xi1": 8.0, "b_i": -4.0, "W_xg1": 3.0, "b_o": 4.0}
    c = cell_state(one_unit("lstm", {**fixed, **weights}, xs))
    conditions = (Condition("before_mark", c[8], low=0.9), Condition("after_mark", abs(c[9]), high=0.05))
    return Outcome(conditions, (Curve("c", c, 1),))


def _lstm_ignores(weights: Weights, rng: Random) -> Outcome:
    """Only the input at the step of the mark is kept; all others are random."""
    xs = np.zeros((20, 2))
    xs[:, 0] = rng.uniform(-1.0, 1.0, 20)
    xs[0] = rng.choice([-1.0, 1.0]), 1.0
    c = cell_state(one_unit("lstm", {"W_xg1": 2.0, "b_f": 8.0, "b_o": 4.0, **weights}, xs))
    conditions = (
        Condition("size_written", abs(c[0]), low=0.8),
        Condition("largest_change", float(abs(c - c[0]).max()), high=0.05),
    )
    return Outcome(conditions, (Curve("x", xs[:, 0], 1), Curve("c", c, 1)))


def _holds_and_learns(weights: Weights, _rng: Random) -> Outcome:
    up, down = (one_unit("rnn", weights, impulse(50, size)) for size in (1.0, -1.0))
    smaller = min(state_gradient(up)[1], state_gradient(down)[1])
    conditions = (*_kept(up.hs[1:, 0], down.hs[1:, 0]), Condition("gradient_at_1", smaller, low=0.1))
    return Outcome(conditions, (Curve("plus", up.hs[1:, 0], 1), Curve("minus", down.hs[1:, 0], 1)))


def _copies(weights: Weights, rng: Random) -> Outcome:
    xs = rng.uniform(-1.0, 1.0, size=(20, 1))
    h = one_unit("rnn", weights, xs, activation="linear").hs[1:, 0]
    off = float(abs(h - xs[:, 0]).max())
    return Outcome((Condition("off_input", off, high=0.01),), (Curve("x", xs[:, 0], 1), Curve("h", h, 1)))


_RNN = (Knob("W_xh", -3.0, 3.0, 1.0), Knob("W_hh", -3.0, 3.0, 0.5), Knob("b_h", -2.0, 2.0, 0.5))
_WRITES = (Knob("W_xz", -20.0, 20.0, 0.0, 0.5), Knob("b_z", -10.0, 10.0, 0.0, 0.5), Knob("W_xn", -3.0, 3.0, 1.0))
_COUNTS = (
    Knob("W_xi", -10.0, 10.0, 1.0, 0.5),
    Knob("b_i", -10.0, 10.0, 0.0, 0.5),
    Knob("b_f", -10.0, 10.0, 1.0, 0.5),
    Knob("W_xg", -10.0, 10.0, 1.0, 0.5),
)
_GOALS = (
    Goal("hold_bit", "states", "rnn", _RNN, _hold_bit),
    Goal("copy_input", "rnn", "rnn", _RNN, _copies),
    Goal("add", "rnn", "rnn", _RNN, _adds),
    Goal("alternate", "rnn", "rnn", _RNN[1:], _alternates),
    Goal("gradient_lives", "gradients", "rnn", _RNN, _gradient_lives, scale="log"),
    Goal("gradient_explodes", "gradients", "rnn", _RNN[1:2], _explodes, scale="log"),
    Goal("hold_and_learn", "gradients", "rnn", _RNN, _holds_and_learns, is_possible=False),
    Goal("forget_after_five", "gates", "lstm", (Knob("b_f", -6.0, 6.0, 0.0),), _forgets),
    Goal("cell_gradient", "gradients", "lstm", (Knob("b_f", -6.0, 8.0, 1.0),), _lstm_keeps_gradient, scale="log"),
    Goal("lstm_count", "lstm", "lstm", _COUNTS, _lstm_counts),
    Goal("lstm_reset", "lstm", "lstm", (Knob("b_f", -12.0, 12.0, 1.0, 0.5), Knob("W_xf2", -20.0, 20.0, 0.0, 0.5)), _lstm_resets),
    Goal("lstm_ignore", "gates", "lstm", (Knob("b_i", -12.0, 12.0, 0.0, 0.5), Knob("W_xi2", -20.0, 20.0, 0.0, 0.5)), _lstm_ignores),
    Goal("gru_keep", "gru", "gru", _WRITES, _gru_keeps),
    Goal("gru_average", "gates", "gru", (Knob("b_z", -6.0, 6.0, 0.0),), _gru_averages),
    Goal("gru_count", "gru", "gru", _WRITES, _gru_counts, is_possible=False),
)  # fmt: skip
GOALS: Mapping[str, Goal] = MappingProxyType({goal.name: goal for goal in _GOALS})
