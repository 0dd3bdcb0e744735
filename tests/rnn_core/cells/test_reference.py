"""Every cell in every form, under every intervention, against an independent torch loop of the equations."""

from dataclasses import fields

import numpy as np
from hypothesis import given, settings

from rnn_core.arrays import weight_names
from tests.cases import assert_equal, cases
from tests.reference import Reference


def reference(case):
    inputs = case.params, case.xs, case.h_0, case.c_0, case.interventions, case.truncate
    return Reference(*inputs).backward(case.dhs, case.dcs)


def arrays(owner):
    return {field.name: value for field in fields(owner) if isinstance(value := getattr(owner, field.name), np.ndarray)}


@settings(max_examples=80)
@given(cases(held=True))
def test_every_value_of_every_step(case):
    theirs = reference(case)
    for name, ours in arrays(case.run()).items():
        assert_equal(ours, theirs.value(name), name)


@settings(max_examples=120)
@given(cases(held=True))
def test_every_gradient_of_every_step(case):
    grads, theirs = case.bptt(), reference(case)
    for name, ours in arrays(grads).items():
        if "direct" not in name and "through" not in name:
            assert_equal(ours, theirs.grad(name.removeprefix("d")), name)
    for name in weight_names(grads.params):
        assert_equal(getattr(grads.params, name), theirs.weight_grad(name), name)


@settings(max_examples=60)
@given(cases(held=True))
def test_every_path_by_which_a_gradient_reached_a_state(case):
    grads, theirs = case.bptt(), reference(case)
    T = len(case.xs)
    cut = {t for t in range(1, T) if case.truncate and t % case.truncate == 0}

    def heard(name):  # what the state that step t read heard through this use of it
        rows = theirs.grad(name)
        return np.stack([0 * row if t in cut else row for t, row in enumerate(rows)])

    for path in grads.paths[1:]:
        name = f"h_to_{path}"
        assert_equal(grads.dhs_through(path)[:T], heard(name) if name in theirs.values else 0.0, path)
    assert_equal(sum(map(grads.dhs_through, grads.paths)), grads.dhs)
    if case.params.cell == "lstm":
        assert_equal(grads.dcs_through_forget[:T], heard("c_to_cell"))
        assert_equal(grads.dcs_through_output[1:], theirs.grad("c_to_output"))
        parts = grads.dcs_through_forget + grads.dcs_through_output + grads.dcs_through_peepholes
        assert_equal(parts[0], grads.dcs[0])
        assert_equal(parts[1:] + grads.dcs_direct, grads.dcs[1:])
