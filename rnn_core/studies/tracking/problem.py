"""The training problem of one network of the study. Its measure is the share of right answers.

In training it is taken at the trained length, on the held-out set at the longest one.
"""

import numpy as np
import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn import functional as F

from rnn_core.learn.problem import Outcome, Problem
from rnn_core.learn.state import RunState
from rnn_core.studies.tracking.network import outputs, share_right
from rnn_core.studies.tracking.settings import TrackingSettings
from rnn_core.studies.tracking.tasks import TrackingTask
from rnn_core.studies.tracking.weights import Arrays, network_weights

_TRAINING, _HELD_OUT = 7, 4  # streams of random numbers; the second one is the recorded study's


class Tracking(Problem):
    def __init__(self, settings: TrackingSettings) -> None:
        self.settings, self.task = settings, settings.shown_task
        cell, readout = network_weights(settings.cell, self.task, settings.hidden, settings.readout, settings.seed)
        self.cell, self.readout = _parameters(cell), _parameters(readout)
        self.network = nn.ModuleDict({"cell": self.cell, "readout": self.readout})
        self.carry = {}

    def train_on(self, step: int) -> Outcome:
        rng = np.random.default_rng([_TRAINING, self.settings.seed, step])
        return self._outcome(*_batch(self.task, self.settings.batch, self.task.lengths[0], rng))

    def held_out(self) -> Outcome:
        return self._outcome(*self._tested(self.task.lengths[-1]))

    def right_at(self, length: int) -> float:
        """The share of right answers on the held-out sequences of this length."""
        return self._outcome(*self._tested(length)).measure

    def _tested(self, length: int) -> tuple[Tensor, Tensor]:
        return _batch(self.task, self.settings.tested, length, np.random.default_rng([_HELD_OUT, length]))

    def _outcome(self, x: Tensor, targets: Tensor) -> Outcome:
        weights = {name: value[None] for name, value in self.cell.items()}
        weights |= {f"readout.{name}": value[None] for name, value in self.readout.items()}
        scores = outputs(self.settings.cell, weights, x[None])
        loss = F.cross_entropy(scores.flatten(0, 2), targets.flatten(), ignore_index=-1)
        return Outcome(loss, float(share_right(scores, targets[None])[0]))


def rights(state: RunState) -> tuple[float, ...]:
    """The shares of right answers of a run's network at all lengths of its task."""
    settings = state.settings
    if not isinstance(settings, TrackingSettings):
        raise TypeError(f"a run of the study, not of {settings.kind!r}")
    torch.set_num_threads(1)
    problem, tensors = Tracking(settings), load(state.tensors)
    problem.network.load_state_dict({name: tensors[f"network.{name}"] for name in problem.network.state_dict()})
    with torch.no_grad():
        return tuple(problem.right_at(length) for length in problem.task.lengths)


def _parameters(weights: Arrays) -> nn.ParameterDict:
    return nn.ParameterDict(
        {name: nn.Parameter(torch.tensor(value, dtype=torch.float32)) for name, value in weights.items()}
    )


def _batch(task: TrackingTask, size: int, length: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    inputs, targets = task.draw(rng, size, length)
    return torch.tensor(inputs, dtype=torch.float32), torch.tensor(targets)
