"""One step of gradient descent, against torch, and the effect of truncation on the gradient."""

import numpy as np
import pytest
import torch

from rnn_core.analysis import descent
from rnn_core.analysis.descent import Network
from rnn_core.blocks.readout import init_readout
from rnn_core.params.build import weights_of
from rnn_core.studies.sequences import SequenceSetup, inputs_of, params_of
from tests.torch_steps import torch_step

T, H = 9, 3
cells = pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
losses = pytest.mark.parametrize("at", [(T - 1,), (2, 5), tuple(range(T))])


def network_and_inputs(cell):
    setup = SequenceSetup(cell, H, T, 1, signal="noise", biases=(("b_f", 2.0), ("b_z", 2.0)))
    return Network(params_of(setup), init_readout(H, 1, 1, "identity")), inputs_of(setup)


def passes(cell, at=(T - 1,), truncate=4):
    network, xs = network_and_inputs(cell)
    return descent.forward_and_backward(network, xs, at), descent.forward_and_backward(network, xs, at, truncate)


@cells
@losses
@pytest.mark.parametrize("truncate", [None, 4])
def test_a_step_down_is_the_one_that_torch_takes(cell, at, truncate):
    network, xs = network_and_inputs(cell)
    by_name = {name: torch.tensor(weight) for name, weight in weights_of(network.cell).items()}
    by_name |= {"W_hy": torch.tensor(network.readout.W_hy), "b_y": torch.tensor(network.readout.b_y)}
    for weight in by_name.values():
        weight.requires_grad_()

    def loss():
        h, c, errors = torch.zeros(H), torch.zeros(H), []
        for t in range(T):
            if truncate and t % truncate == 0:
                h, c = h.detach(), c.detach()
            h, after = torch_step(network.cell, torch.tensor(xs[t]), h.double(), c.double(), by_name)
            c = c if after is None else after
            errors.append((by_name["W_hy"] @ h + by_name["b_y"] - xs[0, 0]).square().mean())
        return torch.stack(errors)[list(at)].mean()

    before = loss()
    before.backward()
    with torch.no_grad():
        for weight in by_name.values():
            weight -= 0.1 * (torch.zeros(()) if weight.grad is None else weight.grad)
        after = loss()
    done = descent.forward_and_backward(network, xs, at, truncate)
    ours = descent.losses_along(network, descent.gradient_of(done), np.array([0.0, 0.1]), xs, at)
    np.testing.assert_allclose(ours, [before.item(), after.item()], rtol=0, atol=1e-12)
    assert done.loss.value == ours[0]


@cells
def test_the_slope_along_the_gradient_is_minus_its_length_squared(cell):
    whole, _truncated = passes(cell)
    gradient, xs, eps = descent.gradient_of(whole), whole.trace.xs, 1e-6
    below, above = descent.losses_along(whole.network, gradient, np.array([-eps, eps]), xs, (T - 1,))
    assert (above - below) / (2 * eps) == pytest.approx(-(descent.flattened(gradient) ** 2).sum(), rel=1e-6)


@cells
@losses
@pytest.mark.parametrize("truncate", [None, 1, 4])
def test_contributions_add_up_to_the_gradient_of_every_weight(cell, at, truncate):
    network, xs = network_and_inputs(cell)
    grads = descent.forward_and_backward(network, xs, at, truncate).grads
    for name, total in weights_of(grads.params).items():
        np.testing.assert_allclose(grads.contributions(name).sum(axis=0), total, rtol=0, atol=1e-12)


@cells
def test_truncation_stops_the_gradient_of_later_steps_and_changes_no_later_gradient(cell):
    whole, truncated = passes(cell, truncate=6)
    whole_lengths, cut_lengths = descent.gradient_lengths(whole.grads), descent.gradient_lengths(truncated.grads)
    assert descent.truncation_effect(whole, truncated).boundaries == (6,)
    assert cut_lengths.from_later[6] == 0.0 < whole_lengths.from_later[6]
    assert (cut_lengths.states[:7] == 0.0).all()  # the only loss is at the last step
    np.testing.assert_array_equal(cut_lengths.states[7:], whole_lengths.states[7:])
    assert cut_lengths.from_loss[-1] == cut_lengths.states[-1] > 0.0
    if cut_lengths.along_cell is not None:
        assert cut_lengths.along_cell[6] == 0.0 < whole_lengths.along_cell[6]


@cells
def test_the_lost_and_the_kept_gradient_add_up_to_the_whole(cell):
    whole, truncated = passes(cell)
    cut = descent.truncation_effect(whole, truncated)
    assert cut.boundaries == (4, 8)
    assert (cut.missing > 0.0).all()
    by_cosines = cut.whole**2 + cut.kept**2 - 2 * cut.whole * cut.kept * np.cos(np.radians(cut.angle))
    assert cut.lost == pytest.approx(np.sqrt(by_cosines), rel=1e-9)
    assert descent.truncation_effect(whole, whole).lost == 0.0
    assert descent.truncation_effect(whole, whole).boundaries == ()


def test_truncation_costs_little_where_the_network_forgets_and_much_where_it_remembers():
    def part_lost(gain):
        setup = SequenceSetup("rnn", 3, 12, 0, "orthogonal", gain, "noise")
        network, xs = Network(params_of(setup), init_readout(3, 1, 0, "identity")), inputs_of(setup)
        whole, truncated = (descent.forward_and_backward(network, xs, (11,), truncate) for truncate in (None, 6))
        cut = descent.truncation_effect(whole, truncated)
        return cut.lost / cut.whole

    assert part_lost(0.5) < 0.01
    assert part_lost(1.5) > 0.5
