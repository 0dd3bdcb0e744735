"""Training a forecast on windows of the training part: at every step the network predicts the next changes."""

import numpy as np
import torch
from torch import Tensor, nn

from rnn_core.apps.forecast.linear import Linear, linear_of, output_unit
from rnn_core.apps.forecast.settings import Settings
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.arrays import Array
from rnn_core.learn.problem import Outcome, Problem

_BATCHES = 11  # a stream of random numbers
WARM_UP = 4  # the first 1/4 of a window does not count, because the network has read too little


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.recurrent = recurrent_layer(settings, 1)
        self.readout = nn.Linear(settings.hidden, settings.outputs)
        if settings.linear:  # it begins as the linear autoregression, and learns only what improves it
            nn.init.zeros_(self.readout.weight)
            nn.init.zeros_(self.readout.bias)

    def forward(self, inputs: Tensor) -> Tensor:
        """(B, T, 1) -> (B, T, Y)."""
        hs, _ = self.recurrent(inputs)
        answers: Tensor = self.readout(hs)
        return answers


class ForecastProblem(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings, self.parts = settings, settings.split()
        self.linear = linear_of(settings) if settings.linear else None
        self.predicted = None if self.linear is None else self.linear.one_step()
        self.unit = output_unit(settings)
        self.network: Network = Network(settings)
        self.carry = {}

    def train_on(self, step: int) -> Outcome:
        settings = self.settings
        rng = np.random.default_rng([_BATCHES, settings.seed, step])
        latest = self.parts.training_end - settings.window - settings.outputs
        first = rng.integers(1 + self.parts.first, latest + 1, settings.batch)
        inputs, targets = self.windows(first)
        wrong = (self.network(inputs) - targets)[:, settings.window // WARM_UP :]
        return self._outcome(wrong)

    def held_out(self) -> Outcome:
        """The predictions at the end of each window, for the validation part; those of all time steps ahead where the network
        corrects a linear autoregression: a correction that is good for the next step may add up to a bad one."""
        if self.linear is not None:
            return self.fed_back(self.linear)
        origins = self.parts.origins("validation", self.settings.outputs)
        inputs, targets = self.windows(origins - self.settings.window + 1)
        return self._outcome(self.network(inputs)[:, -1] - targets[:, -1])

    def fed_back(self, linear: Linear) -> Outcome:
        """Each prediction is the next input, from every origin of the validation part. The errors are in the output's unit."""
        settings, parts = self.settings, self.parts
        origins = parts.origins("validation", settings.horizon)
        known = parts.read[
            origins[:, None] + np.arange(-max(settings.window, len(linear.weights)), 1)
        ]  # (n, at least T+1)
        for _ in range(settings.horizon):
            answers = self.network(_float32(self.inputs(known[:, -settings.window - 1 :])))[:, -1, 0]
            known = np.column_stack([known, linear.next(known) + answers.double().numpy() * self.unit])
        truth = parts.read[origins[:, None] + 1 + np.arange(settings.horizon)]
        return self._outcome(_float32((known[:, -settings.horizon :] - truth) / self.unit))

    def inputs(self, read: Array) -> Array:
        """(n, T+1) values in the form that the network reads -> its inputs (n, T, 1)."""
        if self.settings.changes:
            return np.asarray(np.diff(read)[:, :, None] / self.parts.change_scale)
        return np.asarray((read[:, 1:, None] - self.parts.mean) / self.parts.scale)

    def windows(self, first: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> tuple[Tensor, Tensor]:
        """The windows whose first value has this index: inputs (B, T, 1), and the changes to come (B, T, Y).

        With a linear part, the change that it does not predict."""
        settings, parts = self.settings, self.parts
        steps = first[:, None] + np.arange(settings.window)  # (B, T)
        later = parts.read[np.minimum(steps[:, :, None] + 1 + np.arange(settings.outputs), len(parts.read) - 1)]
        known = (
            parts.read[steps][:, :, None]
            if self.predicted is None
            else self.predicted[np.minimum(steps + 1, len(parts.read) - 1)][:, :, None]
        )
        read = parts.read[first[:, None] + np.arange(-1, settings.window)]
        return _float32(self.inputs(read)), _float32((later - known) / self.unit)

    def _outcome(self, wrong: Tensor) -> Outcome:
        return Outcome(wrong.square().mean(), wrong.detach().abs().mean().item() * self.unit)


def _float32(values: Array) -> Tensor:
    return torch.from_numpy(values.astype(np.float32))
