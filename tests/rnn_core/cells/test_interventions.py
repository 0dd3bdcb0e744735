"""What interventions mean. That runs and gradients stay exact under them is in test_cells_reference.py."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.cells.interventions import from_json, to_json
from tests.cases import assert_equal, interventions, make_case


def run(cell, *held, **options):
    case = make_case(cell, options, T=6)
    return rc.run(case.params, case.xs, case.h_0, case.c_0, interventions=held)


def test_a_clamped_gate_holds_its_value_for_its_units_and_steps_only():
    free, held = run("lstm"), run("lstm", rc.Clamp("forget_gate", units=(0, 2), value=0.25, steps=(1, 2)))
    assert (held.forget_gate[1:3, [0, 2]] == 0.25).all()
    assert_equal(held.forget_gate[0], free.forget_gate[0])
    assert (held.forget_gate[1:, 1] != 0.25).all()
    assert (held.forget_gate[3:] != 0.25).all()
    np.testing.assert_array_equal(held.cs[2, 0], 0.25 * held.cs[1, 0] + held.input_gate[1, 0] * held.candidate[1, 0])
    assert (held.forget_gate_pre[1] == free.forget_gate_pre[1]).all(), "the pre-activation is still the computed one"


def test_no_steps_named_means_every_step():
    assert (run("gru", rc.Clamp("reset_gate", (1,), 0.0)).reset_gate[:, 1] == 0.0).all()
    assert (run("rnn", rc.Silence((1,))).hs[1:, 1] == 0.0).all()


def test_a_silenced_unit_says_nothing_and_lives_on_inside():
    free, held = run("lstm"), run("lstm", rc.Silence((0,), steps=(2,)))
    assert held.hs[3, 0] == 0.0
    assert_equal(held.cs[3], free.cs[3])
    assert held.hs[4, 0] != 0.0


def test_setting_c_makes_the_same_steps_h_and_setting_h_leaves_c():
    held = run("lstm", rc.SetState("c", (1,), 2.0, step=3), rc.SetState("h", (0,), -1.0, step=3))
    assert held.cs[4, 1] == 2.0
    assert held.hs[4, 1] == held.output_gate[3, 1] * np.tanh(2.0)
    assert held.hs[4, 0] == -1.0
    assert held.cs[4, 0] == run("lstm").cs[4, 0]


def test_a_peephole_sees_the_cell_that_was_set():
    held = run("lstm", rc.SetState("c", (1,), 2.0, step=3), variant="peephole")
    assert_equal(held.output_gate_c[3, 1], held.params.w_co[1] * 2.0)


def test_coupled_gates_stay_coupled_when_f_is_held_and_not_when_i_is():
    held = run("lstm", rc.Clamp("forget_gate", (0,), 0.75), rc.Clamp("input_gate", (1,), 0.5), variant="coupled")
    assert (held.input_gate[:, 0] == 0.25).all()
    assert (held.input_gate[:, 1] == 0.5).all()
    assert (held.forget_gate[:, 1] != 0.5).all()


def test_of_two_holds_on_one_value_the_later_wins():
    held = run("gru", rc.Silence((0,)), rc.SetState("h", (0,), 0.5, step=2), rc.SetState("h", (0,), 0.75, step=2))
    assert held.hs[1:, 0].tolist() == [0.0, 0.0, 0.75, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_no_gradient_passes_behind_a_held_value_and_its_own_is_still_told(cell):
    gate = {"lstm": "output_gate", "gru": "candidate"}[cell]
    trace = run(cell, rc.Clamp(gate, (1,), 0.3))
    grads = rc.bptt(trace, np.ones((6, 3)))
    assert (getattr(grads, f"d{gate}_pre")[:, 1] == 0.0).all()
    assert (getattr(grads, f"d{gate}")[:, 1] != 0.0).all()
    assert (grads.params.W_xo if cell == "lstm" else grads.params.W_xn)[1] == pytest.approx(0.0, abs=0)


def test_the_lstm_of_1997_is_todays_with_the_forget_gate_held_at_1():
    old = make_case("lstm", {"variant": "no_forget"})
    today = make_case("lstm", {})
    weights = {name: getattr(old.params, name) for name in old.params.shapes(2, 3, "no_forget")}
    same = rc.LSTMParams(**{**vars(today.params), **weights})
    held = rc.run(same, old.xs, old.h_0, old.c_0, interventions=(rc.Clamp("forget_gate", (0, 1, 2), 1.0),))
    assert_equal(held.hs, old.run().hs)
    assert_equal(rc.bptt(held, old.dhs, old.dcs).dxs, old.bptt().dxs)


def test_the_trace_tells_what_was_done_to_it():
    held = (rc.Silence((0,), (1,)),)
    assert run("rnn", *held).interventions == held
    assert run("rnn").interventions == ()


@given(st.sampled_from(("rnn", "lstm", "gru")).flatmap(lambda cell: interventions(cell, 6, 3)))
def test_interventions_hash_and_survive_json(held):
    again = from_json(json.loads(json.dumps(to_json(held))))
    assert again == held
    assert hash(again) == hash(held)


def test_lists_and_ranges_become_tuples():
    clamp = rc.Clamp("forget_gate", units=[0, 1], value=1, steps=range(2, 4))
    assert clamp == rc.Clamp("forget_gate", (0, 1), 1.0, (2, 3))
