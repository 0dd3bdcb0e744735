"""To and from torch: the same numbers under torch's names, and the same function."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

import rnn_core as rc
from rnn_core.formats.torch_io import from_torch, stack_from_torch, stack_to_torch, to_torch
from rnn_core.params.build import form_of, weights_of
from rnn_core.passes.layers import init_stack, run_stack

TORCH_FORMS = [("rnn", {"activation": "tanh"}), ("rnn", {"activation": "relu"}), ("lstm", {}), ("gru", {})]
LAYERS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


def torch_layer(cell, form, X, H, seed, **options):
    torch.manual_seed(seed)
    extra = {"nonlinearity": form["activation"]} if cell == "rnn" else {}
    return LAYERS[cell](X, H, dtype=torch.float64, **extra, **options)


@given(st.sampled_from(TORCH_FORMS), st.integers(1, 4), st.integers(1, 5), st.booleans(), st.integers(0, 99))
def test_one_layer_computes_what_torch_computes_and_comes_back(cell_and_form, X, H, bias, seed):
    cell, form = cell_and_form
    module = torch_layer(cell, form, X, H, seed, bias=bias)
    params = from_torch(module)
    xs = np.random.default_rng(seed).normal(size=(6, X))
    theirs = module(torch.from_numpy(xs))[0].detach().numpy()
    np.testing.assert_allclose(rc.run(params, xs).hs[1:], theirs, rtol=0, atol=1e-12)

    again = to_torch(params)
    np.testing.assert_allclose(again(torch.from_numpy(xs))[0].detach().numpy(), theirs, rtol=0, atol=1e-12)
    back = from_torch(again)
    assert back.cell == cell
    assert form_of(back) == form_of(params)
    for name, weight in weights_of(params).items():
        assert np.array_equal(getattr(back, name), weight)
    assert all(weight.dtype == torch.float64 for weight in again.parameters())


@given(st.sampled_from(TORCH_FORMS), st.integers(1, 3), st.booleans(), st.integers(0, 99))
def test_all_layers_and_directions_come_and_go(cell_and_form, layers, bidirectional, seed):
    cell, form = cell_and_form
    module = torch_layer(cell, form, 2, 3, seed, num_layers=layers, bidirectional=bidirectional)
    stack = stack_from_torch(module)
    xs = np.random.default_rng(seed).normal(size=(5, 2))
    trace = run_stack(stack, xs)
    for each in (module, stack_to_torch(stack)):
        ys, ends = each(torch.from_numpy(xs))
        h_n, c_n = ends if cell == "lstm" else (ends, None)
        np.testing.assert_allclose(trace.ys, ys.detach().numpy(), rtol=0, atol=1e-12)
        np.testing.assert_allclose(trace.h_n, h_n.detach().numpy(), rtol=0, atol=1e-12)
        if c_n is not None:
            np.testing.assert_allclose(trace.c_n, c_n.detach().numpy(), rtol=0, atol=1e-12)


def test_gates_of_torch_get_their_own_names():
    module = torch_layer("lstm", {}, 2, 3, 0)
    params = from_torch(module)
    stacked = module.weight_ih_l0.detach().numpy()
    for k, gate in enumerate("ifgo"):  # torch's order, from its documentation
        assert np.array_equal(getattr(params, f"W_x{gate}"), stacked[3 * k : 3 * k + 3])
    module = torch_layer("gru", {}, 2, 3, 0)
    params = from_torch(module)
    assert np.array_equal(params.W_hz, module.weight_hh_l0.detach().numpy()[3:6])
    assert np.array_equal(params.b_hn, module.bias_hh_l0.detach().numpy()[6:])
    assert np.array_equal(params.b_n, module.bias_ih_l0.detach().numpy()[6:])


def test_a_float32_layer_is_taken_exactly():
    module = nn.GRU(2, 3)
    assert np.array_equal(from_torch(module).W_xr.astype(np.float32), module.weight_ih_l0.detach().numpy()[:3])


def test_the_parameters_are_copies():
    module = torch_layer("rnn", {"activation": "tanh"}, 1, 1, 0)
    params = from_torch(module)
    before = params.W_hh.copy()
    with torch.no_grad():
        module.weight_hh_l0 += 1
    assert np.array_equal(params.W_hh, before)
    made = to_torch(params)
    with torch.no_grad():
        made.weight_hh_l0 += 1
    assert np.array_equal(params.W_hh, before)


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("rnn", {"activation": "sigmoid"}),
        ("rnn", {"activation": "linear"}),
        *[("lstm", {"variant": v}) for v in ("no_forget", "peephole", "coupled")],
        ("gru", {"reset": "before"}),
        ("gru", {"z_keeps": False}),
    ],
)
def test_forms_that_torch_does_not_have_are_refused(cell, form):
    with pytest.raises(rc.CoreError, match="a form that torch has"):
        to_torch(rc.init_params(cell, 1, 2, **form))


@pytest.mark.parametrize(
    ("module", "argument"),
    [
        (nn.Linear(1, 1), "module"),
        (nn.LSTM(2, 3, proj_size=2), "module.proj_size"),
        (nn.LSTM(2, 3, num_layers=2), "module"),
        (nn.GRU(2, 3, bidirectional=True), "module"),
    ],
)
def test_tensors_that_do_not_fit_are_named(module, argument):
    with pytest.raises(rc.CoreError) as error:
        from_torch(module)
    assert error.value.argument == argument


def test_weights_that_are_not_numbers_are_named():
    module = nn.RNN(1, 1)
    with torch.no_grad():
        module.weight_hh_l0[:] = float("nan")
    with pytest.raises(rc.CoreError, match="weight_hh_l0"):
        from_torch(module)


def test_a_stack_begins_as_its_first_cell_alone():
    stack = init_stack("gru", 2, 3, layers=2, bidirectional=True, seed=5)
    alone = rc.init_params("gru", 2, 3, 5)
    assert np.array_equal(stack.forward[0].W_hn, alone.W_hn)
    assert len({float(params.W_hn[0, 0]) for params in stack.rows}) == 4
