"""What `bptt` gives beyond the gradients: contributions of single steps, truncation, clipping; and a plain difference."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings

import rnn_core as rc
from rnn_core.analysis.clip import clip_by_norm, clip_by_value, gradient_norm
from rnn_core.arrays import weight_names
from tests.cases import FORM_IDS, FORMS, assert_equal, cases, make_case

forms = pytest.mark.parametrize(("cell", "options"), FORMS, ids=FORM_IDS)
HELD = {
    "rnn": (rc.Silence((0,), (1,)),),
    "lstm": (rc.Clamp("forget_gate", (0,), 0.9, (1, 2)), rc.SetState("c", (1,), 0.5, 2)),
    "gru": (rc.Clamp("update_gate", (0,), 0.2, (1, 2)), rc.SetState("h", (1,), 0.5, 2)),
}


@settings(max_examples=60)
@given(cases(held=True))
def test_contributions_of_the_steps_add_up_to_the_gradient(case):
    grads = case.bptt()
    for name in weight_names(grads.params):
        each = grads.contributions(name)
        total = getattr(grads.params, name)
        assert each.shape == (len(case.xs), *total.shape)
        assert_equal(each.sum(0), total, name)
        assert_equal(grads.contribution(name, len(case.xs) - 1), each[-1], name)
        assert_equal(grads.contribution_norms(name), np.sqrt((each**2).reshape(len(each), -1).sum(1)), name)


@forms
def test_a_contribution_is_what_a_copy_of_the_weight_used_at_that_step_alone_would_get(cell, options):
    """The definition, by central differences: move the weight at step 2 only, through what step 2 makes of it."""
    case = make_case(cell, options, T=4)
    trace, grads = case.run(), case.bptt()
    h, c = trace.hs[2], trace.cs[2] if cell == "lstm" else None

    def loss(params):
        step = rc.run(params, case.xs[2:3], h, c)
        rest = rc.run(case.params, case.xs[3:], step.hs[-1], step.cs[-1] if cell == "lstm" else None)
        lost = (case.dhs[2] * step.hs[-1]).sum() + (case.dhs[3] * rest.hs[-1]).sum()
        if cell == "lstm":
            lost += (case.dcs[2] * step.cs[-1]).sum() + (case.dcs[3] * rest.cs[-1]).sum()
        return lost

    for name in weight_names(case.params):
        np.testing.assert_allclose(grads.contributions(name)[2], differences(loss, case.params, name), atol=2e-8)


def differences(loss, params, name, eps=1e-5):
    """(loss(w + eps) - loss(w - eps)) / 2 eps for every entry of one weight."""
    weight = getattr(params, name)
    slopes = np.empty_like(weight)
    for index in np.ndindex(weight.shape):
        moved = np.zeros_like(weight)
        moved[index] = eps
        up, down = (loss(replace(params, **{name: weight + sign * moved})) for sign in (1, -1))
        slopes[index] = (up - down) / (2 * eps)
    return slopes


@pytest.mark.parametrize("held", [False, True], ids=["free", "held"])
@forms
def test_gradients_equal_central_differences(cell, options, held):
    case = make_case(cell, options, T=4, interventions=HELD[cell] if held else ())

    def loss(params, xs=case.xs, h_0=case.h_0, c_0=case.c_0):
        trace = rc.run(params, xs, h_0, c_0, interventions=case.interventions)
        lost = (trace.hs[1:] * case.dhs).sum()
        return lost + (trace.cs[1:] * case.dcs).sum() if cell == "lstm" else lost

    grads, eps = case.bptt(), 1e-5
    for name in weight_names(case.params):
        np.testing.assert_allclose(getattr(grads.params, name), differences(loss, case.params, name), atol=2e-8)
    for name, ours in {"xs": grads.dxs, "h_0": grads.dhs[0]}.items():
        given_value = getattr(case, name)
        for index in np.ndindex(given_value.shape):
            moved = np.zeros_like(given_value)
            moved[index] = eps
            up, down = (loss(case.params, **{name: given_value + sign * moved}) for sign in (1, -1))
            assert ours[index] == pytest.approx((up - down) / (2 * eps), abs=2e-8)


@pytest.mark.parametrize("length", [1, 2, 3, 5, 6])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_truncation_is_the_chunks_done_one_by_one(cell, length):
    case = make_case(cell, {}, T=5, truncate=length)
    trace, whole = case.run(), case.bptt()
    sums = dict.fromkeys(weight_names(case.params), 0.0)
    for start in range(0, 5, length):
        chunk = slice(start, start + length)
        states = (trace.hs[start], trace.cs[start]) if cell == "lstm" else (trace.hs[start],)
        dcs = {} if case.dcs is None else {"dcs": case.dcs[chunk]}
        part = rc.bptt(rc.run(case.params, case.xs[chunk], *states), case.dhs[chunk], **dcs)
        assert_equal(whole.dxs[chunk], part.dxs)
        assert_equal(whole.dhs[start + 1 : start + length + 1], part.dhs[1:])
        sums = {name: total + getattr(part.params, name) for name, total in sums.items()}
    for name, total in sums.items():
        assert_equal(getattr(whole.params, name), total, name)


def test_a_gru_may_go_without_its_inner_bias():
    case = make_case("gru", {})
    bare, zero = (replace(case, params=replace(case.params, b_hn=b)) for b in (None, np.zeros(3)))
    assert_equal(bare.run().hs, zero.run().hs)
    assert bare.bptt().params.b_hn is None
    assert_equal(bare.bptt().dxs, zero.bptt().dxs)


@pytest.mark.parametrize("limit", [0.1, 1e6])
def test_clipping_by_norm_is_torchs(limit):
    grads = make_case("lstm", {}, scale=3.0).bptt().params
    tensors = [
        torch.nn.Parameter(torch.zeros(getattr(grads, name).shape, dtype=torch.float64)) for name in weight_names(grads)
    ]
    for name, tensor in zip(weight_names(grads), tensors, strict=True):
        tensor.grad = torch.tensor(getattr(grads, name))
    norm = torch.nn.utils.clip_grad_norm_(tensors, limit)
    clipped = clip_by_norm(grads, limit)
    assert clipped.norm_before == pytest.approx(float(norm), rel=1e-12)
    assert clipped.norm_after == pytest.approx(min(limit, float(norm)), rel=1e-12)
    for name, tensor in zip(weight_names(grads), tensors, strict=True):  # torch divides by norm + 1e-6
        np.testing.assert_allclose(getattr(clipped.params, name), tensor.grad.numpy(), rtol=2e-6)


def test_clipping_by_value_is_torchs():
    grads = make_case("gru", {}, scale=3.0).bptt().params
    clipped = clip_by_value(grads, 0.05)
    assert clipped.norm_before == gradient_norm(grads) > clipped.norm_after == gradient_norm(clipped.params)
    for name in weight_names(grads):
        theirs = torch.clamp(torch.tensor(getattr(grads, name)), -0.05, 0.05)
        np.testing.assert_array_equal(getattr(clipped.params, name), theirs.numpy())


def test_the_norm_of_a_huge_gradient_does_not_overflow():
    params = rc.init_params("rnn", 1, 1, scheme="zeros")
    huge = replace(params, W_hh=np.full((1, 1), 3e200), b_h=np.full(1, 4e200))
    assert gradient_norm(huge) == pytest.approx(5e200, rel=1e-15)
    assert gradient_norm(params) == 0.0
    assert clip_by_norm(huge, 1.0).params.b_h == pytest.approx(0.8)
    with pytest.raises(rc.CoreError, match="overflowed"):
        gradient_norm(replace(params, b_h=np.full(1, np.inf)))
