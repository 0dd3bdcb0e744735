"""Forms of a cell: which are equivalent, and which differ although they look similar."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.analysis import equivalences
from rnn_core.params import presets

SIZES = st.tuples(st.integers(1, 12), st.integers(1, 4), st.integers(1, 6), st.integers(0, 999))


@given(SIZES, st.sampled_from(["tanh", "relu", "sigmoid", "linear"]))
def test_one_wide_matrix_is_the_same_cell(sizes: tuple[int, int, int, int], activation: str) -> None:
    T, X, H, seed = sizes
    params = rc.init_params("rnn", X, H, seed=seed, activation=activation)
    xs = presets.noise(T, X, seed)
    np.testing.assert_allclose(equivalences.concatenated_states(params, xs), rc.run(params, xs).hs, rtol=0, atol=1e-12)


@given(SIZES, st.sampled_from(["after", "before"]), st.booleans())
def test_gru_conventions_agree_exactly_where_they_should(
    sizes: tuple[int, int, int, int], reset: str, z_keeps: bool
) -> None:
    T, X, H, seed = sizes
    params = rc.init_params("gru", X, H, seed=seed, reset=reset, z_keeps=z_keeps)
    found = equivalences.agreement(params, presets.noise(T, X, seed))
    assert max(found.reset_fixed_to_one, found.diagonal, found.update_negated) < 1e-12


def test_gru_conventions_differ_otherwise() -> None:
    params = rc.init_params("gru", 1, 3, seed=0)
    assert equivalences.agreement(params, presets.noise(20)).unchanged > 1e-3


def test_all_four_forms_are_run() -> None:
    params = rc.init_params("gru", 1, 3, seed=0)
    states = equivalences.states_of_all_forms(params, presets.noise(20))
    assert len(states) == 4
    assert states[0] == pytest.approx(rc.run(params, presets.noise(20)).hs)
    largest_difference = [np.abs(one - other).max() for k, one in enumerate(states) for other in states[:k]]
    assert min(largest_difference) > 1e-6
