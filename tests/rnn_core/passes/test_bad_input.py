"""Nonsense is met with one exception that names the argument, what was given and what was expected."""

import pickle
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import torch

import rnn_core as rc
from rnn_core.analysis.bounds import log_bounds, log_cell_path, step_norms
from rnn_core.analysis.clip import clip_by_norm, clip_by_value, gradient_norm
from rnn_core.analysis.flow import eigenvalues, growth, jacobians, log_jacobian_norms, singular_values
from rnn_core.analysis.one_step import step_jacobians
from rnn_core.arrays import weight_names
from rnn_core.blocks.attention import attention_map
from rnn_core.blocks.readout import (
    ReadoutParams,
    binary_cross_entropy,
    cross_entropy,
    init_readout,
    mean_squared_error,
    read_out,
    read_out_backward,
)
from rnn_core.cells.base import FirstBad
from rnn_core.cells.interventions import from_json
from rnn_core.equations.lookup import recipes
from rnn_core.equations.notation import recipes_json, symbols
from rnn_core.errors import MAX_STEPS, MAX_VALUES
from rnn_core.formats.programs import as_keras, as_numpy, as_torch
from rnn_core.formats.trace_io import load_trace, save_trace, trace_to_csv, trace_to_json, trace_to_npz
from rnn_core.params.build import form_of, make_params, weights_of
from rnn_core.params.init import count_parameters, parameter_count
from rnn_core.passes.layers import StackParams, bptt_stack, init_stack, run_stack
from rnn_core.passes.padded import bptt_padded, run_padded

RNN, LSTM, GRU = (rc.init_params(cell, 2, 3) for cell in ("rnn", "lstm", "gru"))
XS = np.ones((4, 2))
NAN, INF = np.nan, np.inf
TRACE = rc.run(LSTM, XS)
GRADS = rc.bptt(TRACE, np.ones((4, 3)))
WIDE = rc.run(rc.init_params("rnn", 1, 512, scheme="zeros"), np.zeros((2000, 1)))


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
    "nothing": (lambda: rc.run(RNN, None), "xs", "None", "real numbers"),
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
    "not a trace": (lambda: rc.bptt(XS, XS), "trace", "ndarray", "RNNTrace or LSTMTrace"),
    "truncation at 0": (lambda: rc.bptt(TRACE, np.ones((4, 3)), truncate=0), "truncate", "0", "from 1"),
    "truncation at 1.5": (lambda: rc.bptt(TRACE, np.ones((4, 3)), truncate=1.5), "truncate", "1.5", "an integer"),
    "an unknown weight": (lambda: GRADS.contributions("W_xz"), "weight", "'W_xz'", "'W_xf'"),
    "a step that is not there": (lambda: GRADS.contribution("W_xf", 4), "step", "4", "0 to 3"),
    "more contributions than memory holds": (
        lambda: rc.bptt(WIDE, np.zeros((2000, 512))).contributions("W_hh"),
        "weight",
        2000 * 512 * 512,
        "a shorter run",
    ),
    "an attention map of many steps": (
        lambda: attention_map(np.ones((20_000, 1))),
        "states",
        20_000**2,
        "a shorter run",
    ),
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
    "a tensor that wants a gradient": (
        lambda: rc.run(RNN, torch.ones(4, 2, requires_grad=True)),
        "xs",
        "Tensor: Can't call numpy()",
        "shape (T, 2)",
    ),
    "bidirectional as a number": (lambda: init_stack("gru", 2, 3, bidirectional=2), "bidirectional", "int", "bool"),
    "layers that are no tuple": (lambda: run_stack(StackParams(RNN), XS), "params.forward", "RNNParams", "tuple"),
    "a name no weight has": (lambda: make_params("rnn", {"W_hx": XS}, {}), "weights of the rnn", "'W_hx'", "'W_xh'"),
    "a cell of no name": (lambda: make_params("RNN", {}, {}), "cell", "'RNN'", "'rnn'"),
    "minus one layer": (lambda: parameter_count("gru", 2, 3, layers=-1), "layers", "-1", "from 1"),
    "gradients of a run, not of its weights": (
        lambda: clip_by_norm(GRADS, 1.0),
        "gradients",
        "LSTMGradients",
        "bptt(...).params",
    ),
    "a step that is a word": (lambda: rc.explain(TRACE, "hs", "last"), "step", "'last'", "an integer"),
    "a unit below 0": (lambda: rc.explain(TRACE, "hs", 1, -1), "place", "-1", "units below (3,)"),
    "gradients that are none": (lambda: rc.explain(TRACE, "hs", 1, grads=XS), "grads", "ndarray", "LSTMGradients"),
    "a folder that is not there": (
        lambda: save_trace("no such folder/run.csv", TRACE),
        "path",
        "No such file",
        "can be written",
    ),
    "a program for other inputs": (lambda: as_numpy(GRU, np.ones((4, 3))), "xs", "(4, 3)", "shape (T, 2)"),
    "a negative limit": (lambda: clip_by_norm(GRADS.params, -1.0), "max_norm", "-1.0", "at least 0"),
}


@pytest.mark.parametrize("what", CASES)
def test_invalid_arguments_raise_a_core_error(what):
    call, argument, given, expected = CASES[what]
    with pytest.raises(rc.CoreError) as caught:
        call()
    error = caught.value
    assert argument in error.argument
    assert str(given) in error.given
    assert expected in error.expected
    assert all(part in str(error) for part in (error.argument, error.given, error.expected))


JACOBIANS = (
    *(jacobians, rc.jacobian_norms, log_jacobian_norms, growth, singular_values, eigenvalues),
    *(step_jacobians, step_norms, log_bounds, log_cell_path),
)
LOSSES = (cross_entropy, binary_cross_entropy, mean_squared_error)
FIRST_ARGUMENT = {  # its name, and every function that it is the first argument of
    "trace": (
        *JACOBIANS,
        *(trace_to_csv, trace_to_json, trace_to_npz),
        partial(rc.bptt, dhs=XS),
        *(partial(function, dys=XS) for function in (bptt_stack, bptt_padded)),
        partial(rc.explain, name="hs", step=1),
    ),
    "params": (
        *(form_of, weights_of, count_parameters, recipes, symbols, recipes_json),
        *(partial(function, xs=XS) for function in (rc.run, run_stack, as_numpy, as_torch, as_keras)),
        partial(run_padded, xs=XS[None], lengths=[4]),
        partial(read_out, hs=XS),
    ),
    "gradients": (gradient_norm, partial(clip_by_norm, max_norm=1.0), partial(clip_by_value, max_value=1.0)),
    "answer": (*(partial(loss, targets=XS) for loss in LOSSES), partial(read_out_backward, dscores=XS)),
    "path": (load_trace, partial(save_trace, trace=TRACE)),
}


@pytest.mark.parametrize("argument", FIRST_ARGUMENT)
@pytest.mark.parametrize("given", [None, 3, XS, [XS], {}, object()], ids=lambda given: type(given).__name__)
def test_arguments_of_another_type_raise_a_core_error_in_every_function(argument, given):
    for function in FIRST_ARGUMENT[argument]:
        with pytest.raises(rc.CoreError) as caught:
            function(given)
        assert (caught.value.argument, caught.value.given) == (argument, type(given).__name__), function


def test_the_error_can_be_pickled():
    error = pickle.loads(pickle.dumps(rc.CoreError("xs", (1, 2), "shape (T, 3)")))
    assert (error.argument, error.given, error.expected) == ("xs", "(1, 2)", "shape (T, 3)")
    assert isinstance(error, ValueError)


def test_lists_and_other_number_types_are_taken_and_kept_as_float64():
    trace = rc.run(
        replace(RNN, W_xh=RNN.W_xh.tolist(), b_h=np.zeros(3, np.float32)), [[1, 2], [3, 4]], [True, False, 1]
    )
    assert {values.dtype for values in (trace.xs, trace.hs, trace.params.W_xh, trace.params.b_h)} == {np.dtype("f8")}


def test_weights_may_be_lists_in_a_stack_and_in_a_readout_too():
    lists = rc.RNNParams(*(getattr(RNN, name).tolist() for name in ("W_xh", "W_hh", "b_h")))
    np.testing.assert_array_equal(run_stack(StackParams((lists,)), XS).ys, rc.run(RNN, XS).hs[1:])
    readout = init_readout(3, 2)
    answer = read_out(ReadoutParams(readout.W_hy.tolist(), readout.b_y.tolist()), TRACE.hs[1:])
    np.testing.assert_array_equal(answer.ys, read_out(readout, TRACE.hs[1:]).ys)
    assert isinstance(answer.params.W_hy, np.ndarray)


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
    assert trace.first_bad == FirstBad(step=2, name=name, unit=1 if cell == "rnn" else 0)
    assert not np.isfinite(getattr(trace, name)[2]).all()
    assert np.isfinite(getattr(trace, name)[:2]).all()
    for weight in weight_names(params):
        grads.contributions(weight)
        grads.contribution_norms(weight)
    for path in grads.paths:
        grads.dhs_through(path)


def test_a_finite_run_has_no_first_overflow():
    assert rc.run(LSTM, 1e6 * XS).first_bad is None


def test_an_overflow_that_only_a_held_gate_makes_possible_is_found_too():
    held_gate = rc.Clamp("input_gate", (1,), 1e308)
    trace = rc.run(LSTM, 50 * XS, c_0=np.full(3, 1e308), interventions=[held_gate, rc.Clamp("forget_gate", (1,), 2.0)])
    assert trace.first_bad == FirstBad(0, "cs", 1)
