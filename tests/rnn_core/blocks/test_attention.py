"""Attention over states: every number and gradient equals torch's, and properties that hold for any states."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.blocks.attention import attend, attend_backward, attention_map
from rnn_core.formats.torch_io import to_torch
from tests.cases import assert_equal

shapes = (st.integers(1, 12), st.integers(1, 8), st.integers(0, 999), st.floats(0.0, 20.0))


def drawn(T, H, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(T, H)), rng.normal(size=H)


@given(*shapes)
def test_attention_equals_torch_forward_and_backward(T, H, seed, sharpness):
    states, dcontext = drawn(T, H, seed)
    ours = attend(states, sharpness)
    grads = attend_backward(ours, dcontext)

    hs = torch.from_numpy(states.copy()).requires_grad_()
    weights = torch.softmax(sharpness * (hs @ hs[-1]) / H**0.5, dim=0)
    context = weights @ hs
    context.backward(torch.from_numpy(dcontext))
    assert_equal(ours.weights, weights.detach().numpy())
    assert_equal(ours.context, context.detach().numpy())
    assert_equal(grads.dstates, hs.grad.numpy())


@given(*shapes[:3])
def test_at_sharpness_1_it_is_torchs_scaled_dot_product(T, H, seed):
    states, _ = drawn(T, H, seed)
    hs = torch.from_numpy(states)[None]
    theirs = torch.nn.functional.scaled_dot_product_attention(hs[:, -1:], hs, hs)
    assert_equal(attend(states).context, theirs[0, 0].numpy())


@given(*shapes)
def test_the_parts_of_the_gradient_add_up(T, H, seed, sharpness):
    states, dcontext = drawn(T, H, seed)
    grads = attend_backward(attend(states, sharpness), dcontext)
    total = grads.as_value + grads.as_key
    total[-1] += grads.as_query
    assert_equal(grads.dstates, total)
    assert grads.dscores.sum() == pytest.approx(0.0, abs=1e-12)


@given(*shapes)
def test_each_row_of_the_map_is_an_attention_of_its_own(T, H, seed, sharpness):
    states, _ = drawn(T, H, seed)
    for t, row in enumerate(attention_map(states, sharpness)):
        assert_equal(row[: t + 1], attend(states[: t + 1], sharpness).weights)
        assert np.isnan(row[t + 1 :]).all()


@pytest.mark.parametrize("form", ["rnn", "lstm", "gru"])
def test_the_gradient_through_attention_and_back_through_time_equals_autograd(form):
    params = rc.init_params(form, 2, 4, seed=3)
    xs = np.random.default_rng(0).normal(size=(9, 2))
    trace = rc.run(params, xs)
    grads = rc.bptt(trace, attend_backward(attend(trace.hs[1:], 3.0), np.ones(4)).dstates)

    x = torch.from_numpy(xs.copy()).requires_grad_()
    hs, _ = to_torch(params)(x)
    weights = torch.softmax(3.0 * (hs @ hs[-1]) / 2.0, dim=0)
    (weights @ hs).sum().backward()
    assert_equal(grads.dxs, x.grad.numpy())


def test_sharpness_goes_from_the_mean_to_the_one_that_fits_best():
    states = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 0.0], [1.0, 0.1]])
    np.testing.assert_array_equal(attend(states, 0.0).weights, np.full(4, 0.25))
    np.testing.assert_allclose(attend(states, 500.0).context, [2.0, 0.0], atol=1e-12)


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: attend(np.zeros((0, 3))), "states"),
        (lambda: attend(np.zeros(3)), "states"),
        (lambda: attend([[np.nan]]), "states"),
        (lambda: attend(np.full((2, 2), 1e200)), "states"),
        (lambda: attention_map(np.full((2, 2), 1e200)), "states"),
        (lambda: attend(np.ones((2, 2)), -1.0), "sharpness"),
        (lambda: attend_backward(attend(np.ones((2, 2))), np.ones(3)), "dcontext"),
    ],
)
def test_invalid_arguments_are_named_in_the_error(call, argument):
    with pytest.raises(rc.CoreError) as error:
        call()
    assert error.value.argument == argument
