"""What torch.nn has, against torch.nn itself: forward and every gradient that its layers give."""

import numpy as np
import torch
from hypothesis import given, settings

import rnn_core as rc
from tests.cases import assert_equal, cases

LAYERS = {"rnn": (torch.nn.RNN, "h"), "lstm": (torch.nn.LSTM, "ifgo"), "gru": (torch.nn.GRU, "rzn")}
IN_TORCH = (
    *(("rnn", {"activation": "tanh"}), ("rnn", {"activation": "relu"})),
    *(("lstm", {}), ("gru", {})),
)


def torch_layer(params):
    """The torch.nn layer with these weights. It has two biases a gate: the second is ours only inside the GRU's r."""
    kind, letters = LAYERS[params.cell]
    options = {"nonlinearity": params.activation} if params.cell == "rnn" else {}
    layer = kind(params.input_size, params.hidden_size, dtype=torch.float64, **options)
    second_bias = np.zeros((len(letters), params.hidden_size))
    if params.cell == "gru":
        second_bias[2] = params.b_hn
    with torch.no_grad():
        for ours, theirs in (("W_x", layer.weight_ih_l0), ("W_h", layer.weight_hh_l0), ("b_", layer.bias_ih_l0)):
            theirs.copy_(torch.tensor(np.concatenate([getattr(params, ours + letter) for letter in letters])))
        layer.bias_hh_l0.copy_(torch.tensor(second_bias.ravel()))
    return layer, letters


@settings(max_examples=80)
@given(cases(IN_TORCH))
def test_forward_and_gradients_equal_torch(case):
    params, trace = case.params, case.run()
    layer, letters = torch_layer(params)
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
