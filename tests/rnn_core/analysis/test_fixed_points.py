"""Fixed points of an RNN: one step maps them to themselves, all are found, and their stability predicts nearby states."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.analysis import fixed_points as fp
from rnn_core.analysis.one_step import step_jacobians
from rnn_core.params.presets import noise

weights = st.floats(-2.5, 2.5)


def rnn(W, b=(0.0, 0.0), activation="tanh"):
    W = np.array(W, dtype=np.float64)
    return rc.RNNParams(np.eye(len(W)), W, np.array(b, dtype=np.float64), activation)


@given(st.tuples(*[weights] * 4), st.tuples(weights, weights), st.sampled_from(("tanh", "sigmoid")))
def test_a_fixed_point_stays_and_there_is_always_one(W, x, activation):
    params = rnn(np.reshape(W, (2, 2)), activation=activation)
    found = fp.fixed_points(params, x)
    assert len(found.points) >= 1  # Brouwer: a continuous map of a square into itself leaves a point where it is
    for point in found.points:
        trace = rc.run(params, np.tile(x, (1, 1)), point)
        np.testing.assert_allclose(trace.hs[1], point, rtol=0, atol=1e-12)


def bisected(miss, low, high):
    """The root between two values where `miss` has different signs, to the last bit or two."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if miss(middle) * miss(low) > 0 else (low, middle)
    return (low + high) / 2


def scalar_roots(w, b):
    """All h with tanh(w h + b) = h, by the changes of sign on a fine grid."""
    hs = np.linspace(-1, 1, 20_000)
    miss = np.tanh(w * hs + b) - hs
    return [
        bisected(lambda h: np.tanh(w * h + b) - h, hs[k], hs[k + 1]) for k in np.flatnonzero(miss[:-1] * miss[1:] < 0)
    ]


@given(st.tuples(weights, weights), st.tuples(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3)))
def test_two_uncoupled_units_have_every_pair_of_their_own_fixed_points(w, b):
    roots = [scalar_roots(w[k], b[k] + 1e-4) for k in range(2)]
    slopes = [w[k] * (1 - h * h) for k in range(2) for h in roots[k]]
    if any(abs(abs(slope) - 1) < 1e-2 for slope in slopes):
        return  # two roots about to meet: the grid of signs may miss both
    found = fp.fixed_points(rnn(np.diag(w)), np.array(b) + 1e-4)
    expected = sorted((round(a, 8), round(c, 8)) for a in roots[0] for c in roots[1])
    np.testing.assert_allclose(sorted(map(tuple, found.points.round(8))), expected, atol=2e-8)


def test_the_jacobian_is_that_of_the_core():
    params, x = rnn([[1.2, -0.4], [0.3, 0.8]], (0.1, 0.2)), (0.5, -0.5)
    states = noise(4, 2, seed=1)
    ours = fp.jacobians_at(params, x, states)
    theirs = [step_jacobians(rc.run(params, [x], state))[0] for state in states]
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-15)


@pytest.mark.parametrize(
    ("W", "kinds"),
    [
        ([[0.5, 0], [0, 0.5]], ["stable"]),
        ([[1.5, 0], [0, 0.5]], ["stable", "saddle", "stable"]),
        ([[1.5, 0], [0, 1.5]], ["stable", "saddle"] * 2 + ["unstable"] + ["saddle", "stable"] * 2),
        ([[1.0, -0.8], [0.8, 1.0]], ["unstable"]),
        ([[1, 0], [0, 1]], ["neutral"]),
    ],
)
def test_known_systems_have_their_known_fixed_points(W, kinds):
    assert list(fp.fixed_points(rnn(W), (0, 0)).kinds) == kinds


@given(st.tuples(*[weights] * 4))
def test_states_near_a_stable_point_return_and_near_an_unstable_one_leave(W):
    params = rnn(np.reshape(W, (2, 2)))
    found = fp.fixed_points(params, (0, 0))
    for point, values, kind in zip(found.points, found.eigenvalues, found.kinds, strict=True):
        if kind not in ("stable", "unstable") or (np.abs(np.abs(values) - 1) < 0.02).any():
            continue
        near = rc.run(params, np.zeros((3000, 2)), point + 1e-7 * np.array([0.6, 0.8])).hs
        farthest = np.abs(near[1:] - point).max(axis=1)
        assert farthest[-1] < 1e-9 if kind == "stable" else farthest.max() > 1e-4


def test_a_line_of_fixed_points_is_neutral_and_sizes_are_checked():
    found = fp.fixed_points(rnn([[1, 0], [0, 0.5]], activation="linear"), (0, 0))
    assert len(found.points) > 1
    assert set(found.kinds) == {"neutral"}
    with pytest.raises(rc.CoreError, match="plane"):
        fp.fixed_points(rnn(np.eye(3), np.zeros(3)), np.zeros(3))
