"""The answer after a sequence, and changes of units: the heads, what they hand back, and the runs with a change."""

import numpy as np
import pytest

from rnn_core.analysis.inside.answers import (
    LastState,
    MeanState,
    ablated_answers,
    answers_along,
    overwrite,
    start_of,
    state_at,
    states_with,
)
from rnn_core.analysis.inside.changes import clamp, scores_with
from rnn_core.analysis.inside.matching import matches, select
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.saliency import Explained, saliency
from rnn_core.arrays import Array, Cell
from rnn_core.blocks.readout import init_readout
from rnn_core.passes.layers import init_stack, run_stack

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
H, X, Y, T = 5, 3, 4, 7


def network(cell: Cell, layers: int = 1) -> Network:
    return Network(init_stack(cell, X, H, layers, seed=3).forward, init_readout(H, Y, 4, "softmax"))


def inputs(seed: int = 0) -> Array:
    return np.random.default_rng(seed).normal(size=(T, X))


@pytest.mark.parametrize("cell", CELLS)
def test_the_last_state_answers_as_the_readout_does(cell: Cell) -> None:
    own = network(cell, 2)
    states = states_with(own, inputs())
    np.testing.assert_allclose(answers_along(LastState(own.readout), states), scores_with(own, inputs()), atol=1e-12)


@pytest.mark.parametrize("head", [LastState, MeanState])
@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_through_a_head_and_from_a_first_state_is_that_of_differences(cell: Cell, head: type) -> None:
    own, xs = network(cell), inputs()
    last, h_0 = head(own.readout), np.random.default_rng(1).normal(size=(1, H))
    wanted = Explained(output=2)
    found = saliency(own, xs, wanted, head=last, h_0=h_0)

    def value(changed: Array) -> float:
        return float(wanted.value(last.scores(run_stack(own.stack, changed, h_0).ys)[None])[0])

    step = 1e-6 * np.eye(X)[1]
    for t in range(T):
        moved = [xs + sign * np.eye(T)[t][:, None] * step for sign in (1.0, -1.0)]
        assert found.gradient[t, 1] == pytest.approx((value(moved[0]) - value(moved[1])) / 2e-6, abs=1e-8)
    without = [value(np.delete(xs, t, axis=0)) for t in range(T)]
    np.testing.assert_allclose(found.left_out, found.value - np.array(without), atol=1e-12)
    assert found.integrated.sum() == pytest.approx(found.value - found.value_at_zero, abs=1e-6)


@pytest.mark.parametrize("cell", CELLS)
def test_an_overwritten_state_goes_on_as_that_of_the_other_sequence(cell: Cell) -> None:
    own = network(cell, 2)
    one, other = inputs(0), inputs(1)
    changed = states_with(own, one, overwrite(state_at(own, other, 3), 3))
    np.testing.assert_array_equal(changed[:3], states_with(own, one)[:3])
    np.testing.assert_allclose(changed[3:], states_with(own, np.concatenate([other[:4], one[4:]]))[3:], atol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
def test_ablation_holds_each_unit_alone(cell: Cell) -> None:
    own, held, head = network(cell), np.linspace(-0.5, 0.5, H), MeanState(network(cell).readout)
    found = ablated_answers(own, head, inputs(), "h", held)
    for unit in range(H):
        alone = states_with(own, inputs(), (clamp("h", [unit], held[unit]),))
        np.testing.assert_allclose(found[unit], head.scores(alone), atol=1e-12)
    np.testing.assert_allclose(found[H], head.scores(states_with(own, inputs())), atol=1e-12)


def test_a_first_state_is_that_of_every_run() -> None:
    own, h_0 = network("lstm", 2), np.random.default_rng(2).normal(size=(2, H))
    states = start_of(own, h_0, 3)
    for layer, rows in enumerate(states.hs):
        np.testing.assert_array_equal(rows, np.tile(h_0[layer], (3, 1)))
    assert not np.concatenate(states.cs).any()


def test_a_pattern_stays_within_its_sequence_and_so_do_its_matches() -> None:
    values = np.zeros((1, 12), np.float32)
    values[0, [1, 2, 5, 6, 9, 10]] = 1.0  # three sequences of four steps; the second ends while the unit is on
    ends = np.array([4, 7, 12])
    pattern = select(values, 1, 3, within=(0, 4))
    assert pattern.units.tolist() == [0]
    assert [(each.start, each.end) for each in matches(values, pattern, ends=ends)] == [(5, 7), (9, 11)]
    on = np.ones((1, 6), np.float32)
    on[0, 0] = on[0, 5] = 0.0
    cut = matches(on, select(on, 1, 2, within=(0, 2)), ends=np.array([2, 4, 6]))
    assert [(each.start, each.end) for each in cut] == [(4, 5), (2, 4)]
