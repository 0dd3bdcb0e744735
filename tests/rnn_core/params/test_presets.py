"""Each preset shows the idea of its lesson."""

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.params.presets import PRESETS


def ran(cell: str, name: str, steps: int = 40) -> rc.AnyTrace:
    preset = PRESETS[cell][name]
    return rc.run(preset.params, preset.inputs(steps))


@pytest.mark.parametrize(("cell", "name"), [(cell, name) for cell, presets in PRESETS.items() for name in presets])
@pytest.mark.parametrize("steps", [1, 2, 40, 200])
def test_every_preset_runs_at_every_length(cell: str, name: str, steps: int) -> None:
    trace = ran(cell, name, steps)
    assert trace.xs.shape[0] == steps
    assert trace.first_bad is None


def test_the_latch_holds_its_bit_for_thirty_steps() -> None:
    cs = ran("lstm", "latch").cs[:, 0]
    assert cs[2] == pytest.approx(0, abs=1e-3)
    assert np.allclose(cs[3:35], cs[3], atol=2e-3)
    assert cs[3] > 0.99
    assert cs[35] < -0.99


def test_the_counter_climbs_and_comes_back() -> None:
    cs = ran("lstm", "counter").cs[:, 0]
    assert cs[20] == pytest.approx(20, abs=0.05)
    assert cs[40] == pytest.approx(0, abs=0.05)


def test_a_forget_bias_of_one_leaks() -> None:
    assert ran("lstm", "leak").forget_gate == pytest.approx(1 / (1 + np.exp(-1)))


def test_gates_at_rest_stand_half_open() -> None:
    assert (ran("lstm", "zeros").forget_gate == 0.5).all()
    assert (ran("gru", "zeros").update_gate == 0.5).all()


def test_the_rotation_neither_fades_nor_grows() -> None:
    hs = ran("rnn", "rotation", 200).hs[1:]
    assert np.linalg.norm(hs, axis=1) == pytest.approx(1.0)


def test_the_echo_fades_at_two_speeds() -> None:
    hs = ran("rnn", "echo").hs
    assert hs[11, 0] > 100 * hs[11, 1] > 0


def test_relu_explodes() -> None:
    assert ran("rnn", "exploding").hs[40].max() > 300_000


def test_the_sum_is_the_sum() -> None:
    trace = ran("rnn", "sum")
    np.testing.assert_allclose(trace.hs[1:, 0], np.cumsum(trace.xs[:, 0]), rtol=0, atol=1e-12)


def test_the_gru_ignores_noise_until_it_is_told_to_look() -> None:
    hs = ran("gru", "ignore").hs[:, 0]
    assert np.ptp(hs[3:35]) < 2e-3
    assert hs[35] < -0.99


def test_the_average_moves_over_about_eight_steps() -> None:
    z = ran("gru", "average").update_gate
    assert 1 / (1 - z) == pytest.approx(8.4, abs=0.1)


def test_a_reset_forgets_at_once() -> None:
    trace = ran("gru", "fresh")
    assert trace.reset_gate[34, 0] < 1e-4
    assert trace.hs[34, 0] > 0.8
    assert abs(trace.hs[35, 0]) < 0.1


@pytest.mark.parametrize(("cell", "gate"), [("lstm", "forget_gate"), ("gru", "update_gate")])
def test_saturated_gates_have_no_slope(cell: str, gate: str) -> None:
    values = getattr(ran(cell, "saturated"), gate)
    assert np.median(values * (1 - values)) < 0.05
