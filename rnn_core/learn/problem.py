"""The interface of a training problem: a network, its loss on training batch k, and its loss on the held-out set.

Everything random is a function of (seed, step). A problem has no state except its network's weights and `carry`, and
both are part of the run's state.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from rnn_core.learn.state import RunState, View


@dataclass(frozen=True)
class Outcome:
    loss: Tensor  # a scalar, which is recorded
    measure: float  # of success; its meaning depends on the problem
    penalty: Tensor | None = None  # a scalar, which is added to the loss in training but not recorded


class Problem(ABC):
    network: nn.Module  # parameters only, no buffers
    carry: dict[str, Tensor]  # passed from one batch to the next without its gradient

    @abstractmethod
    def train_on(self, step: int) -> Outcome:
        """The outcome for training batch `step`, ready for backward()."""

    @abstractmethod
    def held_out(self) -> Outcome:
        """The outcome for the held-out set. Called without gradients; must not change `carry`."""

    def first_weights(self) -> Mapping[str, Tensor]:
        """The network before training; the random generator has been set to the run's seed before it was made."""
        return dict(self.network.named_parameters())

    def observe(self, state: RunState) -> View | None:
        """The network's view of a fixed example, for problems that have one."""
        return None


def generator(seed: int, step: int, stream: int = 0) -> torch.Generator:
    """Random numbers for this step of this seed; streams are independent."""
    return torch.Generator().manual_seed(number(seed, step, stream))


def number(seed: int, step: int, stream: int = 0) -> int:
    return int(np.random.SeedSequence([stream, seed, step]).generate_state(1)[0])
