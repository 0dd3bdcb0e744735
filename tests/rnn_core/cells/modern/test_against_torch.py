"""Every value and every gradient of every modern cell equals that of an independent loop in torch with autograd."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.arrays import weight_names
from rnn_core.cells.modern import CELLS
from tests.cases import assert_equal
from tests.rnn_core.cells.modern.forms import FORM_IDS, FORMS, cases, make_case
from tests.rnn_core.cells.modern.reference import Reference

forms = pytest.mark.parametrize("form", FORMS, ids=FORM_IDS)


def states_of(case):
    return {**case.params.initial_state(), **case.states}


def grad(tensor):
    return np.zeros(tuple(tensor.shape)) if tensor.grad is None else tensor.grad.numpy()


def assert_equals_the_reference(case):
    trace, grads = case.run(), case.bptt()
    theirs = Reference(case.params, case.xs, states_of(case)).backward(case.direct)
    states = case.params.initial_state()
    for name, tensors in theirs.values.items():
        rows = np.stack([each.detach().numpy() for each in tensors])
        assert_equal(trace.values[name][1:] if name in states else trace.values[name], rows, name)
        assert_equal(
            getattr(grads, f"d{name}")[1 if name in states else 0 :], np.stack(list(map(grad, tensors))), f"d{name}"
        )
    for name in weight_names(case.params):
        assert_equal(getattr(grads.params, name), grad(theirs.weights[name]), f"d{name}")
    assert_equal(grads.dxs, np.stack(list(map(grad, theirs.xs))), "dxs")
    for name, start in theirs.before.items():
        if name not in case.params.no_gradient:
            assert_equal(getattr(grads, f"d{name}")[0], grad(start), f"d{name} at step 0")
    assert theirs.values[case.params.output]


@forms
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_every_value_and_gradient_equals_torch(form, data):
    assert_equals_the_reference(data.draw(cases(form)))


@forms
def test_a_longer_run_equals_torch(form):
    assert_equals_the_reference(make_case(*form, X=5, H=6, N=3, T=16, started=False))


@forms
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_the_plain_step_equals_the_run(form, data):
    case = data.draw(cases(form))
    trace, (_kind, step) = case.run(), CELLS[form[0]]
    state = states_of(case)
    for t, x in enumerate(case.xs):
        y, state = step(case.params, x, state)
        assert_equal(trace.output[t], y)
        for name, value in state.items():
            ours = trace.values[name]
            assert_equal(ours[: t + 1] if form[0] == "attention" else ours[t + 1], value, name)


@forms
def test_an_equation_has_every_name_once_and_before_it_is_read(form):
    params = make_case(*form).params
    lines = params.equations()
    made = set(params.initial_state()) | set(weight_names(params)) | set(params.constants) | {"xs"}
    names = [line.partition("[")[0] for line in lines]
    assert len(set(names)) == len(names)
    for line in lines:
        read = {
            part.split("(")[-1] for part in line.partition(" = ")[2].replace("[", " [ ").split() if part.isidentifier()
        }
        made.add(line.partition("[")[0])
        assert {name for name in read if name in names} <= made, line
