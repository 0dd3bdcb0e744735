"""The forms of the cells among themselves. What torch and the literature say of them is in the neighbours."""

from dataclasses import replace

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.cells.activations import sigmoid
from rnn_core.cells.gru import PUBLISHED_FORMS
from tests.cases import make_case


def test_the_four_published_forms_of_the_gru_are_four():
    assert {(form.reset, form.z_keeps) for form in PUBLISHED_FORMS} == {
        (reset, keeps) for reset in ("after", "before") for keeps in (True, False)
    }


def test_z_keeps_and_z_writes_are_each_other_with_z_turned_round():
    case = make_case("gru", {"z_keeps": True})
    turned = replace(case.params, z_keeps=False, **{n: -getattr(case.params, n) for n in ("W_xz", "W_hz", "b_z")})
    keeps, writes = rc.run(case.params, case.xs), rc.run(turned, case.xs)
    np.testing.assert_allclose(keeps.hs, writes.hs, atol=1e-14)
    np.testing.assert_allclose(keeps.update_gate, 1 - writes.update_gate, atol=1e-14)


def test_sigma_keeps_all_digits_of_small_values_and_never_warns():
    a = np.array([-1000.0, -700.0, -30.0, 0.0, 1000.0])
    s = np.empty_like(a)
    with np.errstate(all="ignore"):
        sigmoid(a, s)
    assert s.tolist() == [0.0, pytest.approx(np.exp(-700.0), rel=1e-12), pytest.approx(np.exp(-30.0)), 0.5, 1.0]


def test_without_a_forget_gate_f_is_1_and_the_cell_only_adds():
    case = make_case("lstm", {"variant": "no_forget"})
    trace = case.run()
    assert (trace.forget_gate == 1.0).all()
    np.testing.assert_allclose(np.diff(trace.cs, axis=0), trace.input_gate * trace.candidate, atol=1e-15)
    assert trace.forget_gate_pre is None
