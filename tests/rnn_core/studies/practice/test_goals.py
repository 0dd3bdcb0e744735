"""Goals are reached by the settings that their hints name, and not by those that the dials begin with."""

import itertools

import numpy as np
import pytest

from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.goals import Goal, Knob, is_reached
from tests.selection import quick
from ui.figures.words import number

SEEDS = quick([range(8)], [range(1000)])
REACHED = {
    "hold_bit": {"W_xh": 1.0, "W_hh": 2.0, "b_h": 0.0},
    "copy_input": {"W_xh": 1.0, "W_hh": 0.0, "b_h": 0.0},
    "add": {"W_xh": 1.0, "W_hh": 1.0, "b_h": 0.0},
    "alternate": {"W_hh": -1.5, "b_h": 0.0},
    "gradient_lives": {"W_xh": 0.1, "W_hh": 1.0, "b_h": 0.0},
    "gradient_explodes": {"W_hh": 1.4},
    "forget_after_five": {"b_f": 1.8},
    "cell_gradient": {"b_f": 5.0},
    "lstm_count": {"W_xi": 0.0, "b_i": 10.0, "b_f": 10.0, "W_xg": 10.0},
    "lstm_reset": {"b_f": 6.0, "W_xf2": -12.0},
    "lstm_ignore": {"b_i": -8.0, "W_xi2": 16.0},
    "gru_keep": {"W_xz": -18.0, "b_z": 9.0, "W_xn": 3.0},
    "gru_average": {"b_z": 2.2},
}


@pytest.mark.parametrize("seeds", SEEDS, ids=len)
@pytest.mark.parametrize("name", GOALS)
def test_a_goal_is_reached_where_its_hints_lead_and_not_where_it_starts(name: str, seeds: range) -> None:
    goal = GOALS[name]
    start = {knob.name: knob.start for knob in goal.knobs}
    assert goal.is_possible == (name in REACHED)
    for seed in seeds:
        begun = goal.outcome(start, seed)
        assert not is_reached(begun)
        assert all(np.isfinite(curve.values).all() for curve in begun.curves if goal.scale == "linear")
        if goal.is_possible:
            assert is_reached(goal.outcome(REACHED[name], seed)), seed
    if goal.is_possible:
        assert all(knob.low <= REACHED[name][knob.name] <= knob.high for knob in goal.knobs)


def on_the_dials(goal: Goal, rng: np.random.Generator) -> dict[str, float]:
    return {knob.name: knob.low + knob.step * int(rng.integers(stops(knob) + 1)) for knob in goal.knobs}


def stops(knob: Knob) -> int:
    return round((knob.high - knob.low) / knob.step)


@pytest.mark.parametrize("seeds", quick([range(4)], [range(1 + 1000 // len(GOALS))]), ids=len)
@pytest.mark.parametrize("name", GOALS)
def test_a_goal_has_one_verdict_and_readable_numbers_for_any_setting_of_its_dials(name: str, seeds: range) -> None:
    goal = GOALS[name]
    for seed in seeds:
        weights = on_the_dials(goal, np.random.default_rng(seed))
        outcome, again = goal.outcome(weights, seed), goal.outcome(weights, seed)
        assert [each.measured for each in outcome.conditions] == [each.measured for each in again.conditions]
        for each in outcome.conditions:
            assert np.isfinite(each.measured)
            assert each.low < each.high
            assert 0 < len(number(float(each.measured))) <= 12
        assert all(np.isfinite(curve.values).all() and 10 <= len(curve.values) <= 101 for curve in outcome.curves)
        assert goal.is_possible or not is_reached(outcome)


@pytest.mark.parametrize("name", GOALS)
def test_the_dials_can_be_set_to_the_answer(name: str) -> None:
    for knob in GOALS[name].knobs:
        for value in (knob.start, REACHED.get(name, {}).get(knob.name, knob.start)):
            at = (value - knob.low) / knob.step
            assert at == pytest.approx(round(at))
            assert 0 <= round(at) <= stops(knob)


def settings_on_a_grid(goal: Goal, most: int) -> list[dict[str, float]]:
    axes = []
    for knob in goal.knobs:
        every = max(1, -(-stops(knob) // most))
        axes.append([round(knob.low + knob.step * at, 6) for at in range(0, stops(knob) + 1, every)])
    names = [knob.name for knob in goal.knobs]
    return [dict(zip(names, values, strict=True)) for values in itertools.product(*axes)]


@pytest.mark.parametrize("name", [name for name, goal in GOALS.items() if not goal.is_possible])
def test_no_setting_reaches_an_impossible_goal(name: str) -> None:
    goal = GOALS[name]
    assert not any(is_reached(goal.outcome(weights, 0)) for weights in settings_on_a_grid(goal, most=6))


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name, goal in GOALS.items() if not goal.is_possible])
def test_no_setting_of_the_dials_reaches_an_impossible_goal(name: str) -> None:
    goal = GOALS[name]
    assert not any(is_reached(goal.outcome(weights, 0)) for weights in settings_on_a_grid(goal, most=30))


def test_a_gru_leaves_the_range_of_tanh_with_no_weights() -> None:
    """The reason why it cannot count."""
    rng = np.random.default_rng(0)
    for _ in range(50):
        weights = {knob.name: float(rng.uniform(knob.low, knob.high)) for knob in GOALS["gru_count"].knobs}
        _target, h = GOALS["gru_count"].outcome(weights, 1).curves
        assert abs(h.values).max() <= 1.0
