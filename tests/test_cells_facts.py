"""Facts about the cells, from the literature or a line of arithmetic. Those on Jacobians are in test_flow.py."""

from dataclasses import replace

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.cells.activations import sigmoid, sigmoid_slope
from rnn_core.cells.gru import PUBLISHED_FORMS
from tests.cases import make_case


def scalar(w, activation="linear"):
    return rc.RNNParams(np.zeros((1, 1)), np.array([[w]]), np.zeros(1), activation)


@pytest.mark.parametrize(("w", "kept"), [(0.9, 5.15e-3), (1.1, 117.4)])
def test_fact_2_a_linear_unit_shrinks_or_grows_with_the_power_of_its_weight(w, kept):
    trace = rc.run(scalar(w), np.zeros((50, 1)), [1.0])
    assert trace.hs[-1, 0] == pytest.approx(w**50, rel=1e-13) == pytest.approx(kept, rel=1e-3)


def test_fact_2_its_gradient_is_t_w_to_the_t_minus_1():
    T, w, h_0 = 20, 0.9, 1.5
    dhs = np.zeros((T, 1))
    dhs[-1] = 1.0
    grads = rc.bptt(rc.run(scalar(w), np.zeros((T, 1)), [h_0]), dhs)
    assert grads.params.W_hh[0, 0] == pytest.approx(T * w ** (T - 1) * h_0, rel=1e-13)
    assert grads.contributions("W_hh").ravel() == pytest.approx(np.full(T, w ** (T - 1) * h_0), rel=1e-13)
    assert grads.dhs[0, 0] == pytest.approx(w**T, rel=1e-13)


def after_and_before(U, b_r=0.0, inner_bias=0.0):
    """h of the two conventions, all other weights the same; the inner bias joins b_n where there is no inside."""
    case = make_case("gru", {"reset": "after"}, H=4)
    params = replace(case.params, W_hn=U, b_r=np.full(4, b_r), b_hn=np.full(4, inner_bias))
    before = replace(params, reset="before", b_n=params.b_n + inner_bias, b_hn=None)
    return [rc.run(form, case.xs, case.h_0).hs for form in (params, before)]


def test_fact_7_the_two_conventions_of_the_gru():
    dense, diagonal = np.random.default_rng(0).normal(size=(4, 4)), np.diag([0.5, -1.0, 2.0, 0.1])
    np.testing.assert_allclose(*after_and_before(dense, b_r=60.0, inner_bias=0.3), atol=1e-12)  # r = 1
    np.testing.assert_allclose(*after_and_before(diagonal), atol=1e-12)
    assert np.abs(np.subtract(*after_and_before(dense))).max() > 0.01
    assert np.abs(np.subtract(*after_and_before(diagonal, inner_bias=0.3))).max() > 0.01


def test_fact_7_the_four_published_forms_are_four():
    assert {(form.reset, form.z_keeps) for form in PUBLISHED_FORMS} == {
        (reset, keeps) for reset in ("after", "before") for keeps in (True, False)
    }


def test_z_keeps_and_z_writes_are_each_other_with_z_turned_round():
    case = make_case("gru", {"z_keeps": True})
    turned = replace(case.params, z_keeps=False, **{n: -getattr(case.params, n) for n in ("W_xz", "W_hz", "b_z")})
    keeps, writes = rc.run(case.params, case.xs), rc.run(turned, case.xs)
    np.testing.assert_allclose(keeps.hs, writes.hs, atol=1e-14)
    np.testing.assert_allclose(keeps.update_gate, 1 - writes.update_gate, atol=1e-14)


def test_fact_9_zero_is_where_sigma_is_one_half_and_steepest():
    a = np.linspace(-800.0, 800.0, 1601)
    s = np.empty_like(a)
    with np.errstate(over="ignore"):
        sigmoid(a, s)
    assert s[800] == 0.5
    assert sigmoid_slope(s).max() == sigmoid_slope(s)[800] == 0.25
    assert s[a > -700].min() > 0.0
    assert s[300] == pytest.approx(np.exp(-500.0), rel=1e-12), "small values keep all their digits"


def test_fact_10_without_a_forget_gate_f_is_1_and_the_cell_only_adds():
    case = make_case("lstm", {"variant": "no_forget"})
    trace = case.run()
    assert (trace.forget_gate == 1.0).all()
    np.testing.assert_allclose(np.diff(trace.cs, axis=0), trace.input_gate * trace.candidate, atol=1e-15)
    assert trace.forget_gate_pre is None
