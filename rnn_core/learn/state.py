"""The state of a run between two chunks, and the report of a chunk. They are immutable, small and free of torch, so that
the app's process can keep, show and save them."""

import math
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from rnn_core.learn.settings import TrainingSettings

Floats = NDArray[np.float32]
BEST = "best."  # before the names of the weights that were best on the held-out set
Reason = Literal["budget", "target", "patience", "overflow"]


@dataclass(frozen=True)
class Ending:
    """The reason why a run ended by itself. A run that a visitor stops has no ending: it can continue."""

    reason: Reason
    step: int
    what: str = ""  # overflow: "loss", "gradient" or "weights", whichever was first not finite


@dataclass(frozen=True)
class RunState:
    """A run between two training steps. Equal states continue equally.

    It has no state of a random generator: batch k and the random draws of step k are functions of (seed, k).
    """

    settings: TrainingSettings
    step: int  # updates made so far
    tensors: (
        bytes  # safetensors, float32: network.<name>, carry.<name>, optimiser.<name>.<moment> and perhaps best.<name>
    )
    best_loss: float = math.inf  # on the held-out set
    best_step: int = 0
    ending: Ending | None = None

    @cached_property
    def digest(self) -> str:
        """A hash of the state's contents, as a key of caches that must not keep the state alive."""
        words = repr((self.settings, self.step, self.best_loss, self.best_step, self.ending))
        return sha256(words.encode("utf-8", "surrogatepass") + self.tensors).hexdigest()

    @cached_property
    def at_best(self) -> "RunState | None":
        """The network of the step that was best on the held-out set, to be used and not to be trained further.

        None if the present weights are the best ones, or if the run did not keep those of an earlier step.
        """
        tensors = load(self.tensors)
        best = {name.removeprefix(BEST): value for name, value in tensors.items() if name.startswith(BEST)}
        if not best:
            return None
        network = {f"network.{name}": value for name, value in best.items()}
        carry = {name: value for name, value in tensors.items() if name.startswith("carry.")}
        return RunState(
            self.settings, self.best_step, save(network | carry), self.best_loss, self.best_step, self.ending
        )


@dataclass(frozen=True)
class Steps:
    """One value for each of n training steps."""

    step: NDArray[np.int64]  # (n,) counted from 1: the update that followed
    loss: Floats  # (n,) on the training batch, before the update
    measure: Floats  # (n,) the task's measure of success on the training batch
    gradient_norm: Floats  # (n,) before clipping
    clipped_norm: Floats  # (n,) after clipping


@dataclass(frozen=True)
class Checks:
    """One value for each of m evaluations on the held-out set; P tensors."""

    step: NDArray[np.int64]  # (m,) updates made before the evaluation
    loss: Floats  # (m,)
    measure: Floats  # (m,)
    weight_norms: Floats  # (m, P)
    update_norms: Floats  # (m, P) of the update just made; 0 before the first
    names: tuple[str, ...]  # of the P tensors


@dataclass(frozen=True)
class LayerView:
    """The run of one layer and direction on the example; at most 64 units. A backward layer is in its reading order."""

    name: str  # "layer 1", "layer 1, backward"
    hs: Floats  # (T+1, H) the states; (T, H) where the output is computed from another state
    cs: Floats | None  # (T+1, H) the LSTM's cell
    gate_names: tuple[str, ...]
    gates: tuple[Floats, ...]  # each (T, H), or (T, 1) for a gate of all units
    gradient_norms: Floats  # (T+1,) the norm of dL/dh_t for the example's loss, or of that on another state
    # The shape of hs, or of cs where there is one: that state less that of a run with the input's marks erased.
    by_marks: Floats | None
    state: str = "h"  # the letter of the state whose gradient is followed


@dataclass(frozen=True)
class Sample:
    """A sequence of symbols, its target, and the network's prediction."""

    given: str
    target: str
    predicted: str


@dataclass(frozen=True)
class View:
    """The network's run on one fixed held-out example, as plain arrays."""

    step: int
    inputs: Floats  # (T, X) one-hot where the inputs are symbols
    targets: Floats  # (S, Y) one-hot where the answers are classes
    outputs: Floats  # (S, Y) numbers, or the probability of each class
    asked: Floats  # (S,) 1 where an output counts
    layers: tuple[LayerView, ...]
    samples: tuple[Sample, ...]
    continued: Floats | None  # (T - T//2, Y) predictions of the later half, each fed back as the next input


@dataclass(frozen=True)
class Metrics:
    """The report of a chunk. All fields except the seconds are a function of the initial state and the number of steps."""

    steps: Steps
    checks: Checks
    view: View | None
    seconds: float  # spent on training steps and evaluations
    view_seconds: float  # spent on the view
