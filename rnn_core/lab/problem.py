"""The lab's training problem: one of the small tasks, and a stack of recurrent layers with a readout."""

import numpy as np
import torch
from torch import Tensor

from rnn_core.lab.keep_gradient import regulariser
from rnn_core.lab.layout import first_weights
from rnn_core.lab.models import Network, dropout_masks, loss_of
from rnn_core.lab.observe import observe
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Batch
from rnn_core.learn.problem import Outcome, Problem, generator
from rnn_core.learn.state import RunState, View

_MASKS, _FEEDBACK = 1, 2  # streams of random numbers, separate from that of the data


class Lab(Problem):
    def __init__(self, settings: RunSettings) -> None:
        self.settings = settings
        self.network: Network = Network(settings)
        self.carry = {}

    def first_weights(self) -> dict[str, Tensor]:
        return {name: torch.from_numpy(value) for name, value in first_weights(self.settings).items()}

    def train_on(self, step: int) -> Outcome:
        batch = self.settings.task.batch(self.settings.seed, step, self.settings.batch)
        inputs, targets, asked = map(torch.from_numpy, (batch.inputs, batch.targets, batch.weights))
        outputs, penalty = self.forward(inputs, targets, asked, step)
        loss = loss_of(self.settings, outputs, targets, asked)
        return Outcome(loss, measured(self.settings, outputs.detach(), batch), penalty)

    def held_out(self) -> Outcome:
        kept = self.settings.task.held_out()
        targets, asked = torch.from_numpy(kept.targets), torch.from_numpy(kept.weights)
        inputs = torch.from_numpy(kept.inputs)
        # The memory that a cell after the LSTM needs for all time steps at once was checked for a batch.
        parts = torch.split(inputs, self.settings.batch if self.settings.is_modern else len(inputs))
        outputs = torch.cat([self.network(part, targets.shape[1]) for part in parts])
        return Outcome(loss_of(self.settings, outputs, targets, asked), measured(self.settings, outputs, kept))

    def observe(self, state: RunState) -> View | None:
        return observe(state)

    def forward(self, inputs: Tensor, targets: Tensor, asked: Tensor, k: int) -> tuple[Tensor, Tensor | None]:
        """The outputs (B, S, Y) with this step's random draws, and Pascanu's penalty if it is set."""
        settings, answers = self.settings, targets.shape[1]
        masks = None
        if settings.dropout:
            masks = dropout_masks(settings, inputs.shape[0], inputs.shape[1], generator(settings.seed, k, _MASKS))
        if settings.may_read_own_outputs:
            draws = torch.rand(inputs.shape[:2], generator=generator(settings.seed, k, _FEEDBACK))
            return self.network.forward_with_feedback(inputs, draws >= settings.teacher_forcing_at(k), masks), None
        hs = self.network.hidden(self.network.encode(inputs), masks)
        if not settings.keep_gradient:
            return self.network.read_out(hs, answers), None
        given = hs.detach().requires_grad_()
        loss = loss_of(settings, self.network.read_out(given, answers), targets, asked)
        (direct,) = torch.autograd.grad(loss, given)
        W_hh = self.network.get_parameter("layers.0.weight_hh_l0")
        omega = regulariser(W_hh, hs.detach(), direct, settings.cell == "rnn-relu")
        return self.network.read_out(hs, answers), settings.keep_gradient * omega


def measured(settings: RunSettings, outputs: Tensor, batch: Batch) -> float:
    """The task's measure of success; for outputs that overflow, the worst value."""
    with np.errstate(all="ignore"):
        measure = settings.task.measure(outputs.numpy(), batch)
    return max(measure, -1e30)  # so that it fits float32; NaN stays NaN
