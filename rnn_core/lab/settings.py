"""The settings of a run in the lab, as one frozen value that determines the run."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from rnn_core.arrays import Cell
from rnn_core.errors import CoreError
from rnn_core.lab.tasks import Task, task_from_plain, task_to_plain
from rnn_core.lab.tasks.adding import Adding
from rnn_core.learn.fields import choice, flag, plain, real, whole
from rnn_core.learn.runfile import Kinds
from rnn_core.learn.settings import MOST_PARAMETERS, OPTIMISERS, SCHEDULES, Shapes, TrainingSettings
from rnn_core.learn.shapes import MODERN, core_cell, linear_shapes, modern_shapes, recurrent_shapes, state_size
from rnn_core.learn.state import RunState

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

__all__ = ["CELLS", "INITS", "MOST_PARAMETERS", "OPTIMISERS", "SCHEDULES", "RunSettings", "lab_settings"]

CELLS = ("rnn-tanh", "rnn-relu", "gru", "lstm", *MODERN)
INITS = ("torch", "xavier", "orthogonal", "identity", "spectral_radius", "singular_value", "zeros")
UNSCALED_INITS = ("torch", "zeros")

MOST_AT_ONCE = 4_000_000  # numbers of the largest array of a cell after the LSTM: a batch keeps dozens of such arrays


@dataclass(frozen=True)
class RunSettings(TrainingSettings):
    kind: ClassVar[str] = "lab"

    task: Task = field(default_factory=Adding)

    cell: str = choice("lstm", CELLS)
    layers: int = whole(1, low=1, high=4)
    bidirectional: bool = flag(False)
    hidden: int = whole(32, low=4, high=256)
    embedding: int | None = whole(None, low=1, high=128)  # unset: symbols are one-hot
    init: str = choice("torch", INITS)
    gain: float = real(1.0, low=0.0, high=10.0)  # of W_hh; for spectral_radius and singular_value the value itself
    forget_bias: float | None = real(None, low=-10.0, high=10.0)
    chrono: int | None = whole(None, low=3, high=10_000)  # T_max of the chrono initialisation

    dropout: float = real(0.0, low=0.0, high=0.9)  # on the output of every layer
    same_mask: bool = flag(False)  # variational dropout: one mask for all steps of a sequence
    keep_gradient: float = real(0.0, low=0.0, high=10.0)  # weight of Pascanu's regulariser against vanishing
    truncate: int | None = whole(None, low=1, high=1000)  # time steps of back-propagation
    # The share of true inputs: scheduled sampling changes it linearly from the first number to the second over the budget.
    teacher_forcing: float = real(1.0, low=0.0, high=1.0)
    teacher_forcing_end: float = real(1.0, low=0.0, high=1.0)

    def __post_init__(self) -> None:
        if not isinstance(self.task, Task):
            raise CoreError("task", type(self.task).__name__, "one of the tasks")
        super().__post_init__()
        self._check_cell()
        self._check_training()
        self._check_size()

    def _check_cell(self) -> None:
        if self.is_modern:
            self._check_modern()
        gated = self.cell in ("gru", "lstm")
        for name in ("forget_bias", "chrono"):
            if getattr(self, name) is not None and not gated:
                raise CoreError(name, getattr(self, name), f"nothing: it is for GRU and LSTM, not for {self.cell!r}")
        if self.forget_bias is not None and self.chrono is not None:
            raise CoreError("forget_bias", self.forget_bias, "nothing beside chrono: both set the same bias")
        if self.gain != 1.0 and self.init in UNSCALED_INITS:
            raise CoreError("gain", self.gain, f"1: the initialisation {self.init!r} has no gain")
        if self.embedding is not None and not self.task.input_symbols:
            raise CoreError(
                "embedding", self.embedding, f"nothing: the inputs of the task {self.task.name!r} are numbers"
            )
        if self.bidirectional and self.task.predicts_own_input:
            raise CoreError(
                "bidirectional", True, f"one direction: in {self.task.name!r} the other one would read the answer"
            )

    def _check_modern(self) -> None:
        if self.init != "torch":
            raise CoreError("init", self.init, f"'torch': the cell {self.cell!r} has an initialisation of its own")
        if self.bidirectional:
            raise CoreError("bidirectional", True, f"one direction with the cell {self.cell!r}")
        if self.truncate is not None or self.may_read_own_outputs:
            name = "teacher_forcing" if self.truncate is None else "truncate"
            raise CoreError(name, getattr(self, name), f"nothing: {self.cell!r} is computed for all steps at once")

    def _check_training(self) -> None:
        one_direction = {"truncate": self.truncate is not None, "keep_gradient": self.keep_gradient > 0}
        for name, wanted in one_direction.items():
            if wanted and self.bidirectional:
                raise CoreError(name, getattr(self, name), "nothing in a bidirectional network, which has no last step")
        if self.same_mask and not self.dropout:
            raise CoreError("same_mask", True, "a dropout above 0, for there to be a mask")
        if self.may_read_own_outputs:
            if not self.task.predicts_own_input:
                raise CoreError(
                    "teacher_forcing", self.teacher_forcing, f"1: {self.task.name!r} never reads its own answers"
                )
            if self.truncate is not None or self.keep_gradient:
                raise CoreError("teacher_forcing", self.teacher_forcing, "1 beside truncate or keep_gradient")
        if self.keep_gradient and (
            not self.cell.startswith("rnn") or self.layers > 1 or self.truncate is not None or self.dropout
        ):
            raise CoreError(
                "keep_gradient", self.keep_gradient, "0, or a plain RNN of one layer without truncation and dropout"
            )

    def _check_size(self) -> None:
        self.check_size(self.task.length, "use fewer layers or a smaller hidden size")

        if self.is_modern and self._largest_at_once() > MOST_AT_ONCE:
            raise CoreError(
                "batch, steps and state",
                f"{self._largest_at_once() / 1e6:.1f} million numbers of one layer at once",
                f"at most {MOST_AT_ONCE / 1e6:.0f} million: make one of the three smaller",
            )

    def _largest_at_once(self) -> int:
        """The numbers of the largest array of a layer for a batch, as `learn/layers.py` computes it."""
        B, T, H, N = self.batch, self.task.length, self.hidden, state_size(self.cell, self.hidden)
        match self.cell:
            case "lru":
                return max(N * T * T, B * T * H)
            case "selective":
                return B * T * H * N
            case "mlstm" | "linear_attention" | "delta_net" | "gated_delta_net":
                return max(B * T * T, B * T * H)
            case _:
                return B * T * H

    @property
    def is_modern(self) -> bool:
        """Whether the cell is one of those after the LSTM."""
        return self.cell in MODERN

    @property
    def may_read_own_outputs(self) -> bool:
        """Whether the network may read its own outputs in training."""
        return min(self.teacher_forcing, self.teacher_forcing_end) < 1.0

    @property
    def input_size(self) -> int:
        """X, the width of the first layer's input."""
        return self.embedding or len(self.task.input_names)

    @property
    def core_cell(self) -> Cell:
        return core_cell(self.cell)

    @property
    def directions(self) -> int:
        return 2 if self.bidirectional else 1

    def network_shapes(self) -> Shapes:
        """Embedding (symbols only), layers, readout; `layout.py` explains the names."""
        shapes: dict[str, tuple[int, ...]] = {}
        if self.embedding is not None:
            shapes["embedding.weight"] = (len(self.task.input_symbols), self.embedding)
        for layer in range(self.layers):
            width = self.input_size if layer == 0 else self.directions * self.hidden
            if self.is_modern:
                own = modern_shapes(self.cell, width, self.hidden)
                shapes |= {f"layers.{layer}.{name}": shape for name, shape in own.items()}
                continue
            shapes |= recurrent_shapes(
                f"layers.{layer}.", self.core_cell, width, self.hidden, directions=self.directions
            )
        return shapes | linear_shapes("readout.", self.directions * self.hidden, len(self.task.output_names))

    def problem(self) -> "Problem":
        from rnn_core.lab.problem import Lab

        return Lab(self)

    def teacher_forcing_at(self, step: int) -> float:
        done = min(step / self.budget, 1.0)
        return self.teacher_forcing + done * (self.teacher_forcing_end - self.teacher_forcing)

    def to_plain(self) -> dict[str, Any]:
        """A JSON object with every option, for run files."""
        return {"task": task_to_plain(self.task), **plain(self)}

    def to_link(self) -> dict[str, Any]:
        """A JSON object with the task and the options that differ from their default, for links."""
        standard = plain(RunSettings())
        return {
            "task": task_to_plain(self.task),
            **{name: value for name, value in plain(self).items() if value != standard[name]},
        }

    @classmethod
    def read(cls, given: object) -> "RunSettings":
        """Settings from `to_plain` or `to_link`; missing options have their default, unknown ones are refused."""
        if isinstance(given, dict) and "task" in given:
            given = {**given, "task": task_from_plain(given["task"])}
        return cls.from_plain(given, "settings")


def lab_settings(state: RunState) -> RunSettings:
    """The settings of a run of the lab; a run of an application is refused."""
    if not isinstance(state.settings, RunSettings):
        raise TypeError(f"a run of the lab, not of {state.settings.kind!r}")
    return state.settings


KINDS: Kinds = {RunSettings.kind: RunSettings.read}  # the kinds of run in a run file of the lab
