"""What a run is between two chunks, and what a chunk reports. Frozen, small, and free of torch, so that the app's own
process can hold, show and save them."""

import math
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rnn_core.learn.settings import TrainingSettings

Floats = NDArray[np.float32]
Reason = Literal["budget", "target", "patience", "overflow"]


@dataclass(frozen=True)
class Ending:
    """Why a run ended by itself. A hand that stops it leaves no ending: it can always go on."""

    reason: Reason
    step: int
    what: str = ""  # overflow: "loss", "gradient" or "weights", whichever was first not finite


@dataclass(frozen=True)
class RunState:
    """A run between two steps. Equal states go on equally.

    There is no state of a random generator: batch k, and the masks and coins of step k, are functions of (seed, k).
    """

    settings: TrainingSettings
    step: int  # updates made so far
    tensors: bytes  # safetensors: network.<name>, carry.<name> and optimiser.<name>.<moment>, float32
    best_loss: float = math.inf  # on the held-out set
    best_step: int = 0
    ending: Ending | None = None

    @cached_property
    def digest(self) -> str:
        """Of equal states equal, of others another: a key that does not hold the state."""
        words = repr((self.settings, self.step, self.best_loss, self.best_step, self.ending))
        return sha256(words.encode("utf-8", "surrogatepass") + self.tensors).hexdigest()


@dataclass(frozen=True)
class Steps:
    """One value for each of n steps of training."""

    step: NDArray[np.int64]  # (n,) counted from 1: the update that followed
    loss: Floats  # (n,) on the training batch, before the update
    measure: Floats  # (n,) the task's measure of success on the training batch
    gradient_norm: Floats  # (n,) as it came
    clipped_norm: Floats  # (n,) as it was used


@dataclass(frozen=True)
class Checks:
    """One value for each of m looks at the held-out set; P tensors."""

    step: NDArray[np.int64]  # (m,) updates made before the look
    loss: Floats  # (m,)
    measure: Floats  # (m,)
    weight_norms: Floats  # (m, P)
    update_norms: Floats  # (m, P) of the update just made; 0 before the first
    names: tuple[str, ...]  # of the P tensors


@dataclass(frozen=True)
class LayerView:
    """One layer and direction while it reads the example; at most 64 units. A backward layer is shown in reading order."""

    name: str  # "layer 1", "layer 1, backward"
    hs: Floats  # (T+1, H)
    cs: Floats | None  # (T+1, H) the LSTM's cell
    gate_names: tuple[str, ...]
    gates: tuple[Floats, ...]  # each (T, H)
    gradient_norms: Floats  # (T+1,) the norm of dL/dh_t for the example's loss


@dataclass(frozen=True)
class Sample:
    """A sequence of symbols, what was asked and what the network said."""

    given: str
    target: str
    predicted: str


@dataclass(frozen=True)
class View:
    """What the network makes of one fixed example that it was never trained on, as plain arrays."""

    step: int
    inputs: Floats  # (T, X) one-hot where the inputs are symbols
    targets: Floats  # (S, Y) one-hot where the answers are classes
    outputs: Floats  # (S, Y) numbers, or the probability of each class
    asked: Floats  # (S,) 1 where an answer is asked for
    layers: tuple[LayerView, ...]
    samples: tuple[Sample, ...]
    continued: Floats | None  # (T - T//2, Y) said in place of the later half, each answer being the next input


@dataclass(frozen=True)
class Metrics:
    """What a chunk reports. All but `seconds` is a function of the state that it began from and of its number of steps."""

    steps: Steps
    checks: Checks
    view: View | None
    seconds: float  # spent on training steps and looks at the held-out set
    view_seconds: float  # spent on the view
