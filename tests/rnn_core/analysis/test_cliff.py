"""The cliff: its loss and gradient are exact, and clipping changes the path of gradient descent as documented."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.analysis import cliff

weights = st.tuples(st.floats(-8, 12), st.floats(-8, 8))


@given(weights)
def test_loss_and_gradient_equal_autograds(weight):
    w, b = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in weight)
    x = torch.tensor(0.5, dtype=torch.float64)
    for _ in range(50):
        x = w * torch.sigmoid(x) + b
    loss = (torch.sigmoid(x) - 0.7) ** 2
    loss.backward()
    ours = cliff.losses(np.array(weight[0]), np.array(weight[1]))
    assert float(ours.values) == pytest.approx(loss.item(), rel=1e-12, abs=1e-15)
    scale = 1e-10 * (1.0 + abs(w.grad.item()) + abs(b.grad.item()))  # the steep cliff magnifies rounding errors
    assert float(ours.by_w) == pytest.approx(w.grad.item(), rel=1e-9, abs=scale)
    assert float(ours.by_b) == pytest.approx(b.grad.item(), rel=1e-9, abs=scale)


def test_the_gradient_is_the_slope_of_the_surface():
    w, b = np.meshgrid(np.linspace(3.5, 6.5, 7), np.linspace(-3.5, -1.5, 7))
    found, h = cliff.losses(w, b), 1e-6
    np.testing.assert_allclose(
        found.by_w, (cliff.losses(w + h, b).values - cliff.losses(w - h, b).values) / (2 * h), rtol=1e-4, atol=1e-7
    )
    np.testing.assert_allclose(
        found.by_b, (cliff.losses(w, b + h).values - cliff.losses(w, b - h).values) / (2 * h), rtol=1e-4, atol=1e-7
    )


def test_the_cliff_is_a_thousand_times_as_steep_as_its_surroundings():
    w, b = np.meshgrid(np.linspace(4.2, 5.2, 101), np.linspace(-3, -2, 401))
    found = cliff.losses(w, b)
    steepness = np.hypot(found.by_w, found.by_b)
    assert steepness.max() > 1000 * np.median(steepness)


@given(weights, st.floats(0.01, 10.0))
def test_clipping_by_norm_keeps_the_direction_and_by_value_keeps_each_entry_in_range(gradient, threshold):
    raw = np.array(gradient)
    by_norm, by_value = cliff.clipped(raw, "norm", threshold), cliff.clipped(raw, "value", threshold)
    assert np.linalg.norm(by_norm) <= threshold * (1 + 1e-12)
    assert by_norm[0] * raw[1] == pytest.approx(by_norm[1] * raw[0])
    assert (np.abs(by_value) <= threshold).all()
    if np.linalg.norm(raw) <= threshold:
        assert np.array_equal(by_norm, raw)
        assert np.array_equal(by_value, raw)
    assert np.array_equal(cliff.clipped(raw, "none", threshold), raw)


def test_descent_takes_the_steps_that_it_says():
    for path in cliff.descend((5.1, -2.3), 0.5, 30, ("none", "norm", "value"), 0.5):
        np.testing.assert_allclose(np.diff(path.points, axis=0), -0.5 * path.used[:-1], rtol=0, atol=1e-12)
        found = cliff.losses(path.points[:, 0], path.points[:, 1])
        np.testing.assert_allclose(path.losses, found.values, rtol=0, atol=1e-15)
        np.testing.assert_allclose(path.gradients, np.stack((found.by_w, found.by_b), axis=1), rtol=1e-9, atol=1e-12)


def test_descent_leaves_at_the_cliff_without_clipping_and_converges_with_it():
    free, held = cliff.descend((4.7, -1.85), 0.2, 50, ("none", "norm"), 0.5)
    assert np.abs(free.points - free.points[0]).max() > 5
    assert free.losses[-1] > 0.08
    assert np.abs(held.points - held.points[0]).max() < 1.5
    assert held.losses[-1] < 1e-3


def test_weights_of_any_size_cause_no_overflow():
    found = cliff.losses(np.array([1e300, -1e300, 0.0]), np.array([-1e300, 1e300, 1e300]))
    assert np.isfinite(found.values).all()
