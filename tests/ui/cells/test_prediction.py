"""The loss of a readout on the cell pages: outputs, loss and gradients against torch in float64."""

import numpy as np
import pytest
import torch

from rnn_core.arrays import Cell
from rnn_core.params.build import weights_of
from rnn_core.studies.state_readout import next_input, trained
from tests.charts import opened, words
from tests.torch_steps import torch_step
from ui.cells.compute import NEXT, Aim, cell_run, readout_of
from ui.cells.setup import CellSetup


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize(("H", "X", "T"), [(3, 1, 40), (5, 2, 2), (1, 3, 7)])
def test_the_loss_of_a_prediction_is_torchs(cell: Cell, H: int, X: int, T: int) -> None:
    run = cell_run(CellSetup(cell, hidden_size=H, input_size=X, steps=T, signal="noise"), NEXT)
    assert run.prediction is not None
    weights = {name: torch.tensor(each, requires_grad=True) for name, each in weights_of(run.trace.params).items()}
    W_hy, b_y = (torch.tensor(each) for each in (readout_of(H).W_hy, readout_of(H).b_y))
    xs, h, outputs = torch.tensor(run.trace.xs), torch.zeros(H, dtype=torch.float64), []
    c = torch.zeros_like(h) if cell == "lstm" else None
    for x in xs[:-1]:
        h, c = torch_step(run.trace.params, x, h, c, weights)
        outputs.append(W_hy @ h + b_y)
    loss = torch.nn.functional.mse_loss(torch.cat(outputs), xs[1:, 0])
    loss.backward()
    np.testing.assert_allclose(run.prediction.outputs, torch.cat(outputs).detach(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(run.prediction.loss, loss.item(), rtol=0, atol=1e-12)
    for name, weight in weights.items():
        np.testing.assert_allclose(getattr(run.grads.params, name), weight.grad, rtol=0, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("aim", [Aim(updates=40), Aim(drawn=tuple(np.sin(np.arange(12.0)).tolist()), updates=25)])
def test_a_trained_readout_is_torchs_after_each_step(aim: Aim) -> None:
    """Plain gradient descent on torch's gradients, with the page's states and target; the gradients of the cell follow from its readout."""
    run = cell_run(CellSetup("gru", hidden_size=3, input_size=2, steps=12, signal="noise"), NEXT, aim)
    found, first = run.prediction, readout_of(3)
    assert found is not None
    layer = torch.nn.Linear(3, 1, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(first.W_hy))
        layer.bias.copy_(torch.tensor(first.b_y))
    states = torch.tensor(run.trace.hs[1 : 1 + len(found.targets)], requires_grad=True)
    targets = torch.tensor(aim.drawn or run.trace.xs[1:, 0], dtype=torch.float64)
    losses = []
    for _update in range(aim.updates + 1):
        layer.zero_grad()
        loss = torch.nn.functional.mse_loss(layer(states)[:, 0], targets)
        losses.append(loss.item())
        loss.backward()
        if len(losses) <= aim.updates:
            states.grad = None
            with torch.no_grad():
                for weight in layer.parameters():
                    assert weight.grad is not None
                    weight -= found.rate * weight.grad
    np.testing.assert_allclose(found.losses, losses, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.readout.W_hy, layer.weight.detach(), rtol=0, atol=1e-12)
    assert states.grad is not None
    np.testing.assert_allclose(run.grads.dhs_direct[: len(targets)], states.grad, rtol=0, atol=1e-12)
    assert found.loss == found.losses[-1] < found.losses[0]
    assert np.all(np.diff(found.losses) < 1e-15)


def test_states_that_are_too_large_leave_the_readout_untrained() -> None:
    hs = np.full((4, 1), 1e200)
    found = trained(readout_of(1), hs, next_input(hs), 10)
    assert found.rate == 0.0
    np.testing.assert_array_equal(found.readout.W_hy, readout_of(1).W_hy)


def test_a_drawn_target_has_as_many_steps_as_typed_inputs() -> None:
    app = opened("lstm", input="typed", loss="next", target="drawn", T="40")
    assert not app.exception
    assert "mean squared error over" in words(app)
