"""Gradients as autograd computes them, integrated gradients that add up, and steps left out one by one."""

import numpy as np
import pytest
import torch

from rnn_core.analysis.inside.answers import LastState
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.saliency import Explained, explained, leave_one_out, saliency
from rnn_core.arrays import Array, Cell
from rnn_core.errors import CoreError
from rnn_core.formats.torch_io import stack_to_torch
from rnn_core.passes.layers import run_stack
from tests.rnn_core.analysis.inside.networks import KINDS, of_symbols, with_embedding

RNG = np.random.default_rng(0)
SEQUENCE = RNG.integers(0, 5, 15)


def by_autograd(network: Network, xs: Array, output: int) -> Array:
    """The gradient of the log probability of `output` after the last step."""
    inputs = torch.tensor(xs, requires_grad=True)
    states = stack_to_torch(network.stack)(inputs[:, None])[0][-1, 0]
    scores = torch.tensor(network.readout.W_hy) @ states + torch.tensor(network.readout.b_y)
    scores.log_softmax(0)[output].backward()
    assert inputs.grad is not None
    return inputs.grad.numpy()


@pytest.mark.parametrize(("cell", "layers"), KINDS)
def test_saliency_agrees_with_autograd(cell: Cell, layers: int) -> None:
    network = with_embedding(cell, layers)
    found = saliency(network, SEQUENCE, explained(network, output=2))
    xs = network.inputs(SEQUENCE)
    gradient = by_autograd(network, xs, 2)
    np.testing.assert_allclose(found.gradient, gradient, rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.norms, np.linalg.norm(gradient, axis=1), rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.times_input, (gradient * xs).sum(axis=1), rtol=0, atol=1e-10)
    nodes, shares = np.polynomial.legendre.leggauss(24)
    along = [
        share / 2 * by_autograd(network, (node + 1) / 2 * xs, 2) for node, share in zip(nodes, shares, strict=True)
    ]
    np.testing.assert_allclose(found.integrated, (sum(along) * xs).sum(axis=1), rtol=0, atol=1e-10)


@pytest.mark.parametrize(("cell", "layers"), KINDS)
def test_integrated_gradients_add_up_to_the_whole_difference(cell: Cell, layers: int) -> None:
    network = with_embedding(cell, layers)
    found = saliency(network, SEQUENCE, explained(network, [1.0, -1.0, 0.0, 0.5, 0.0]))
    assert found.integrated.sum() == pytest.approx(found.value - found.value_at_zero, abs=1e-10)


@pytest.mark.parametrize(("cell", "layers"), KINDS)
def test_each_step_left_out_is_a_shorter_run(cell: Cell, layers: int) -> None:
    network = of_symbols(cell, layers)
    weights = np.array([1.0, 0.0, -2.0, 0.0, 0.0])
    xs = network.inputs(SEQUENCE)

    def value(inputs: Array) -> float:
        state = run_stack(network.stack, inputs).ys[-1]
        return float(weights @ (network.readout.W_hy @ state + network.readout.b_y))

    expected = [value(xs) - value(np.delete(xs, step, axis=0)) for step in range(len(xs))]
    np.testing.assert_allclose(
        leave_one_out(network, xs, Explained(weights), LastState(network.readout)), expected, rtol=0, atol=1e-12
    )


def test_what_cannot_be_explained_gets_a_sentence() -> None:
    network = of_symbols("rnn")
    with pytest.raises(CoreError, match="one of them"):
        explained(network)
    with pytest.raises(CoreError, match="output"):
        explained(network, output=5)
    with pytest.raises(CoreError, match="length"):
        saliency(network, np.zeros(401, np.int64), explained(network, output=0))
