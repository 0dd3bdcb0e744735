"""Stacks, both directions and padded batches: outputs, last states and every gradient as torch gives them."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import rnn_core as rc
from rnn_core.formats.torch_io import stack_to_torch
from rnn_core.formats.torch_names import stack_to_named
from rnn_core.passes.layers import StackParams, bptt_stack, init_stack, run_stack
from rnn_core.passes.padded import bptt_padded, run_padded

sizes = (
    st.sampled_from(["rnn", "lstm", "gru"]),
    st.integers(1, 3),
    st.booleans(),
    st.integers(1, 4),
    st.integers(0, 99),
)


def tensors(*arrays):
    return [torch.from_numpy(each.copy()).requires_grad_() for each in arrays]


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=0, atol=1e-12)


def assert_weights_have_the_gradients_of(module, grads):
    """torch's two biases have the same gradient; where ours has one bias, the second array here is 0."""
    ours = stack_to_named(grads)
    for name, weight in module.named_parameters():
        if name.startswith("weight") or name.startswith("bias_ih"):
            close(ours[name], weight.grad)
        elif isinstance(grads.forward[0], rc.GRUParams):
            close(ours[name][-grads.hidden_size :], weight.grad[-grads.hidden_size :])


@given(*sizes, st.integers(1, 5))
def test_a_stack_equals_torch_forward_and_backward(cell, layers, bidirectional, H, seed, T):
    rng = np.random.default_rng(seed)
    stack = init_stack(cell, 2, H, layers, bidirectional=bidirectional, seed=seed)
    rows = len(stack.rows)
    xs, dys = rng.normal(size=(T, 2)), rng.normal(size=(T, stack.directions * H))
    h_0, c_0, dh_n, dc_n = rng.normal(size=(4, rows, H))
    has_cell = cell == "lstm"
    trace = run_stack(stack, xs, h_0, c_0 if has_cell else None)
    grads = bptt_stack(trace, dys, dh_n, dc_n if has_cell else None)

    module = stack_to_torch(stack)
    x, h, c = tensors(xs, h_0, c_0)
    ys, ends = module(x, (h, c) if has_cell else h)
    h_n, c_n = ends if has_cell else (ends, torch.zeros(rows, H))
    loss = (ys * torch.from_numpy(dys)).sum() + (h_n * torch.from_numpy(dh_n)).sum()
    (loss + (c_n * torch.from_numpy(dc_n)).sum()).backward()
    close(trace.ys, ys)
    close(trace.h_n, h_n)
    close(grads.dxs, x.grad)
    close(grads.dh_0, h.grad)
    if has_cell:
        close(trace.c_n, c_n)
        close(grads.dc_0, c.grad)
    assert_weights_have_the_gradients_of(module, grads.params)


@given(*sizes, st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 2), st.booleans())
def test_a_padded_batch_equals_packed_sequences(cell, layers, bidirectional, H, seed, lengths, spare, masked):
    rng = np.random.default_rng(seed)
    B, T = len(lengths), max(lengths) + spare
    stack = init_stack(cell, 2, H, layers, bidirectional=bidirectional, seed=seed)
    rows, has_cell = len(stack.rows), cell == "lstm"
    xs, dys = rng.normal(size=(B, T, 2)), rng.normal(size=(B, T, stack.directions * H))
    h_0, c_0, dh_n, dc_n = rng.normal(size=(4, B, rows, H))
    mask = np.arange(T) < np.array(lengths)[:, None]
    hidden = np.where(mask[:, :, None], xs, np.nan)  # what stands in the padding must not matter
    trace = run_padded(stack, hidden, mask if masked else lengths, h_0, c_0 if has_cell else None)
    grads = bptt_padded(trace, dys, dh_n, dc_n if has_cell else None)

    module = stack_to_torch(stack)
    x, h, c = tensors(xs, h_0.swapaxes(0, 1), c_0.swapaxes(0, 1))
    packed = pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
    out, ends = module(packed, (h, c) if has_cell else h)
    h_n, c_n = ends if has_cell else (ends, torch.zeros(rows, B, H))
    ys, _ = pad_packed_sequence(out, batch_first=True, total_length=T)
    loss = (ys * torch.from_numpy(dys)).sum() + (h_n * torch.from_numpy(dh_n).swapaxes(0, 1)).sum()
    (loss + (c_n * torch.from_numpy(dc_n).swapaxes(0, 1)).sum()).backward()
    close(trace.ys, ys)
    close(trace.h_n, h_n.swapaxes(0, 1))
    close(grads.dxs, x.grad)
    close(grads.dh_0, h.grad.swapaxes(0, 1))
    if has_cell:
        close(trace.c_n, c_n.swapaxes(0, 1))
        close(grads.dc_0, c.grad.swapaxes(0, 1))
    assert_weights_have_the_gradients_of(module, grads.params)


@pytest.mark.parametrize(
    ("cell", "form"),
    [("lstm", {"variant": v}) for v in ("no_forget", "peephole", "coupled")] + [("gru", {"reset": "before"})],
)
def test_forms_that_torch_lacks_stack_too_by_numerical_difference(cell, form):
    stack = init_stack(cell, 2, 2, 2, bidirectional=True, seed=1, **form)
    rng = np.random.default_rng(0)
    xs, dys = rng.normal(size=(4, 2)), rng.normal(size=(4, 4))
    grads = bptt_stack(run_stack(stack, xs), dys)

    def loss(moved):
        return (run_stack(stack, moved).ys * dys).sum()

    for index in np.ndindex(xs.shape):
        step = np.zeros_like(xs)
        step[index] = 1e-6
        assert grads.dxs[index] == pytest.approx((loss(xs + step) - loss(xs - step)) / 2e-6, abs=1e-8)


def test_a_stack_of_one_is_a_run():
    params = rc.init_params("lstm", 2, 3, 0)
    xs, dhs = np.ones((4, 2)), np.ones((4, 3))
    trace = run_stack(StackParams((params,)), xs)
    alone = rc.run(params, xs)
    assert np.array_equal(trace.ys, alone.hs[1:])
    assert np.array_equal(bptt_stack(trace, dhs).params.forward[0].W_xf, rc.bptt(alone, dhs).params.W_xf)


def test_the_backward_direction_reads_the_sequence_from_its_end():
    stack = init_stack("rnn", 1, 2, bidirectional=True)
    xs = np.arange(4.0)[:, None]
    trace = run_stack(stack, xs)
    assert np.array_equal(trace.backward[0].xs, xs[::-1])
    assert np.array_equal(trace.ys[0, 2:], trace.backward[0].hs[-1])


GRU, WIDE = init_stack("gru", 2, 3, 2, bidirectional=True), rc.init_params("gru", 9, 3)
BATCH = np.zeros((2, 3, 2))


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: init_stack("gru", 2, 3, 0), "layers"),
        (lambda: run_stack(GRU, np.zeros((3, 5))), "xs"),
        (lambda: run_stack(GRU, np.zeros((3, 2)), np.zeros((2, 3))), "h_0"),
        (lambda: run_stack(GRU, np.zeros((3, 2)), c_0=np.zeros((4, 3))), "c_0"),
        (lambda: run_stack(WIDE, np.zeros((3, 2))), "params"),
        (lambda: run_stack(StackParams((GRU.forward[0], WIDE)), np.zeros((3, 2))), "params: row 1"),
        (lambda: run_stack(StackParams(GRU.forward, GRU.backward[:1]), np.zeros((3, 2))), "params.backward"),
        (lambda: run_stack(StackParams((GRU.forward[0], rc.init_params("rnn", 3, 3))), BATCH[0]), "params: row 1"),
        (lambda: run_stack(StackParams(()), BATCH[0]), "params: its layers"),
        (lambda: bptt_stack(run_stack(GRU, BATCH[0]), np.zeros((3, 3))), "dys"),
        (lambda: bptt_stack(run_stack(GRU, BATCH[0]), np.zeros((3, 6)), dc_n=np.zeros((4, 3))), "dc_n"),
        (lambda: run_padded(GRU, BATCH[0], [3]), "xs"),
        (lambda: run_padded(GRU, "what", [3]), "xs"),
        (lambda: run_padded(GRU, BATCH, [3]), "lengths"),
        (lambda: run_padded(GRU, BATCH, [3, 4]), "lengths[1]"),
        (lambda: run_padded(GRU, BATCH, [0, 3]), "lengths[0]"),
        (lambda: run_padded(GRU, BATCH, [1.5, 3]), "lengths[0]"),
        (lambda: run_padded(GRU, BATCH, np.array([[True, False, True]] * 2)), "lengths"),
        (lambda: run_padded(GRU, np.zeros((1000, 1000, 2)), [1000] * 1000), "xs"),
    ],
)
def test_invalid_arguments_are_named_in_the_error(call, argument):
    with pytest.raises(rc.CoreError) as error:
        call()
    assert error.value.argument == argument


def test_a_layer_that_overflows_under_another_is_named():
    huge = rc.RNNParams(np.full((1, 1), 1e300), np.full((1, 1), 1e300), np.zeros(1), "linear")
    with pytest.raises(rc.CoreError, match=r"layer 0 of 2: .* overflows at step 1"):
        run_stack(StackParams((huge, huge)), np.ones((3, 1)))
