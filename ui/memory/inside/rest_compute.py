"""Cached results on where a state comes to rest: film reviews, a latch and a counter."""

from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.inside import slow_points
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.slow_points import SlowPoints
from rnn_core.analysis.inside.steps import Stepper
from rnn_core.analysis.trajectories import principal_components
from rnn_core.apps.look_inside import network_of_run
from rnn_core.apps.sentiment import data
from rnn_core.apps.sentiment.settings import SHIPPED
from rnn_core.arrays import Array
from rnn_core.cells import LSTMTrace
from rnn_core.errors import CoreError
from rnn_core.params.presets import PRESETS
from rnn_core.passes.unroll import run
from ui.cache.read_only import make_read_only
from ui.cache.shared import shared
from ui.cache.shipped import shipped

REVIEWS, STARTS = 30, {"gru": 60, "lstm": 60, "rnn-tanh": 150}
LATCH_STEPS, COUNTER_STEPS = 60, 24


@dataclass(frozen=True)
class Rest:
    """Slow points under a constant input, and real runs, in the plane of the runs' first two components."""

    points: SlowPoints
    places: Array  # (N, 2)
    answers: Array  # (N,) what is read out of the points
    runs: tuple[Array, ...]  # (T, 2) each
    ends: Array  # (R,) what is read out at the end of each run
    shares: Array  # (2,) of the variance along each component


def _rest(visited: list[Array], points: SlowPoints, answer_of: Array, bias: float) -> Rest:
    """`visited`: (T, S) the states of each run; `answer_of` (S,): the weights of what is read out."""
    plane = principal_components(np.concatenate(visited), 2)
    placed = [(each - plane.mean) @ plane.directions.T for each in visited]
    ends = np.array([float(each[-1] @ answer_of) for each in visited]) + bias
    return make_read_only(
        Rest(
            points,
            (points.points - plane.mean) @ plane.directions.T,
            points.points @ answer_of + bias,
            tuple(placed),
            ends,
            plane.shares,
        )
    )


@shared(3)
def reviews(cell: str) -> Rest:
    """Of the network for film reviews, while it reads the mean of all words."""
    trained = shipped(SHIPPED[cell])
    if trained is None:
        raise CoreError("cell", repr(cell), "a cell whose network ships")
    network = network_of_run(trained.state)
    given = data.encoded(data.test(), SHIPPED[cell].vocabulary)
    visited = [_states(network, row[:length]) for row, length in zip(given.ids[:REVIEWS], given.lengths, strict=False)]
    flat = np.concatenate(visited)
    starts = flat[np.random.default_rng(0).permutation(len(flat))[: STARTS[cell]]]
    mean_word = network.inputs(np.arange(2, len(network.symbols))).mean(axis=0)
    found = _within_reach(slow_points.slow_points(network.layers[0], mean_word, starts), network.hidden_size)
    rest = np.zeros(flat.shape[1] - network.hidden_size)
    return _rest(visited, found, np.append(network.readout.W_hy[0], rest), float(network.readout.b_y[0]))


def _within_reach(found: SlowPoints, H: int) -> SlowPoints:
    """Without the points that no run comes to: the minimisation knows no bounds, but every |h| of a run is below 1."""
    kept = np.abs(found.points[:, :H]).max(axis=1) <= 1.0
    kinds = tuple(kind for kind, is_kept in zip(found.kinds, kept, strict=True) if is_kept)
    return SlowPoints(found.points[kept], found.speeds[kept], found.eigenvalues[kept], kinds)


def _states(network: Network, ids: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Array:
    """(T, S) after each word."""
    stepper = Stepper(network)
    states, rows = stepper.start(1), []
    for t in range(len(ids)):
        states = stepper.step(states, ids[t : t + 1])
        rows.append(np.concatenate([*states.hs, *states.cs], axis=1)[0])
    return np.array(rows)


@shared(2)
def preset(name: str) -> Rest:
    """Of a preset of the LSTM's page, with no input: the latch that stores a bit, or the counter."""
    chosen = PRESETS["lstm"][name]
    steps = LATCH_STEPS if name == "latch" else COUNTER_STEPS
    trace = run(chosen.params, chosen.inputs(steps))
    assert isinstance(trace, LSTMTrace)
    states = np.concatenate([trace.hs, trace.cs], axis=1)
    found = slow_points.slow_points(chosen.params, np.zeros(chosen.params.input_size), states)
    H = chosen.params.hidden_size
    answer = np.zeros(2 * H)
    answer[H] = 1.0  # the cell state of the first unit
    return _rest([states], found, answer, 0.0)
