"""A linear recurrence gives the same numbers step by step, as a convolution and by a scan, and the scan keeps its rounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.cells.modern.base import Recurrence
from rnn_core.errors import CoreError
from rnn_core.passes.scan import PLANS, backward, convolution, kernel, scan, step_by_step
from tests.cases import assert_equal
from tests.rnn_core.cells.modern.forms import FORMS, make_case

LINEAR = [form for form in FORMS if form[0] not in ("slstm", "attention")]
plans = pytest.mark.parametrize("plan", PLANS)


def state_of(trace):
    """The linear state on the trace, without the step before the first."""
    values = trace.values
    if "hs_re" in values:
        return (values["hs_re"] + 1j * values["hs_im"])[1:]
    return values["memory" if "memory" in values else "hs"][1:]


def assert_all_equal(recurrence, states):
    for plan in PLANS:
        assert_equal(scan(recurrence, plan).states, states, plan)
    assert_equal(step_by_step(recurrence), states, "step by step")


@pytest.mark.parametrize("form", LINEAR, ids=str)
@pytest.mark.parametrize("started", [True, False])
def test_three_ways_give_the_states_of_every_linear_cell(form, started):
    trace = make_case(*form, T=37, started=started).run()
    recurrence, states = trace.recurrence(), state_of(trace)
    assert_all_equal(recurrence, states)
    if form[0] in ("lru", "s4d", "linear_attention"):
        assert_equal(convolution(recurrence), states, "convolution")
    elif form[0] != "mlstm":  # its largest gate is 1, so A can be 1 at every step
        with pytest.raises(CoreError, match="convolution"):
            kernel(recurrence)


@plans
def test_gradients_through_time_are_a_recurrence_too(plan):
    case = make_case("min_gru", {}, T=21)
    trace, grads = case.run(), case.bptt()
    found = scan(backward(trace.recurrence(), case.direct), plan).states
    assert_equal(found[::-1], grads.dhs[1:], "a vector")
    case = make_case("delta_net", {"gated": True, "negative": True}, T=21)
    trace, grads = case.run(), case.bptt()
    direct = case.direct[:, :, None] * trace.query[:, None, :]  # y = S q
    found = scan(backward(trace.recurrence(), direct), plan).states
    assert_equal(found[::-1], grads.dmemory[1:], "a matrix")
    case = make_case("lru", {}, T=21)
    trace, grads = case.run(), case.bptt()
    direct = case.direct @ (trace.params.C_re - 1j * trace.params.C_im)  # y = Re(C s)
    found = scan(backward(trace.recurrence(), direct), plan).states
    assert_equal(found[::-1], (grads.dhs_re + 1j * grads.dhs_im)[1:], "a complex vector")
    with pytest.raises(CoreError, match="direct"):
        backward(trace.recurrence(), direct[1:])


@pytest.mark.parametrize("cell", ["slstm", "attention"])
def test_a_cell_that_is_not_linear_in_its_state_has_no_such_form(cell):
    with pytest.raises(CoreError, match="linear"):
        make_case(cell, {}).run().recurrence()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 70), st.integers(0, 999), st.booleans(), st.sampled_from([(), (3,), (2, 3)]))
def test_any_length_and_shape(T, seed, matrices, shape):
    rng = np.random.default_rng(seed)
    shape = (2, 3) if matrices else shape
    A = rng.normal(size=(T, 3, 3)) / 3 if matrices else rng.uniform(-1, 1, (T, *shape))
    recurrence = Recurrence(A, rng.normal(size=(T, *shape)), rng.normal(size=shape), matrices)
    assert_all_equal(recurrence, step_by_step(recurrence))


@plans
@given(T=st.integers(1, 200))
def test_rounds_combine_pairs_that_meet_and_end_with_all_states(plan, T):
    found = scan(Recurrence(np.ones((T, 1)), np.ones((T, 1)), np.zeros(1)), plan)
    before = found.rounds[0]
    assert before.ready == 1
    for each in found.rounds[1:]:
        later, earlier = each.combined.T
        assert len(set(later)) == len(later) > 0
        assert (
            before.starts[later] == earlier + 1
        ).all()  # neighbours: the later pair starts where the earlier one ends
        assert (each.starts[later] == before.starts[earlier]).all()
        np.testing.assert_array_equal(each.B[:, 0], np.arange(T) - each.starts + 1)  # a pair has summed what it covers
        before = each
    assert before.ready == T


def test_1024_steps_are_ten_rounds_and_the_tree_down_has_less_work():
    ones = Recurrence(np.ones((1024, 1)), np.ones((1024, 1)), np.zeros(1))
    few, little = scan(ones, "fewest"), scan(ones, "least")
    assert len(few.rounds) - 1 == 10
    assert few.combinations == 1024 * 10 - (1024 - 1)
    assert len(little.rounds) - 1 == 2 * 10 - 1
    assert little.combinations == 2 * 1024 - 2 - 10 < few.combinations
    assert few.states[-1, 0] == little.states[-1, 0] == 1024.0


@given(T=st.integers(2, 300))
def test_the_number_of_rounds_is_the_logarithm_rounded_up(T):
    assert len(scan(Recurrence(np.ones((T, 1)), np.ones((T, 1)), np.zeros(1))).rounds) - 1 == np.ceil(np.log2(T))


def test_shapes_that_do_not_fit_are_refused():
    for A, B, S in (
        (np.ones(3), np.ones(4), np.zeros(())),
        (np.ones(3), np.ones(3), np.zeros(2)),
        (np.ones(0), np.ones(0), np.zeros(())),
    ):
        with pytest.raises(CoreError):
            step_by_step(Recurrence(A, B, S))
    with pytest.raises(CoreError, match="matrix"):
        scan(Recurrence(np.ones((2, 3)), np.ones((2, 3, 3)), np.zeros((3, 3)), matrices=True))
    with pytest.raises(CoreError, match="plan"):
        scan(Recurrence(np.ones(3), np.ones(3), np.zeros(())), "quickest")
