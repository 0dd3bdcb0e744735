"""Nonsense is met with one exception that names the argument, what was given and what was expected."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.errors import MAX_STEPS, MAX_VALUES
from rnn_core.interventions import from_json

RNN, LSTM, GRU = (rc.init_params(cell, 2, 3) for cell in ("rnn", "lstm", "gru"))
XS = np.ones((4, 2))
NAN, INF = np.nan, np.inf
TRACE = rc.run(LSTM, XS)
GRADS = rc.bptt(TRACE, np.ones((4, 3)))


def held(*interventions):
    return rc.run(LSTM, XS, interventions=interventions)


CASES = {
    # what is wrong: (the call, argument, given, expected)
    "no time axis": (lambda: rc.run(RNN, [1.0, 2.0]), "xs", "shape (2,)", "shape (T, 2)"),
    "a batch": (lambda: rc.run(RNN, np.ones((1, 4, 2))), "xs", "shape (1, 4, 2)", "shape (T, 2)"),
    "inputs of the wrong size": (lambda: rc.run(GRU, np.ones((4, 3))), "xs", "shape (4, 3)", "shape (T, 2)"),
    "no steps": (lambda: rc.run(LSTM, np.ones((0, 2))), "xs", "shape (0, 2)", "no axis empty"),
    "an input that is NaN": (lambda: rc.run(RNN, [[1, 2], [NAN, 0]]), "xs", "nan at (1, 0)", "finite"),
    "an infinite input": (lambda: rc.run(RNN, [[1, INF]]), "xs", "inf at (0, 1)", "finite"),
    "a number too large": (lambda: rc.run(RNN, [[1, 10**400]]), "xs", "list of object", "real numbers"),
    "words": (lambda: rc.run(RNN, "hello"), "xs", "str of <U5", "real numbers"),
    "complex numbers": (lambda: rc.run(RNN, XS * 1j), "xs", "complex128", "real numbers"),
    "nothing": (lambda: rc.run(RNN, None), "xs", "NoneType", "real numbers"),
    "ragged rows": (lambda: rc.run(RNN, [[1, 2], [3]]), "xs", "rows of different lengths", "shape (T, 2)"),
    "too many steps": (lambda: rc.run(RNN, np.ones((MAX_STEPS + 1, 2))), "xs", MAX_STEPS + 1, f"to {MAX_STEPS}"),
    "too many values": (
        lambda: rc.run(rc.init_params("rnn", 1, 100), np.ones((MAX_VALUES // 100 + 1, 1))),
        "xs",
        MAX_VALUES + 100,
        f"at most {MAX_VALUES}",
    ),
    "h_0 of the wrong size": (lambda: rc.run(RNN, XS, np.ones(2)), "h_0", "shape (2,)", "shape (3,)"),
    "h_0 with NaN": (lambda: rc.run(GRU, XS, [0, NAN, 0]), "h_0", "nan at (1,)", "finite"),
    "c_0 of the wrong size": (lambda: rc.run(LSTM, XS, None, np.ones(4)), "c_0", "shape (4,)", "shape (3,)"),
    "c_0 for a cell without c": (lambda: rc.run(GRU, XS, None, np.ones(3)), "c_0", "a cell state", "only the LSTM"),
    "not parameters": (lambda: rc.run({"W": 1}, XS), "params", "dict", "RNNParams, LSTMParams or GRUParams"),
    "a transposed weight": (
        lambda: rc.run(replace(RNN, W_xh=RNN.W_xh.T), XS),
        "params.W_hh",
        "shape (3, 3)",
        "shape (2, 2)",
    ),
    "a matrix not square": (lambda: rc.run(replace(GRU, W_hz=np.ones((3, 2))), XS), "params.W_hz", "(3, 2)", "(3, 3)"),
    "a weight that is NaN": (lambda: rc.run(replace(LSTM, b_f=[0, 0, NAN]), XS), "params.b_f", "nan at (2,)", "finite"),
    "a missing weight": (lambda: rc.run(replace(LSTM, W_xf=None), XS), "params.W_xf", "None", "shape (3, 2)"),
    "a weight too many": (
        lambda: rc.run(replace(GRU, reset="before"), XS),
        "params.b_hn",
        "shape (3,)",
        "None: this form",
    ),
    "a peephole too many": (lambda: rc.run(replace(LSTM, w_ci=np.ones(3)), XS), "params.w_ci", "shape (3,)", "None"),
    "an unknown activation": (lambda: rc.run(replace(RNN, activation="step"), XS), "activation", "'step'", "'relu'"),
    "an unknown variant": (lambda: rc.run(replace(LSTM, variant="xl"), XS), "params.variant", "'xl'", "'peephole'"),
    "an unknown reset": (lambda: rc.run(replace(GRU, reset=["after"]), XS), "params.reset", "['after']", "'before'"),
    "z_keeps neither yes nor no": (lambda: rc.run(replace(GRU, z_keeps="no"), XS), "params.z_keeps", "'no'", "True or"),
    "a gradient of the wrong shape": (lambda: rc.bptt(TRACE, np.ones((5, 3))), "dhs", "(5, 3)", "shape (4, 3)"),
    "a gradient with NaN": (lambda: rc.bptt(TRACE, np.full((4, 3), NAN)), "dhs", "nan at (0, 0)", "finite"),
    "dcs of the wrong shape": (lambda: rc.bptt(TRACE, np.ones((4, 3)), np.ones(3)), "dcs", "(3,)", "shape (4, 3)"),
    "dcs for a cell without c": (
        lambda: rc.bptt(rc.run(RNN, XS), np.ones((4, 3)), np.ones((4, 3))),
        "dcs",
        "gradients on a cell",
        "only the LSTM",
    ),
    "not a trace": (lambda: rc.bptt(XS, XS), "trace", "ndarray", "what run gave"),
    "truncation at 0": (lambda: rc.bptt(TRACE, np.ones((4, 3)), truncate=0), "truncate", "0", "from 1"),
    "truncation at 1.5": (lambda: rc.bptt(TRACE, np.ones((4, 3)), truncate=1.5), "truncate", "1.5", "an integer"),
    "an unknown weight": (lambda: GRADS.contributions("W_xz"), "weight", "'W_xz'", "'W_xf'"),
    "a step that is not there": (lambda: GRADS.contribution("W_xf", 4), "step", "4", "0 to 3"),
    "an unknown path": (lambda: GRADS.dhs_through("carry"), "path", "'carry'", "'forget_gate'"),
    "not interventions": (lambda: rc.run(RNN, XS, interventions=3), "interventions", "3", "a tuple"),
    "not an intervention": (lambda: held("clamp"), "interventions", "'clamp'", "Clamp, Silence or SetState"),
    "a gate of another cell": (
        lambda: held(rc.Clamp("reset_gate", (0,), 1.0)),
        "gate",
        "'reset_gate'",
        "'forget_gate'",
    ),
    "a gate of a cell without": (
        lambda: rc.run(RNN, XS, interventions=[rc.Clamp("forget_gate", (0,), 1.0)]),
        "Clamp.gate",
        "'forget_gate'",
        "nothing",
    ),
    "a unit that is not there": (lambda: held(rc.Silence((3,))), "unit", "3", "0 to 2"),
    "a step after the end": (lambda: held(rc.SetState("c", (0,), 1.0, step=4)), "step", "4", "0 to 3"),
    "c of a cell without": (
        lambda: rc.run(RNN, XS, interventions=[rc.SetState("c", (0,), 1.0, 0)]),
        "SetState.state",
        "'c'",
        "'h'",
    ),
    "a state of no name": (lambda: rc.SetState("y", (0,), 1.0, 0), "SetState.state", "'y'", "'h', 'c'"),
    "a clamp to NaN": (lambda: rc.Clamp("forget_gate", (0,), NAN), "Clamp.value", "nan", "a finite number"),
    "a unit that is no integer": (lambda: rc.Silence((0.5,)), "Silence.units", "0.5", "an integer"),
    "units that are no tuple": (lambda: rc.Silence(0), "Silence.units", "0", "a tuple of integers"),
    "an intervention of no kind": (lambda: from_json([{"kind": "mute"}]), "kind", "'mute'", "'silence'"),
    "an intervention in pieces": (lambda: from_json([{"kind": "silence"}]), "interventions", "silence", "fields of"),
    "a negative limit": (lambda: rc.clip_by_norm(GRADS.params, -1.0), "max_norm", "-1.0", "at least 0"),
}


@pytest.mark.parametrize("what", CASES)
def test_nonsense_is_met_with_words(what):
    call, argument, given, expected = CASES[what]
    with pytest.raises(rc.CoreError) as caught:
        call()
    error = caught.value
    assert argument in error.argument
    assert str(given) in error.given
    assert expected in error.expected
    assert all(part in str(error) for part in (error.argument, error.given, error.expected))


def test_the_error_travels_between_processes():
    error = pickle.loads(pickle.dumps(rc.CoreError("xs", (1, 2), "shape (T, 3)")))
    assert (error.argument, error.given, error.expected) == ("xs", "(1, 2)", "shape (T, 3)")
    assert isinstance(error, ValueError)


def test_lists_and_other_number_types_are_taken_and_kept_as_float64():
    trace = rc.run(
        replace(RNN, W_xh=RNN.W_xh.tolist(), b_h=np.zeros(3, np.float32)), [[1, 2], [3, 4]], [True, False, 1]
    )
    assert {values.dtype for values in (trace.xs, trace.hs, trace.params.W_xh, trace.params.b_h)} == {np.dtype("f8")}


def test_changing_the_input_afterwards_does_not_change_the_trace():
    xs = XS.copy()
    trace = rc.run(RNN, xs)
    xs[:] = 9.0
    assert (trace.xs == 1.0).all()


OVERFLOWS = {
    "rnn": (rc.RNNParams(np.ones((2, 1)), np.diag([10.0, 1e200]), np.zeros(2), "relu"), "pre_h"),
    "lstm": (replace(rc.init_params("lstm", 1, 2), W_xg=np.full((2, 1), 1e300)), "candidate_x"),
    "gru": (replace(rc.init_params("gru", 1, 2), W_xn=np.full((2, 1), 1e300)), "candidate_x"),
}


@pytest.mark.parametrize("cell", OVERFLOWS)
def test_overflow_is_kept_and_the_trace_says_where_it_began(cell):
    """Warnings are errors in these tests, so this also shows that nothing reaches the console."""
    params, name = OVERFLOWS[cell]
    xs = [[1.0], [1.0], [1e10], [1.0]]
    trace = rc.run(params, xs)
    grads = rc.bptt(trace, np.ones((4, 2)))
    assert trace.first_bad == rc.FirstBad(step=2, name=name, unit=1 if cell == "rnn" else 0)
    assert not np.isfinite(getattr(trace, name)[2]).all()
    assert np.isfinite(getattr(trace, name)[:2]).all()
    for weight in rc.types.weight_names(params):
        grads.contributions(weight)
        grads.contribution_norms(weight)
    for path in grads.paths:
        grads.dhs_through(path)


def test_a_run_that_stays_finite_has_no_first_bad():
    assert rc.run(LSTM, 1e6 * XS).first_bad is None


def test_an_overflow_that_only_a_held_gate_makes_possible_is_found_too():
    held_gate = rc.Clamp("input_gate", (1,), 1e308)
    trace = rc.run(LSTM, 50 * XS, c_0=np.full(3, 1e308), interventions=[held_gate, rc.Clamp("forget_gate", (1,), 2.0)])
    assert trace.first_bad == rc.FirstBad(0, "cs", 1)
