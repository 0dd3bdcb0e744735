"""Facts about linear recurrences and gates, each computed."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.arrays import weight_names
from rnn_core.cells.modern import CELLS
from rnn_core.errors import CoreError
from rnn_core.params.init import parameter_count
from rnn_core.params.modern import init_modern
from rnn_core.passes.modern import run_modern
from rnn_core.studies.modern.recurrences import (
    best_threshold,
    naive_slstm,
    one_bias_parameters,
    parity_delta_net,
    parity_lanes,
    state_numbers,
    state_variance,
)

bit_rows = st.lists(st.integers(0, 1), min_size=1, max_size=200).map(np.array)


def test_a_states_variance_is_50_without_normalisation_and_1_with():
    assert state_variance(0.99, normalised=False) == pytest.approx(1 / (1 - 0.99**2))
    assert f"{state_variance(0.99, normalised=False):.2f}" == "50.25"
    assert state_variance(0.99, normalised=True) == pytest.approx(1.0)
    for modulus in (0.5, 0.9, 0.95):
        assert state_variance(modulus, normalised=True) == pytest.approx(1.0)


def test_sampled_states_have_that_variance():
    params = init_modern("lru", 1, 1, 1)
    quiet = dataclasses.replace(
        params, nu=np.log([-np.log(0.9)]), gamma=np.zeros(1), B_re=np.ones((1, 1)), B_im=np.zeros((1, 1))
    )
    trace = run_modern(quiet, np.random.default_rng(0).normal(size=(4000, 1)))
    power = (trace.hs_re**2 + trace.hs_im**2)[100:].mean()
    assert power == pytest.approx(1 / (1 - 0.81), rel=0.15)


def test_rg_lru_keeps_the_variance_at_one_for_every_gate():
    """With an input gate of 1 and white inputs: Var h = a^2 Var h + (1 - a^2)."""
    params = init_modern("rg_lru", 1, 3, seed=0)
    zeros = {name: np.zeros_like(getattr(params, name)) for name in ("W_xr", "W_xi")}
    opened = dataclasses.replace(
        params, **zeros, b_i=np.full(3, 40.0), W_xu=np.ones((3, 1)), Lambda=np.array([-3.0, -1.0, 1.0])
    )
    impulse = np.zeros((3000, 1))
    impulse[0] = 1.0
    np.testing.assert_allclose((run_modern(opened, impulse).hs ** 2).sum(0), 1.0, rtol=1e-9)


@pytest.mark.parametrize("forget", ["sigmoid", "exp"])
def test_stabilised_exponential_gates_do_not_overflow_where_naive_ones_do(forget):
    params = init_modern("slstm", 2, 3, seed=0, forget=forget)
    xs = np.random.default_rng(0).normal(size=(12, 2))
    naive, stable = naive_slstm(params, xs), run_modern(params, xs)
    np.testing.assert_allclose(stable.hs, naive.hs, rtol=1e-12, atol=1e-15)  # the same numbers where both are finite
    loud = dataclasses.replace(params, b_i=np.full(3, 800.0))
    with np.errstate(over="ignore"):
        assert np.exp(800.0) == np.inf
    assert naive_slstm(loud, xs).first_bad == 1
    trace = run_modern(loud, xs)
    assert np.isfinite(trace.hs).all()
    assert (np.abs(trace.hs) <= 1.0).all()  # a weighted mean of tanh values, times a gate
    shifted = run_modern(params, xs)
    np.testing.assert_allclose(
        run_modern(dataclasses.replace(params, b_i=params.b_i + 800), xs).hs, shifted.hs, rtol=1e-9
    )


def test_the_mlstm_is_finite_for_gates_of_any_size():
    for bias in (-800.0, 800.0):
        params = dataclasses.replace(init_modern("mlstm", 2, 3, seed=0), b_i=np.full(1, bias))
        assert np.isfinite(run_modern(params, np.random.default_rng(0).normal(size=(30, 2))).hs).all()


@pytest.mark.parametrize("cell", ["min_gru", "min_lstm", "rg_lru"])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 999), scale=st.sampled_from([0.3, 1.0, 4.0]))
def test_a_positive_gate_and_a_constant_input_make_a_monotone_state(cell, seed, scale):
    rng = np.random.default_rng(seed)
    params = init_modern(cell, 2, 4, seed=seed)
    params = dataclasses.replace(
        params, **{name: scale * rng.normal(size=getattr(params, name).shape) for name in weight_names(params)}
    )
    trace = run_modern(params, np.tile(rng.normal(size=2), (30, 1)), {"hs": rng.normal(size=4)})
    changes = np.diff(trace.hs, axis=0)
    changes[np.abs(changes) < 1e-12] = 0.0
    assert ((changes >= 0).all(axis=0) | (changes <= 0).all(axis=0)).all()


@given(bit_rows)
def test_a_unit_that_changes_its_sign_keeps_the_parity_exactly(bits):
    lanes = parity_lanes(bits)
    np.testing.assert_array_equal(lanes.sign, np.where(lanes.parity == 1, 1.0, -1.0))
    for name in ("sign", "lstm", "gru"):
        assert lanes.right[name].all(), name


def test_one_threshold_on_a_positive_gate_does_not_tell_the_parity_of_a_row_of_ones():
    lanes = parity_lanes(np.ones(64))
    assert lanes.right["positive_gate"].mean() < 0.6
    assert (np.diff(lanes.positive_gate) >= 0).all()
    assert lanes.right["lstm"].all()


def test_delta_net_keeps_the_parity_exactly_if_its_eigenvalue_may_be_negative():
    bits = np.random.default_rng(0).integers(0, 2, 500)
    parity = bits.cumsum() % 2
    np.testing.assert_array_equal(parity_delta_net(bits).ys[:, 0], np.where(parity == 1, 1.0, -1.0))
    positive = parity_delta_net(bits, negative=False).ys[:, 0]
    assert (np.diff(np.abs(positive)) <= 0).all()  # it can only shrink


def test_best_threshold_tries_both_directions():
    assert best_threshold(np.array([0.0, 1.0, 2.0]), np.array([1, 1, 0])).all()
    assert best_threshold(np.array([0.0, 1.0, 2.0]), np.array([0, 1, 0])).sum() == 2


def test_numbers_of_parameters_with_one_bias_per_gate():
    counts = one_bias_parameters(64, 256)
    assert counts["min_gru"] == 33_280
    assert counts["gru"] == 246_528
    assert counts["min_lstm"] == 49_920
    assert counts["lstm"] == parameter_count("lstm", 64, 256) == 328_704
    for cell, (kind, _step) in CELLS.items():
        params = init_modern(cell, 5, 7)
        assert isinstance(params, kind)
        assert params.count() == one_bias_parameters(5, 7)[cell], cell


def test_a_state_has_a_fixed_size_and_attention_keeps_everything():
    assert state_numbers("min_gru", 8, 8, 1) == state_numbers("min_gru", 8, 8, 1000) == 8
    assert state_numbers("delta_net", 8, 4, 10) == 32
    assert state_numbers("lstm", 8, 8, 10) == 16
    assert state_numbers("mlstm", 8, 4, 10) == 8 * 4 + 4 + 1
    assert [state_numbers("attention", 8, 4, t) for t in (1, 2, 100)] == [12, 24, 1200]
    trace = run_modern(init_modern("attention", 2, 8, 4), np.ones((100, 2)))
    assert trace.key.size + trace.value.size == 1200


def test_nonsense_is_refused():
    with pytest.raises(CoreError, match="bits"):
        parity_lanes(np.array([0.0, 0.5]))
    with pytest.raises(CoreError, match="modulus"):
        state_variance(1.0, normalised=True)


def test_the_core_shows_the_classical_cells_beside_them():
    assert one_bias_parameters(3, 4)["rnn"] == rc.init_params("rnn", 3, 4).W_xh.size + 16 + 4
