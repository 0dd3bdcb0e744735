"""Readouts and losses: every value and gradient equals torch's, also through time, and huge scores do not overflow."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

import rnn_core as rc
from rnn_core.blocks.readout import (
    ReadoutParams,
    binary_cross_entropy,
    cross_entropy,
    init_readout,
    mean_squared_error,
    read_out,
    read_out_backward,
)
from rnn_core.params.build import weights_of
from tests.torch_steps import torch_step

PAIRS = [
    ("softmax", "cross_entropy"),
    ("sigmoid", "binary_cross_entropy"),
    *[(activation, "mean_squared_error") for activation in ("softmax", "sigmoid", "identity")],
]
LOSSES = {each.__name__: each for each in (cross_entropy, binary_cross_entropy, mean_squared_error)}
OUTPUTS = {"softmax": lambda s: s.softmax(-1), "sigmoid": torch.sigmoid, "identity": lambda s: s}


def torch_loss(loss, activation, scores, targets, counted):
    scores, targets = scores[counted], torch.from_numpy(targets)[counted]
    if loss == "cross_entropy":
        return F.cross_entropy(scores, targets)
    if loss == "binary_cross_entropy":
        return F.binary_cross_entropy_with_logits(scores, targets)
    return F.mse_loss(OUTPUTS[activation](scores), targets)


def draw_targets(rng, loss, T, Y, classes):
    if loss == "cross_entropy":
        return rng.integers(Y, size=T) if classes else rng.dirichlet(np.ones(Y), size=T)
    return rng.uniform(size=(T, Y))


@given(st.sampled_from(PAIRS), *[st.integers(1, 5)] * 3, st.booleans(), st.integers(0, 999), st.data())
def test_value_and_gradients_equal_torch_at_the_steps_that_count(pair, T, H, Y, classes, seed, data):
    activation, loss = pair
    rng = np.random.default_rng(seed)
    counted = data.draw(st.lists(st.booleans(), min_size=T, max_size=T).filter(any))
    readout, hs = init_readout(H, Y, seed, activation), rng.normal(size=(T, H)) * 3
    targets = draw_targets(rng, loss, T, Y, classes)
    answer = read_out(readout, hs)
    at = np.flatnonzero(counted) if data.draw(st.booleans()) else counted
    ours = LOSSES[loss](answer, targets, at=at)
    back = read_out_backward(answer, ours.dscores)

    W, b, h = (torch.from_numpy(each.copy()).requires_grad_() for each in (readout.W_hy, readout.b_y, hs))
    theirs = torch_loss(loss, activation, h @ W.T + b, targets, torch.tensor(counted))
    theirs.backward()
    assert ours.value == pytest.approx(theirs.item(), rel=1e-12, abs=1e-12)
    for mine, tensor in ((back.params.W_hy, W), (back.params.b_y, b), (back.dhs, h)):
        np.testing.assert_allclose(mine, tensor.grad.numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(answer.ys, OUTPUTS[activation](h @ W.T + b).detach().numpy(), rtol=0, atol=1e-12)
    assert ours.per_step.sum() / sum(counted) == pytest.approx(ours.value)
    assert not ours.per_step[~np.array(counted)].any()


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_loss_reaches_every_weight_of_the_cell_as_in_torch(cell):
    params, readout = rc.init_params(cell, 2, 3, 1), init_readout(3, 4, 1)
    xs, targets = np.random.default_rng(0).normal(size=(6, 2)), np.array([0, 3, 1, 2, 2, 0])
    trace = rc.run(params, xs)
    answer = read_out(readout, trace.hs[1:])
    back = read_out_backward(answer, cross_entropy(answer, targets, at=[2, -1]).dscores)
    grads = rc.bptt(trace, back.dhs)

    names = weights_of(params)
    weights = {name: torch.from_numpy(weight.copy()).requires_grad_() for name, weight in names.items()}
    state, hs = (torch.zeros(3, dtype=torch.float64),) * (2 if cell == "lstm" else 1), []
    for x in torch.from_numpy(xs):
        h, c = torch_step(params, x, *state, weights=weights)
        state = (h,) if c is None else (h, c)
        hs.append(h)
    scores = torch.stack(hs) @ torch.from_numpy(readout.W_hy).T + torch.from_numpy(readout.b_y)
    F.cross_entropy(scores[[2, 5]], torch.from_numpy(targets[[2, 5]])).backward()
    for name, weight in weights.items():
        np.testing.assert_allclose(getattr(grads.params, name), weight.grad.numpy(), rtol=0, atol=1e-12)


def test_huge_scores_neither_overflow_nor_take_the_logarithm_of_zero():
    states = np.array([[1e5], [-1e5], [1e307]])
    sharp = read_out(ReadoutParams(np.array([[1.0], [-1.0]]), np.zeros(2)), states)
    assert cross_entropy(sharp, [0, 1, 0]).value == 0
    assert cross_entropy(sharp, [1, 0, 0], at=[0, 1]).value == 2e5
    sure = read_out(ReadoutParams(np.array([[1.0]]), np.zeros(1), "sigmoid"), states)
    assert binary_cross_entropy(sure, [[1], [0], [1]]).value == 0
    assert binary_cross_entropy(sure, [[0], [1], [1]], at=[0, 1]).value == 1e5
    assert np.array_equal(sure.ys[:, 0], [1, 0, 1])


def test_targets_of_masked_steps_are_ignored():
    answer = read_out(init_readout(2, 3), np.ones((3, 2)))
    assert cross_entropy(answer, [-100, 1, -100], at=[1]).value > 0
    free = read_out(init_readout(2, 1, activation="identity"), np.ones((3, 2)))
    assert np.isfinite(mean_squared_error(free, [[np.nan], [1.0], [np.inf]], at=[False, True, False]).dscores).all()


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda a: cross_entropy(a, [0, 1]), "targets"),
        (lambda a: cross_entropy(a, [0, 1, 3]), "targets[2]"),
        (lambda a: cross_entropy(a, [0, 1, 1.5]), "targets[0]"),
        (lambda a: cross_entropy(a, np.full((3, 3), 0.5)), "targets"),
        (lambda a: cross_entropy(a, [[1], [0, 1], [1]]), "targets"),
        (lambda a: cross_entropy(a, [0, 1, 2], at=[]), "at"),
        (lambda a: cross_entropy(a, [0, 1, 2], at=[3]), "at: a step"),
        (lambda a: cross_entropy(a, [0, 1, 2], at=[0.5]), "at: a step"),
        (lambda a: cross_entropy(a, [0, 1, 2], at=[True, False]), "at"),
        (lambda a: binary_cross_entropy(a, np.zeros((3, 3))), "answer"),
        (lambda a: mean_squared_error(a, np.full((3, 3), np.nan)), "targets"),
        (lambda a: read_out_backward(a, np.zeros((3, 2))), "dscores"),
        (lambda a: read_out(a.params, np.zeros((3, 9))), "hs"),
        (lambda a: read_out(a.params, np.full((1, 2), np.inf)), "hs"),
        (lambda a: init_readout(2, 2, activation="relu"), "activation"),
    ],
)
def test_invalid_arguments_are_named_in_the_error(call, argument):
    with pytest.raises(rc.CoreError) as error:
        call(read_out(init_readout(2, 3), np.ones((3, 2))))
    assert error.value.argument == argument


def test_targets_of_a_binary_loss_lie_between_0_and_1():
    answer = read_out(init_readout(2, 1, activation="sigmoid"), np.ones((1, 2)))
    with pytest.raises(rc.CoreError, match="0 to 1"):
        binary_cross_entropy(answer, [[1.5]])
