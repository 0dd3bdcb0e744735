"""The same input through every cell: shapes, and what is known of their gradients through time."""

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.cells.modern import CELLS
from rnn_core.errors import CoreError
from rnn_core.studies.modern.comparison import PRESETS, run_of

XS = np.random.default_rng(0).normal(size=(12, 2))


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_runs(preset):
    found = run_of(preset, XS, hidden_size=3, seed=1)
    assert found.outputs.shape == (12, 3)
    assert found.input_gradient.shape == (12,)
    assert np.isfinite(found.outputs).all()
    assert found.parameters > 0
    assert (found.state_gradient is None) == (preset == "attention")
    if found.state_gradient is not None:
        assert found.state_gradient.shape == (13,)
        assert found.state_gradient[-1] > 0


def test_every_cell_has_a_preset():
    assert {cell for cell, _options in PRESETS.values()} == {*CELLS, "rnn", "lstm", "gru"}


def test_the_classical_curve_is_that_of_bptt():
    params = rc.init_params("gru", 2, 3, 1)
    direct = np.zeros((12, 3))
    direct[-1] = 1.0
    grads = rc.bptt(rc.run(params, XS), direct)
    np.testing.assert_allclose(run_of("gru", XS, 3, seed=1).state_gradient, np.linalg.norm(grads.dhs, axis=1))


def test_a_hebbian_memory_passes_its_gradient_on_unchanged_and_gates_below_one_only_shrink_it():
    flat = run_of("linear_attention", XS, 3).state_gradient
    np.testing.assert_allclose(flat, flat[-1])
    for preset in ("min_gru", "min_lstm", "rg_lru", "delta_net", "gated_delta_net"):
        curve = run_of(preset, XS, 3).state_gradient
        assert (np.diff(curve) >= -1e-15).all(), preset


def test_nonsense_is_refused():
    with pytest.raises(CoreError, match="preset"):
        run_of("transformer", XS, 3)
    with pytest.raises(CoreError, match="hidden_size"):
        run_of("lru", XS, 0)
