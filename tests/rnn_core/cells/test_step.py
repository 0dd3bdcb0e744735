"""The plain step of each cell, which reads as its equations: the fast path equals it, and so does torch's own cell."""

import inspect
from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from torch import nn

import rnn_core as rc
from rnn_core.arrays import weight_names
from rnn_core.cells import gru, lstm, rnn
from tests.cases import FORM_IDS, FORMS, cases, make_case
from tests.reference import Reference

CELLS = {"rnn": rnn, "lstm": lstm, "gru": gru}
IN_TORCH = (
    ("rnn", {"activation": "tanh"}, nn.RNNCell),
    ("rnn", {"activation": "relu"}, nn.RNNCell),
    ("lstm", {}, nn.LSTMCell),
    ("gru", {}, nn.GRUCell),
)


def stepped(params, x, h_prev, c_prev):
    """The states that the plain step makes: h, or h and c."""
    if params.cell == "lstm":
        return lstm.step(params, x, h_prev, c_prev)
    return (CELLS[params.cell].step(params, x, h_prev),)


def largest_sum(params, x, h_prev, c_prev):
    """At least 1, and what the terms of a gate's sum can add up to: a rounding error is a share of that."""
    sums = Counter()
    for name in weight_names(params):
        sums[name[-1]] += np.abs(getattr(params, name)).reshape(params.hidden_size, -1).sum(axis=1).max()
    return max(1.0, *sums.values()) * max(1.0, *(np.abs(each).max() for each in (x, h_prev, c_prev)))


def assert_the_fast_path_equals_the_plain_step(case):
    trace = case.run()
    cs = getattr(trace, "cs", np.zeros_like(trace.hs))
    for t, x in enumerate(trace.xs):
        before = x, trace.hs[t], cs[t]
        for ours, plain in zip((trace.hs[t + 1], cs[t + 1]), stepped(case.params, *before), strict=False):
            np.testing.assert_allclose(ours, plain, rtol=0, atol=1e-15 * largest_sum(case.params, *before))


@settings(max_examples=150)
@given(cases())
def test_the_fast_path_equals_the_plain_step(case):
    assert_the_fast_path_equals_the_plain_step(case)


@pytest.mark.parametrize(("cell", "options"), FORMS, ids=FORM_IDS)
def test_the_fast_path_equals_the_plain_step_of_every_form_at_a_common_size(cell, options):
    assert_the_fast_path_equals_the_plain_step(make_case(cell, options, X=16, H=32, T=50))


@pytest.mark.parametrize(("cell", "options"), FORMS, ids=FORM_IDS)
@pytest.mark.parametrize("inner_bias", [True, False])
def test_many_plain_steps_equal_the_equations_in_torch(cell, options, inner_bias):
    case = make_case(cell, options, X=3, H=4, T=6)
    params = case.params
    if not inner_bias and getattr(params, "b_hn", None) is not None:
        params = type(params)(**{**vars(params), "b_hn": None})
    theirs = Reference(params, case.xs, case.h_0, case.c_0)
    state = (case.h_0, case.c_0)[: 2 if cell == "lstm" else 1]
    for t, x in enumerate(case.xs):
        state = stepped(params, x, state[0], state[-1])
        for ours, name in zip(state, ("hs", "cs"), strict=False):
            np.testing.assert_allclose(ours, theirs.value(name)[t + 1], rtol=0, atol=1e-13)


@pytest.mark.parametrize(("cell", "options", "torch_cell"), IN_TORCH)
def test_the_plain_step_equals_the_cell_of_torch(cell, options, torch_cell):
    case = make_case(cell, options, X=3, H=4)
    layer = rc.to_torch(case.params)
    theirs = torch_cell(3, 4, dtype=torch.float64, **({"nonlinearity": options["activation"]} if cell == "rnn" else {}))
    theirs.load_state_dict({name.removesuffix("_l0"): weight for name, weight in layer.state_dict().items()})
    x, h_0, c_0 = (torch.tensor(each) for each in (case.xs[0], case.h_0, case.h_0 if case.c_0 is None else case.c_0))
    with torch.no_grad():
        made = theirs(x, (h_0, c_0)) if cell == "lstm" else (theirs(x, h_0),)
    for ours, torchs in zip(stepped(case.params, x.numpy(), h_0.numpy(), c_0.numpy()), made, strict=True):
        np.testing.assert_allclose(ours, torchs.numpy(), rtol=0, atol=1e-15)


@pytest.mark.parametrize("cell", CELLS)
def test_the_plain_step_of_a_closed_gate_does_not_warn(cell):
    case = make_case(cell, {}, scale=1e4)
    assert all(np.isfinite(state).all() for state in stepped(case.params, case.xs[0], case.h_0, case.h_0))


@pytest.mark.parametrize("module", CELLS.values(), ids=CELLS)
def test_a_plain_step_is_about_ten_lines(module):
    body = inspect.getsource(module.step).split('"""')[2]
    assert len([line for line in body.splitlines() if line.strip()]) <= 12
