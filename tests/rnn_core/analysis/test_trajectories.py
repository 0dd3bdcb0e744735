"""Analyses of many states: principal components, time scales, orders of units, and distances between runs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rnn_core import CoreError
from rnn_core.analysis import trajectories

states = hnp.arrays(np.float64, st.tuples(st.integers(1, 8), st.integers(1, 5)), elements=st.floats(-10, 10, width=32))


@given(states)
def test_all_components_together_are_the_states_themselves(hs):
    H = hs.shape[1]
    found = trajectories.principal_components(hs, H)
    np.testing.assert_allclose(found.mean + found.points @ found.directions, hs, rtol=0, atol=1e-12 * 100)
    np.testing.assert_allclose(found.shares.sum(), 1.0 if np.ptp(hs, axis=0).any() else 0.0, atol=1e-12)
    assert (np.diff(found.shares) <= 1e-12).all()


def test_the_shares_are_the_parts_of_the_variance_and_the_directions_are_orthonormal():
    hs = np.random.default_rng(0).normal(size=(50, 4)) * [3.0, 1.0, 0.5, 0.1]
    found = trajectories.principal_components(hs, 3)
    np.testing.assert_allclose(found.points.var(axis=0) / hs.var(axis=0).sum(), found.shares, atol=1e-12)
    np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(3), atol=1e-12)


def test_more_components_than_units_are_zeros():
    found = trajectories.principal_components(np.array([[1.0], [2.0]]), 3)
    np.testing.assert_allclose(found.points, [[-0.5, 0, 0], [0.5, 0, 0]])
    np.testing.assert_allclose(found.shares, [1, 0, 0])


@given(states)
def test_of_a_direction_and_its_opposite_the_one_with_the_positive_largest_entry_is_taken(hs):
    directions = trajectories.principal_components(hs, hs.shape[1]).directions
    assert all(row[np.abs(row).argmax()] >= 0 for row in directions)


def test_the_picture_does_not_turn_round_when_the_states_change_a_little():
    hs = np.random.default_rng(1).normal(size=(30, 6)) * np.arange(1, 7)
    points = trajectories.principal_components(hs, 2).points
    for seed in range(20):
        moved = hs + 1e-9 * np.random.default_rng(seed).normal(size=hs.shape)
        np.testing.assert_allclose(trajectories.principal_components(moved, 2).points, points, atol=1e-6)


def test_states_that_are_not_finite_are_refused():
    with pytest.raises(CoreError, match="finite"):
        trajectories.principal_components(np.array([[np.inf]]), 1)


def test_a_unit_that_forgets_by_a_factor_has_its_time_scale():
    """h_t = a h_{t-1} + noise has the autocorrelation a^lag: 0.5, 0.25 and 0.9^9, 0.9^10 stand around 1/e."""
    noise = np.random.default_rng(0).normal(size=(200_000, 2))
    factors = np.array([0.5, 0.9])
    hs = np.zeros_like(noise)
    for t in range(1, len(hs)):
        hs[t] = factors * hs[t - 1] + noise[t]
    lags = np.array([1, 9])
    above, below = factors**lags, factors ** (lags + 1)
    np.testing.assert_allclose(trajectories.time_scales(hs), lags + (above - np.exp(-1)) / (above - below), rtol=0.03)
    assert trajectories.by_time_scale(hs).tolist() == [1, 0]


def test_a_unit_that_does_not_move_has_no_time_scale_and_comes_last():
    hs = np.stack([np.zeros(50), np.sin(np.arange(50) / 5), (-1.0) ** np.arange(50)], axis=1)
    scales = trajectories.time_scales(hs)
    assert np.isnan(scales[0])
    assert scales[1] > scales[2]
    assert trajectories.by_time_scale(hs).tolist() == [1, 2, 0]


def test_units_with_similar_states_are_neighbours():
    """Sines that lag a little more from unit to unit, in a shuffled order, are put back into their order."""
    shuffled = np.random.default_rng(3).permutation(9)
    hs = np.sin(np.arange(200)[:, None] / 7 - shuffled * np.pi / 10)
    restored = shuffled[trajectories.by_similarity(hs)]
    assert restored.tolist() in ([*range(9)], [*range(9)][::-1])


@given(states)
def test_an_order_contains_every_unit_once(hs):
    for order in (trajectories.by_similarity(hs), trajectories.by_time_scale(hs)):
        assert sorted(order.tolist()) == list(range(hs.shape[1]))


def test_distances_and_how_long_a_difference_is_visible():
    apart = trajectories.distances(np.array([[0.0, 0], [3, 4], [0.5, 0], [0, 0.1]]), np.zeros((4, 2)))
    np.testing.assert_allclose(apart, [0, 5, 0.5, 0.1])
    assert trajectories.visible_until(apart, 0.1) == 2
    assert trajectories.visible_until(apart, 0.01) == 3
    assert trajectories.visible_until(np.zeros(4), 0.01) is None
