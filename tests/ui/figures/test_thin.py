"""Thinning never loses a peak, and never makes up a value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ui.figures.thin import thin

SIZES = st.tuples(st.integers(1, 300), st.integers(1, 4))
ANY = st.floats(allow_nan=True, allow_infinity=True)


@given(arrays(np.float64, SIZES, elements=st.floats(-1e9, 1e9)), st.integers(2, 60))
def test_each_unit_keeps_its_highest_and_lowest_value(values: np.ndarray, most: int) -> None:
    shown = thin(values, most)
    assert (shown.values.max(axis=0) == values.max(axis=0)).all()
    assert (shown.values.min(axis=0) == values.min(axis=0)).all()


@given(arrays(np.float64, SIZES, elements=ANY), st.integers(2, 60))
def test_every_value_is_one_of_its_step_and_steps_go_forward(values: np.ndarray, most: int) -> None:
    shown = thin(values, most)
    T = len(values)
    assert len(shown.values) <= max(most, 2)
    assert shown.thinned == (most < T)
    np.testing.assert_array_equal(shown.values, np.take_along_axis(values, np.asarray(shown.steps), axis=0))
    assert (np.diff(shown.steps, axis=0) >= 0).all()
    assert (np.diff(shown.centres) > 0).all()
    assert shown.centres[0] >= -0.5
    assert shown.centres[-1] <= T - 0.5


@given(arrays(np.float64, SIZES, elements=ANY), st.integers(2, 60))
def test_values_that_are_not_finite_survive_thinning(values: np.ndarray, most: int) -> None:
    shown = thin(values, most)
    assert (~np.isfinite(shown.values)).any(axis=0).tolist() == (~np.isfinite(values)).any(axis=0).tolist()


@pytest.mark.parametrize("peak", [0, 1, 499, 998, 999])
def test_one_spike_among_128_units_and_1000_steps(peak: int) -> None:
    values = np.zeros((1000, 128))
    values[peak, 77] = -3.0
    shown = thin(values, 312)
    place = shown.values[:, 77].argmin()
    assert shown.values[place, 77] == -3.0
    assert shown.steps[place, 77] == peak
    assert abs(shown.centres[place] - peak) <= 1000 / 312 * 2
