"""The networks of the pages on states and gates: what each setting changes, and that it changes nothing else."""

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.analysis import memory
from rnn_core.params.build import weights_of
from rnn_core.studies.sequences import (
    FORMS,
    SIGNALS,
    SequenceSetup,
    inputs_of,
    of_form,
    params_of,
    run_of,
    with_difference,
)


@pytest.mark.parametrize("form", FORMS)
def test_the_gain_multiplies_the_recurrent_weights_alone(form):
    plain, strong = (weights_of(params_of(SequenceSetup(form, gain=gain))) for gain in (1.0, 2.5))
    for name, weight in plain.items():
        np.testing.assert_array_equal(strong[name], 2.5 * weight if name.startswith("W_h") else weight)


def test_orthogonal_weights_of_gain_g_shrink_a_linear_trace_by_g():
    params = params_of(SequenceSetup(gain=0.6, first_weights="orthogonal"))
    np.testing.assert_allclose(np.linalg.svdvals(params.W_hh), 0.6)


def test_a_bias_by_hand_is_that_of_every_unit_and_of_no_other_gate():
    before, after = (
        weights_of(params_of(SequenceSetup("lstm", biases=biases))) for biases in ((), (("b_f", 1.0), ("b_z", 9.0)))
    )
    assert (after["b_f"] == 1.0).all()
    assert all((after[name] == before[name]).all() for name in before if name != "b_f")


def test_chrono_biases_reach_to_the_length_of_the_run():
    params = params_of(SequenceSetup("lstm", hidden_size=128, steps=100, first_weights="chrono"))
    assert 0 <= params.b_f.min() < 2.0 < 4.5 < params.b_f.max() <= np.log(99)
    np.testing.assert_array_equal(params.b_i, -params.b_f)


@pytest.mark.parametrize("form", ["rnn", "lstm97"])
def test_without_a_gate_that_keeps_chrono_leaves_pytorchs_weights(form):
    chrono, torch = (weights_of(params_of(SequenceSetup(form, first_weights=name))) for name in ("chrono", "torch"))
    assert all((chrono[name] == torch[name]).all() for name in torch)


@pytest.mark.parametrize("signal", SIGNALS)
def test_every_input_has_one_number_a_step_and_a_difference_is_in_one_step(signal):
    setup = SequenceSetup(signal=signal, steps=20)
    changed = with_difference(setup, 7, 0.5) - inputs_of(setup)
    assert changed.shape == (20, 1)
    assert np.flatnonzero(changed).tolist() == [7]
    np.testing.assert_allclose(changed[7], 0.5)


@pytest.mark.parametrize("form", FORMS)
def test_the_memory_starts_where_it_is_told(form):
    trace = run_of(SequenceSetup(form, start=0.7))
    assert ((trace.cs if isinstance(trace, rc.LSTMTrace) else trace.hs)[0] == 0.7).all()


def test_fact_5_and_6_as_the_gates_page_shows_them():
    for bias, steps, left in (
        (0.0, 20, 9.5e-7),
        (1.0, 20, 1.9e-3),
        (1.0, 100, 2.5e-14),
        (float(np.log(99)), 100, 0.366),
    ):
        for form, name in (("lstm", "b_f"), ("gru", "b_z")):
            setup = SequenceSetup(form, steps=steps, first_weights="zeros", biases=((name, bias),))
            np.testing.assert_allclose(memory.remaining_start(run_of(setup))[-1], left, rtol=0.03)


def test_fact_10_the_lstm_of_1997_forgets_nothing():
    assert (memory.remaining_start(run_of(SequenceSetup("lstm97", steps=200, signal="noise"))) == 1.0).all()


def test_fact_7_the_two_grus_agree_where_the_reset_gate_is_open():
    setup = SequenceSetup("gru", signal="noise", start=0.5)
    wide_open = (rc.Clamp("reset_gate", tuple(range(16)), 1.0),)
    runs = [
        run_of(of_form(setup, form), interventions=held) for held in ((), wide_open) for form in ("gru", "gru_before")
    ]
    assert np.abs(runs[0].hs - runs[1].hs).max() > 1e-3
    inner = runs[2].params.b_hn  # the form `before` has no inner bias: with r = 1 it adds to b_n
    matched = rc.run(
        rc.GRUParams(**{**vars(runs[3].params), "b_n": runs[2].params.b_n + inner}),
        runs[2].xs,
        runs[2].hs[0],
        interventions=wide_open,
    )
    np.testing.assert_allclose(matched.hs, runs[2].hs, rtol=0, atol=1e-12)
