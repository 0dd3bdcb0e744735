"""One network of the study as a training run: the settings of the recorded study, one seed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.errors import CoreError
from rnn_core.learn.fields import choice, real, whole
from rnn_core.learn.settings import Shapes, TrainingSettings
from rnn_core.learn.state import RunState
from rnn_core.studies.tracking.results import CELLS, Budget
from rnn_core.studies.tracking.tasks import TASKS, TrackingTask
from rnn_core.studies.tracking.weights import TRANSFORMER, network_weights

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

LIVE_CELLS = (*CELLS, TRANSFORMER)


@dataclass(frozen=True)
class TrackingSettings(TrainingSettings):
    kind: ClassVar[str] = "tracking"

    task: str = choice("parity", tuple(TASKS))
    cell: str = choice("lstm", LIVE_CELLS)
    hidden: int = whole(Budget.hidden, low=2, high=64)
    readout: int = whole(Budget.readout, low=1, high=64)
    tested: int = whole(Budget.tested, low=1, high=512)  # sequences of the held-out set

    rate: float = real(Budget.rate, low=0.0, high=1.0)
    schedule: str = choice("cosine", ("cosine", "constant"))
    clip_norm: float | None = real(Budget.clip, low=1e-6, high=1e6)
    batch: int = whole(Budget.batch, low=1, high=128)
    budget: int = whole(Budget.updates, low=1, high=10_000)
    check_every: int = whole(20, low=1, high=10_000)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.cell == TRANSFORMER and self.hidden < 8:
            raise CoreError("hidden", self.hidden, "at least 8 for the Transformer to have the GRU's number of weights")

    @property
    def shown_task(self) -> TrackingTask:
        return TASKS[self.task]

    def network_shapes(self) -> Shapes:
        cell, readout = network_weights(self.cell, self.shown_task, self.hidden, self.readout, self.seed)
        named = {f"cell.{name}": value for name, value in cell.items()}
        return {name: value.shape for name, value in (named | {f"readout.{n}": v for n, v in readout.items()}).items()}

    def problem(self) -> "Problem":
        from rnn_core.studies.tracking.problem import Tracking

        return Tracking(self)


def rights(state: RunState) -> tuple[float, ...]:
    """A job of the workers: the shares of right answers of a run's network at all lengths of its task."""
    from rnn_core.studies.tracking.problem import rights as measured

    return measured(state)
