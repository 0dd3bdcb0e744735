"""Jacobians as the core's, the eight memories of the flip-flop, and the saddles between them."""

import json

import numpy as np
import pytest

from rnn_core.analysis.inside.slow_points import next_and_jacobian, slow_points
from rnn_core.analysis.inside.steps import Stepper
from rnn_core.analysis.one_step import step_jacobians
from rnn_core.arrays import Array, Cell
from rnn_core.errors import CoreError
from rnn_core.params.init import init_params
from rnn_core.passes.unroll import run
from rnn_core.studies.flip_flop import CELLS, FOLDER, FlipFlop, load
from tests.rnn_core.analysis.inside import networks

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("cell", networks.CELLS)
def test_step_and_jacobian_are_the_core_s(cell: Cell) -> None:
    params = init_params(cell, 2, 5, seed=4)
    x, states = RNG.normal(size=2), RNG.normal(size=(3, 10 if cell == "lstm" else 5))
    after, jacobians = next_and_jacobian(params, x, states)
    for state, new, jacobian in zip(states, after, jacobians, strict=True):
        trace = run(params, [x], state[:5], *([state[5:]] if cell == "lstm" else []))
        whole = trace.hs[1] if cell != "lstm" else np.concatenate([trace.hs[1], trace.cs[1]])  # type: ignore[union-attr]
        np.testing.assert_allclose(new, whole, rtol=0, atol=1e-14)
        np.testing.assert_allclose(jacobian, step_jacobians(trace)[0], rtol=0, atol=1e-13)


def visited(cell: str) -> Array:
    """(N, S) states of runs over held-out sequences, and means of two of them."""
    stepper, inputs = Stepper(load(cell)), FlipFlop().held_out().inputs[:30]
    states, rows = stepper.start(30), []
    for t in range(40):
        states = stepper.step(states, inputs[:, t])
        if t % 10 == 9:
            rows.append(np.concatenate([*states.hs, *states.cs], axis=1))
    kept = np.concatenate(rows)
    return np.concatenate([kept, (kept + kept[RNG.permutation(len(kept))]) / 2])


@pytest.mark.parametrize("cell", CELLS)
def test_a_flip_flop_of_three_bits_has_eight_stable_points(cell: str) -> None:
    network = load(cell)
    found = slow_points(network.layers[0], np.zeros(3), visited(cell))
    points = found.points[found.stable][:, : network.hidden_size]
    answers = points @ network.readout.W_hy.T + network.readout.b_y
    assert len(points) == 8
    assert {tuple(row) for row in np.sign(answers)} == {(a, b, c) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)}
    np.testing.assert_allclose(np.abs(answers), 1.0, atol=0.06)
    others = [kind for kind, stable in zip(found.kinds, found.stable, strict=True) if not stable]
    assert len(others) >= 12  # a saddle on each edge of the cube, between two memories
    assert set(others) == {"saddle"}


def test_the_recorded_networks_solve_the_task() -> None:
    report = json.loads((FOLDER / "flip_flop.json").read_text(encoding="utf-8"))["networks"]
    batch = FlipFlop().held_out()
    for cell in CELLS:
        network, stepper = load(cell), Stepper(load(cell))
        states, outputs = stepper.start(256), []
        for t in range(40):
            states = stepper.step(states, batch.inputs[:, t])
            outputs.append(stepper.scores(states))
        answers = np.stack(outputs, axis=1)
        assert network.hidden_size == 24
        assert float(np.square(answers - batch.targets).mean()) == pytest.approx(
            report[cell]["held-out error"], abs=1e-5
        )


def test_a_start_of_another_size_is_refused() -> None:
    with pytest.raises(CoreError, match="starts"):
        slow_points(init_params("lstm", 1, 3), [0.0], np.zeros((2, 3)))
