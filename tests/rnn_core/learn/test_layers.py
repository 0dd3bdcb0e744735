"""The layers that are trained give the same outputs and gradients as the core's cells, for every seed of a batch."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

import rnn_core as rc
from rnn_core.arrays import weight_names
from rnn_core.cells.modern.rwkv7 import RWKV7Params
from rnn_core.cells.modern.s4d import S4DParams
from rnn_core.learn.layers import LAYERS, scan
from rnn_core.learn.shapes import MODERN, state_size
from rnn_core.params.modern import init_modern
from rnn_core.passes.modern import bptt_modern, run_modern
from rnn_core.studies.tracking.results import CELLS
from tests.cases import assert_equal

NEGATIVE = ("delta_net", {"negative": True})
OF_THE_CORE = [cell for cell in LAYERS if not cell.startswith("diagonal")]


def params_of(cell, seed):
    if cell in ("rnn", "lstm", "gru"):
        return rc.init_params(cell, 3, 4, seed)
    kind, options = (MODERN | {"attention": ("attention", {}), "delta_net_negative": NEGATIVE})[cell]
    params = init_modern(kind, 3, 4, state_size(cell, 4), seed, **options)
    rng = np.random.default_rng(seed)  # vectors start at 0 and would hide their part
    moved = {
        name: getattr(params, name) + rng.normal(size=getattr(params, name).shape) for name in weight_names(params)
    }
    return replace(params, **moved)


def run_of(params, xs, direct):
    """Outputs, and the gradients of the weights."""
    if isinstance(params, rc.RNNParams | rc.LSTMParams | rc.GRUParams):
        trace = rc.run(params, xs)
        return trace.hs[1:], rc.bptt(trace, direct).params
    trace = run_modern(params, xs)
    return trace.output, bptt_modern(trace, direct).params


@pytest.mark.parametrize("cell", OF_THE_CORE)
def test_a_layer_is_the_cores_cell(cell):
    S, B, T = 2, 3, 11
    rng = np.random.default_rng(0)
    xs, direct = rng.normal(size=(S, B, T, 3)), rng.normal(size=(S, B, T, 4))
    params = [params_of(cell, seed) for seed in range(S)]
    weights = {
        name: torch.tensor(np.stack([getattr(each, name) for each in params]), requires_grad=True)
        for name in weight_names(params[0])
    }
    ys = LAYERS[cell](torch.tensor(xs), weights)
    (ys * torch.tensor(direct)).sum().backward()
    for s in range(S):
        runs = [run_of(params[s], xs[s, b], direct[s, b]) for b in range(B)]
        for b, (output, _grads) in enumerate(runs):
            assert_equal(ys[s, b].detach().numpy(), output)
        for name, weight in weights.items():
            assert_equal(weight.grad[s].numpy(), sum(getattr(grads, name) for _output, grads in runs), name)


@pytest.mark.parametrize("signed", [False, True])
def test_the_diagonal_layer_is_its_equation(signed):
    rng = np.random.default_rng(0)
    w = {name: rng.normal(size=shape) for name, shape in {"W_xa": (4, 3), "b_a": (4,), "W_xu": (4, 3)}.items()}
    xs, h = rng.normal(size=(9, 3)), np.zeros(4)
    ys = LAYERS["diagonal_signed" if signed else "diagonal_positive"](
        torch.tensor(xs)[None, None], {name: torch.tensor(value)[None] for name, value in w.items()}
    )
    for t, x in enumerate(xs):
        a = 1 / (1 + np.exp(-(w["W_xa"] @ x + w["b_a"])))
        h = (2 * a - 1 if signed else a) * h + w["W_xu"] @ x
        assert_equal(ys[0, 0, t].numpy(), h)


def test_every_cell_that_is_trained_has_a_layer():
    assert set(CELLS) | set(MODERN) == set(LAYERS)
    assert {RWKV7Params.cell, S4DParams.cell}.isdisjoint(LAYERS)  # neither in the study nor in the lab


def test_a_scan_in_torch_is_a_loop():
    A, B = torch.rand(1, 1, 13, 2, dtype=torch.float64), torch.rand(1, 1, 13, 2, dtype=torch.float64)
    found, state = scan(A, B), torch.zeros(2, dtype=torch.float64)
    for t in range(13):
        state = A[0, 0, t] * state + B[0, 0, t]
        assert math.isclose(float(found[0, 0, t, 1]), float(state[1]), rel_tol=1e-14)
