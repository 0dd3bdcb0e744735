"""The exact facts that the lessons rest on, each computed by the core itself. The numbers are those of the list of facts."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.analysis.bounds import LARGEST_SLOPE, log_cell_path
from rnn_core.analysis.flow import jacobians, log_jacobian_norms
from rnn_core.cells.activations import sigmoid, sigmoid_slope, tanh_slope
from rnn_core.formats.torch_io import from_torch
from rnn_core.params.build import make_params, weights_of
from rnn_core.params.init import count_parameters, parameter_count

STEPS = st.integers(1, 30)


def linear(W, T, h_0=None):
    """A linear RNN without input or bias, run for T steps."""
    H = len(W)
    params = rc.RNNParams(np.zeros((H, 1)), np.array(W, dtype=float), np.zeros(H), "linear")
    return rc.run(params, np.zeros((T, 1)), h_0)


def largest_singular_value(W):
    return np.linalg.norm(W, 2)


# 1. Vanishing and exploding


@given(st.sampled_from(list(LARGEST_SLOPE)), st.floats(0.1, 3.0), st.integers(1, 6), STEPS, st.integers(0, 999))
def test_1_no_product_of_k_jacobians_exceeds_the_bound(activation, s1, H, T, seed):
    params = rc.init_params("rnn", 2, H, seed, "singular_value", singular_value=s1, activation=activation)
    trace = rc.run(params, np.random.default_rng(seed).normal(size=(T, 2)))
    k = T - np.arange(T + 1)
    assert (rc.jacobian_norms(trace) <= (s1 * LARGEST_SLOPE[activation]) ** k * (1 + 1e-9)).all()


@pytest.mark.parametrize(("activation", "s1"), [("tanh", 0.99), ("sigmoid", 3.99), ("relu", 0.99), ("linear", 0.99)])
def test_1_below_one_over_gamma_every_run_vanishes(activation, s1):
    for seed in range(5):
        params = rc.init_params("rnn", 1, 8, seed, "singular_value", singular_value=s1, activation=activation)
        trace = rc.run(params, np.random.default_rng(seed).normal(size=(1000, 1)))
        assert rc.jacobian_norms(trace)[0] < 1e-4


def test_1_above_one_over_gamma_is_necessary_for_exploding_but_not_sufficient():
    params = rc.init_params("rnn", 1, 8, 0, "orthogonal", gain=1.5)
    quiet = rc.run(params, np.zeros((60, 1)))  # h = 0, where tanh has its largest slope
    loud = rc.run(params, np.random.default_rng(0).normal(size=(60, 1)) * 5)  # saturated
    assert rc.jacobian_norms(quiet)[0] == pytest.approx(1.5**60)
    assert rc.jacobian_norms(loud)[0] < 1e-6


def test_1_the_spectral_radius_decides_in_the_linear_case_only():
    for radius in (0.95, 1.05):
        params = rc.init_params("rnn", 1, 6, 1, "spectral_radius", spectral_radius=radius, activation="linear")
        log_norms = log_jacobian_norms(rc.run(params, np.zeros((4000, 1))))
        assert (log_norms[0] - log_norms[2000]) / 2000 == pytest.approx(math.log10(radius), abs=1e-3)
    squashed = rc.init_params("rnn", 1, 6, 1, "spectral_radius", spectral_radius=1.05)
    loud = rc.run(squashed, np.random.default_rng(0).normal(size=(400, 1)) * 5)
    assert rc.jacobian_norms(loud)[0] < 1e-9


# 2. The linear scalar


@pytest.mark.parametrize(("w", "after_50"), [(0.9, 5.15e-3), (1.1, 117.4)])
def test_2_a_scalar_shrinks_or_grows_as_a_power(w, after_50):
    assert rc.jacobian_norms(linear([[w]], 50))[0] == pytest.approx(after_50, rel=1e-3)
    assert linear([[w]], 50, [1.0]).hs[-1, 0] == pytest.approx(w**50, rel=1e-12)


@given(st.floats(-1.5, 1.5), st.floats(-2, 2), STEPS)
def test_2_its_derivative_by_w_is_t_times_a_power(w, h_0, t):
    trace = linear([[w]], t, [h_0])
    last = np.zeros((t, 1))
    last[-1] = 1.0
    assert rc.bptt(trace, last).params.W_hh[0, 0] == pytest.approx(t * w ** (t - 1) * h_0, rel=1e-12, abs=1e-12)


# 3. Non-normal growth


def test_3_a_spectral_radius_below_one_can_grow_twentyfold_before_it_vanishes():
    W = np.array([[0.9, 5.0], [0.0, 0.9]])
    assert np.abs(np.linalg.eigvals(W)).max() == pytest.approx(0.9)
    corner = jacobians(linear(W, 400))[::-1, 0, 1]  # by the number of steps k
    assert corner.max() == pytest.approx(19.37, abs=0.005)
    assert corner[9] == pytest.approx(corner[10], rel=1e-12)
    assert np.argmax(np.round(corner, 9)) == 9
    assert corner[400] < 1e-13


# 4. Orthogonal


@given(st.integers(1, 8), STEPS, st.integers(0, 99))
def test_4_an_orthogonal_linear_network_keeps_every_norm_at_one(H, T, seed):
    W = rc.init_params("rnn", 1, H, seed, "orthogonal").W_hh
    np.testing.assert_allclose(rc.jacobian_norms(linear(W, T)), 1.0, rtol=0, atol=1e-12)


# 5. and 6. The forget gate's bias, and chrono


def memory_left(forget_bias, T):
    """The part of c_0 that a cell with no other weights holds after T steps."""
    params = rc.init_params("lstm", 1, 1, 0, "zeros", forget_bias=forget_bias)
    return rc.jacobian_norms(rc.run(params, np.zeros((T, 1))), of="c")[0]


def test_5_small_random_weights_leave_the_forget_gate_near_one_half():
    trace = rc.run(rc.init_params("lstm", 4, 200, 0), np.random.default_rng(0).normal(size=(50, 4)))
    assert trace.forget_gate.mean() == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("bias", "T", "left"), [(0.0, 20, 9.5e-7), (1.0, 1, 0.7311), (1.0, 20, 1.9e-3), (1.0, 100, 2.5e-14)]
)
def test_5_a_forget_bias_of_one_helps_and_does_not_last(bias, T, left):
    assert memory_left(bias, T) == pytest.approx(left, rel=0.01)


def test_6_chrono_reaches_memories_of_about_t_max():
    params = rc.init_params("lstm", 1, 1000, 0, "chrono", t_max=100)
    assert params.b_f.max() == pytest.approx(math.log(99), abs=0.01)
    assert math.log(99) == pytest.approx(4.595, abs=5e-4)
    assert params.b_f.min() >= 0
    assert np.array_equal(params.b_i, -params.b_f)
    assert memory_left(math.log(99), 1) == pytest.approx(0.99)
    assert memory_left(math.log(99), 100) == pytest.approx(0.366, abs=5e-4)
    assert memory_left(math.log(99), 100) == pytest.approx(1 / math.e, abs=2e-3)


# 7. The two conventions of the GRU


def both_conventions(W_hn, b_hn, seed, r_is_one=False):
    """The same weights run with `after` and with `before`, whose one bias is the sum of the other's two."""
    after = rc.init_params("gru", 2, len(b_hn), seed)
    weights = weights_of(after) | {"W_hn": W_hn, "b_hn": b_hn}
    matched = {name: weight for name, weight in weights.items() if name != "b_hn"} | {"b_n": weights["b_n"] + b_hn}
    xs = np.random.default_rng(seed).normal(size=(6, 2))
    open_gate = (rc.Clamp("reset_gate", tuple(range(len(b_hn))), 1.0),) if r_is_one else ()
    forms = ((weights, "after"), (matched, "before"))
    return [
        rc.run(make_params("gru", each, {"reset": reset, "z_keeps": True}), xs, interventions=open_gate).hs
        for each, reset in forms
    ]


@given(st.integers(0, 999), st.integers(2, 5))
def test_7_after_and_before_agree_where_r_is_one_or_u_is_diagonal_and_differ_otherwise(seed, H):
    rng = np.random.default_rng(seed)
    U, bias, diagonal = rng.normal(size=(H, H)), rng.normal(size=H), np.diag(rng.normal(size=H))
    np.testing.assert_allclose(*both_conventions(U, bias, seed, r_is_one=True), rtol=0, atol=1e-12)
    np.testing.assert_allclose(*both_conventions(diagonal, np.zeros(H), seed), rtol=0, atol=1e-12)
    for differing in (both_conventions(U, np.zeros(H), seed), both_conventions(diagonal, bias, seed)):
        assert np.abs(differing[0] - differing[1]).max() > 1e-6


def test_7_torch_uses_after():  # and Keras's reset_after=True is that too: test_keras.py
    module = torch.nn.GRU(2, 3, dtype=torch.float64)
    xs = np.random.default_rng(0).normal(size=(5, 2))
    params = from_torch(module)
    assert params.reset == "after"
    theirs = module(torch.from_numpy(xs))[0].detach().numpy()
    np.testing.assert_allclose(rc.run(params, xs).hs[1:], theirs, rtol=0, atol=1e-12)


# 8. Parameters


@pytest.mark.parametrize(("cell", "gates"), [("rnn", 1), ("gru", 3), ("lstm", 4)])
def test_8_parameters_with_one_bias_a_gate(cell, gates):
    X, H = 7, 5
    assert parameter_count(cell, X, H) == gates * H * (X + H + 1)
    form = {"reset": "before"} if cell == "gru" else {}  # the form with one bias a gate
    assert count_parameters(rc.init_params(cell, X, H, **form)) == gates * H * (X + H + 1)
    assert parameter_count(cell, X, H, biases=2) == gates * H * (X + H + 2)


def test_8_two_layers_of_600_over_600_inputs():
    assert parameter_count("gru", 600, 600, layers=2) == 4_323_600
    assert parameter_count("lstm", 600, 600, layers=2) == 5_764_800


# 9. The sigmoid at zero


def test_9_zero_is_the_opposite_of_saturation():
    a = np.linspace(-20, 20, 4001)
    gate = np.empty_like(a)
    sigmoid(a, gate)
    assert gate[2000] == 0.5
    assert sigmoid_slope(gate)[2000] == 0.25
    assert sigmoid_slope(gate).argmax() == 2000
    assert (sigmoid_slope(gate)[[0, -1]] < 1e-8).all()
    assert (gate > 0).all()
    assert tanh_slope(np.tanh(a)).argmax() == 2000
    zeros = rc.run(rc.init_params("lstm", 1, 1, 0, "zeros"), np.zeros((1, 1)))
    assert zeros.forget_gate[0, 0] == zeros.input_gate[0, 0] == zeros.output_gate[0, 0] == 0.5


# 10. The LSTM of 1997


def test_10_the_first_lstm_forgets_nothing():
    trace = rc.run(rc.init_params("lstm", 2, 3, 0, variant="no_forget"), np.ones((200, 2)), c_0=[1.0, -2.0, 3.0])
    assert (trace.forget_gate == 1.0).all()
    assert (log_cell_path(trace) == 0.0).all()
    np.testing.assert_allclose(trace.cs[-1], trace.cs[0] + (trace.input_gate * trace.candidate).sum(0), rtol=1e-12)
    assert trace.params.W_xf is None
    assert trace.params.b_f is None
