"""What torch.nn has, against torch.nn itself: forward and every gradient that its layers give."""

import numpy as np
import torch
from hypothesis import given, settings

import rnn_core as rc
from rnn_core.formats.torch_io import to_torch
from tests.cases import assert_equal, cases

GATES = {"rnn": "h", "lstm": "ifgo", "gru": "rzn"}  # in torch's order
IN_TORCH = (("rnn", {"activation": "tanh"}), ("rnn", {"activation": "relu"}), ("lstm", {}), ("gru", {}))


@settings(max_examples=80)
@given(cases(IN_TORCH))
def test_forward_and_gradients_equal_torch(case):
    params, trace = case.params, case.run()
    layer, letters = to_torch(params), GATES[params.cell]
    x, h_0, c_0 = (
        torch.tensor(v, requires_grad=True) for v in (case.xs, case.h_0, np.zeros(1) if case.c_0 is None else case.c_0)
    )
    state = (h_0[None], c_0[None]) if params.cell == "lstm" else h_0[None]
    hs, last = layer(x, state)
    assert_equal(trace.hs[1:], hs.detach().numpy())

    loss = (hs * torch.tensor(case.dhs)).sum()
    dcs = None
    if params.cell == "lstm":  # of the cells torch shows the last one only
        assert_equal(trace.cs[-1], last[1][0].detach().numpy())
        dcs = np.zeros_like(case.dcs)
        dcs[-1] = case.dcs[-1]
        loss = loss + (last[1][0] * torch.tensor(dcs[-1])).sum()
    loss.backward()
    grads = rc.bptt(trace, case.dhs, dcs)
    assert_equal(grads.dxs, x.grad.numpy())
    assert_equal(grads.dhs[0], h_0.grad.numpy())
    if params.cell == "lstm":
        assert_equal(grads.dcs[0], c_0.grad.numpy())
    for ours, theirs in (("W_x", layer.weight_ih_l0), ("W_h", layer.weight_hh_l0), ("b_", layer.bias_ih_l0)):
        assert_equal(np.concatenate([getattr(grads.params, ours + letter) for letter in letters]), theirs.grad.numpy())
    if params.cell == "gru":
        assert_equal(grads.params.b_hn, layer.bias_hh_l0.grad.numpy()[2 * params.hidden_size :])
