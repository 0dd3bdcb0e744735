"""What is trained: a network, its loss on training batch k, and its loss on what is held out. The trainer knows no more.

Everything random belongs to (seed, step): a problem has no memory of its own but its network's weights and what it
carries, and both travel in the run's state.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

import numpy as np
import torch
from torch import Tensor, nn

from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import RunState, View


@dataclass(frozen=True)
class Outcome:
    loss: Tensor  # one number: what is recorded
    measure: float  # of success; what it means is the problem's own business
    penalty: Tensor | None = None  # one number: trained on as well, and not recorded


class Problem(ABC):
    network: nn.Module  # parameters only, no buffers
    carry: dict[str, Tensor]  # goes from one batch to the next, without its gradient

    @abstractmethod
    def train_on(self, step: int) -> Outcome:
        """The outcome for training batch `step`, ready for backward()."""

    @abstractmethod
    def held_out(self) -> Outcome:
        """The outcome for what is never trained on. Called without gradients; must not change `carry`."""

    def first_weights(self) -> Mapping[str, Tensor]:
        """The network before training; the random generator has been set to the run's seed before it was made."""
        return dict(self.network.named_parameters())

    def observe(self, state: RunState) -> View | None:
        """What the network makes of a fixed example, where the lab draws it."""
        return None


def problem_of(settings: TrainingSettings) -> Problem:
    """The lab's problem is in lab.py, the application's in apps/<kind>.py; each has a function `problem(settings)`."""
    module = import_module("rnn_core.lab.problem" if settings.kind == "lab" else f"rnn_core.learn.apps.{settings.kind}")
    made: Problem = module.problem(settings)
    return made


def generator(seed: int, step: int, stream: int = 0) -> torch.Generator:
    """Random numbers that belong to this step of this seed; streams never meet."""
    return torch.Generator().manual_seed(number(seed, step, stream))


def number(seed: int, step: int, stream: int = 0) -> int:
    return int(np.random.SeedSequence([stream, seed, step]).generate_state(1)[0])
