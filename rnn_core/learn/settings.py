"""The training options that every run has, in the lab and in each application."""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self

from rnn_core.errors import CoreError
from rnn_core.learn.fields import Options, choice, plain, real, whole

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

OPTIMISERS = ("sgd", "momentum", "rmsprop", "adam", "adamw")
SCHEDULES = ("constant", "warm-up", "halving", "cosine")
MOST_PARAMETERS = (
    1_500_000  # the state with Adam's moments stays under 18 MB: every chunk sends it to a worker and back
)
MOST_WORK = 4_000_000_000  # batch * steps * parameters: about a second for one step of training on one core

Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class TrainingSettings(Options, ABC):
    """Equal settings give equal runs, bit for bit."""

    kind: ClassVar[str]  # "lab", or the application's name: which problem is trained
    keeps_best: ClassVar[bool] = False  # whether a run also keeps the weights that were best on validation

    optimiser: str = choice("adam", OPTIMISERS)
    rate: float = real(0.005, low=0.0, high=1000.0)
    momentum: float = real(0.9, low=0.1, high=0.999)  # of the optimiser "momentum"
    schedule: str = choice("constant", SCHEDULES)
    clip_norm: float | None = real(None, low=1e-6, high=1e6)
    clip_value: float | None = real(None, low=1e-6, high=1e6)
    l1: float = real(0.0, low=0.0, high=1.0)  # penalties on matrices, not on biases
    l2: float = real(0.0, low=0.0, high=1.0)
    weight_decay: float = real(0.0, low=0.0, high=1.0)  # of the optimiser "adamw"
    batch: int = whole(64, low=1, high=512)

    seed: int = whole(0, low=0, high=2**31 - 1)
    budget: int = whole(1000, low=1, high=1_000_000)
    target: float | None = real(None, low=0.0, high=1e6)  # held-out loss at which the run ends
    patience: int | None = whole(None, low=1, high=1_000_000)  # steps without a better held-out loss
    check_every: int = whole(50, low=1, high=10_000)  # steps between two evaluations on the held-out set

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.weight_decay and self.optimiser != "adamw":
            raise CoreError("weight_decay", self.weight_decay, "0 unless the optimiser is 'adamw'; l2 works with each")

    @abstractmethod
    def network_shapes(self) -> Shapes:
        """The shape of every tensor of the network, in order, so that a file can be checked without torch."""

    @abstractmethod
    def problem(self) -> "Problem":
        """The training problem. It imports torch, so only worker processes call this."""

    def carry_shapes(self) -> Shapes:
        """The shapes of the tensors that one batch passes to the next beside the weights: states of a network that reads on."""
        return {}

    @property
    def parameters(self) -> int:
        """The number of trained scalars (two biases per gate, as in torch)."""
        return sum(math.prod(shape) for shape in self.network_shapes().values())

    def check_size(self, length: int, advice: str) -> None:
        """Refuse a network that is too large, or one whose training step over `length` time steps takes too long."""
        if self.parameters > MOST_PARAMETERS:
            found = f"a network of {self.parameters:,} parameters"
            raise CoreError("hidden and layers", found, f"at most {MOST_PARAMETERS:,}: {advice}")
        work = self.batch * length * self.parameters
        if work > MOST_WORK:
            raise CoreError(
                "batch, steps and hidden",
                f"{work / 1e9:.1f} billion multiplications in one step",
                f"at most {MOST_WORK / 1e9:.0f} billion: make one of the three smaller",
            )

    def rate_at(self, step: int) -> float:
        """The learning rate of the update that follows `step` earlier ones."""
        done = min(step / self.budget, 1.0)
        match self.schedule:
            case "warm-up":
                return self.rate * min(1.0, (step + 1) / max(1.0, 0.1 * self.budget))
            case "halving":
                return float(self.rate * 0.5 ** int(4 * done))
            case "cosine":
                return float(self.rate * 0.5 * (1.0 + math.cos(math.pi * done)))
            case _:
                return self.rate

    def changed(self, **options: Any) -> Self:
        """These settings with some options changed, checked again."""
        return replace(self, **options)

    def to_plain(self) -> dict[str, Any]:
        """A JSON object with every option, for run files."""
        return {"kind": self.kind, **plain(self)}
