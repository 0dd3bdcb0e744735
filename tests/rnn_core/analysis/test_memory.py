"""The shares of a memory: they add up to the memory, and later steps have no share in earlier states."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.analysis import memory
from tests.cases import FORMS, assert_equal, cases, make_case

GATED = tuple(form for form in FORMS if form[0] != "rnn")


def values_of(trace):
    return trace.cs if trace.params.cell == "lstm" else trace.hs


@given(cases(GATED, held=True))
def test_the_shares_add_up_to_the_memory(case):
    trace = case.run()
    for unit in range(trace.params.hidden_size):
        assert_equal(memory.shares(trace, unit).sum(axis=0), values_of(trace)[:, unit])


def test_they_still_do_after_a_thousand_steps():
    trace = make_case("lstm", {"variant": "no_forget"}, T=1000).run()
    assert_equal(memory.shares(trace, 0).sum(axis=0), trace.cs[:, 0])


@given(cases(GATED, held=True))
def test_a_step_kept_and_wrote_what_made_the_next_memory(case):
    made_of = memory.memory(case.run())
    assert_equal(made_of.kept * made_of.values[:-1] + made_of.written, made_of.values[1:])


@given(cases((("lstm", {"variant": "standard"}),)))
def test_each_share_of_an_lstm_is_its_candidate_times_the_forget_gates_that_followed(case):
    trace, unit = case.run(), 0
    f, i, g = trace.forget_gate[:, unit], trace.input_gate[:, unit], trace.candidate[:, unit]
    parts = memory.shares(trace, unit)
    for t in range(len(f) + 1):
        assert_equal(parts[0, t], f[:t].prod() * trace.cs[0, unit])
        for s in range(1, len(f) + 1):
            assert_equal(parts[s, t], f[s:t].prod() * i[s - 1] * g[s - 1] if s <= t else 0.0)


@pytest.mark.parametrize(("cell", "form"), GATED)
def test_a_changed_start_changes_the_memory_only_by_its_own_share(cell, form):
    """With gates that do not look at the state, the sum is linear in the start: the share is then the whole effect."""
    case = make_case(cell, form)
    silent = {
        name: 0.0 * getattr(case.params, name)
        for name in ("W_hr", "W_hz", "W_hn", "W_hi", "W_hf", "W_hg")
        if getattr(case.params, name, None) is not None
    }
    peepholes = {name: np.zeros(3) for name in ("w_ci", "w_cf") if getattr(case.params, name, None) is not None}
    params = type(case.params)(**{**vars(case.params), **silent, **peepholes})
    starts = [{"c_0": case.c_0 + d} if cell == "lstm" else {"h_0": case.h_0 + d} for d in (0.0, 1.0)]
    runs = [rc.run(params, case.xs, **start) for start in starts]
    assert_equal(values_of(runs[1]) - values_of(runs[0]), memory.remaining_start(runs[0]))


def test_an_overwritten_memory_has_no_other_share():
    case = make_case("lstm", {}, interventions=(rc.SetState("c", (1,), 0.7, 2),))
    assert memory.shares(case.run(), 1)[:, 3].tolist() == [0, 0, 0, 0.7, 0, 0]
    assert memory.remaining_start(case.run())[3:, 1].tolist() == [0, 0, 0]


@given(cases(GATED), st.integers(1, 8))
def test_groups_keep_the_signs_apart_and_lose_nothing(case, groups):
    parts = memory.shares(case.run(), 0)
    groups = min(groups, len(case.xs))
    added = memory.grouped(parts, groups)
    assert len(added.first) <= groups + 1
    assert [step for a, b in zip(added.first, added.last, strict=True) for step in range(a, b + 1)] == list(
        range(len(parts))
    )
    assert (added.positive >= 0).all()
    assert (added.negative <= 0).all()
    assert_equal((added.positive + added.negative).sum(axis=0), parts.sum(axis=0))
    assert_equal(added.positive.sum() - added.negative.sum(), np.abs(parts).sum())


def test_facts_5_and_6_the_time_scale_of_a_bias():
    kept = 1 / (1 + np.exp(-np.array([0.0, 1.0, np.log(99)])))
    np.testing.assert_allclose(memory.time_scale(kept), [1.4427, 3.1923, 99.4992], rtol=1e-4)
    assert kept[0] ** 20 == pytest.approx(9.5e-7, rel=1e-2)
    assert kept[1] ** 20 == pytest.approx(1.9e-3, rel=1e-2)
    assert kept[1] ** 100 == pytest.approx(2.5e-14, rel=3e-2)
    assert kept[2] ** 100 == pytest.approx(0.366, rel=1e-3)
    assert memory.time_scale(np.array([0.0, 1.0])).tolist() == [0.0, np.inf]


def test_a_plain_rnn_is_refused():
    with pytest.raises(rc.CoreError, match="no gate that keeps"):
        memory.memory(make_case("rnn", {}).run())
