r"""The three-bit flip-flop (Sussillo and Barak 2013): three switches, each of which remembers its last pulse.

Three inputs are 0 most of the time, and now and then +1 or -1. Each of three outputs is the last pulse of its input. With 0 as
the input, a network that remembers has one stable state for each of the $2^3 = 8$ combinations.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np
from safetensors.numpy import load_file

from rnn_core.analysis.inside.network import Network
from rnn_core.blocks.readout import ReadoutParams
from rnn_core.formats.torch_names import from_named
from rnn_core.lab.tasks.base import Baseline, Batch, Numbers, Rng, Task
from rnn_core.learn.fields import real, whole
from rnn_core.learn.shapes import core_cell, torch_form

FOLDER = Path(__file__).parent / "files"
CELLS = ("rnn-tanh", "gru", "lstm")
BITS = 3


@dataclass(frozen=True)
class FlipFlop(Task):
    steps: int = whole(40, low=4, high=500)
    pulses: float = real(0.2, low=0.01, high=1.0)  # the share of steps at which an input has a pulse

    name: ClassVar[str] = "flip-flop"
    loss: ClassVar[Literal["squared error"]] = "squared error"
    measure_name: ClassVar[str] = "share of outputs with the right sign"

    @property
    def length(self) -> int:
        return self.steps

    @property
    def input_names(self) -> tuple[str, ...]:
        return tuple(f"input {bit + 1}" for bit in range(BITS))

    @property
    def output_names(self) -> tuple[str, ...]:
        return tuple(f"bit {bit + 1}" for bit in range(BITS))

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        """Every input begins with a pulse, so that every target is known. The held-out sequences come from their own stream."""
        shape = (size, self.steps, BITS)
        inputs = rng.choice([-1.0, 1.0], shape) * (rng.random(shape) < self.pulses)
        inputs[:, 0] = rng.choice([-1.0, 1.0], (size, BITS))
        return Batch(inputs.astype(np.float32), last_pulses(inputs), np.ones(shape[:2], np.float32))

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        return float((np.sign(outputs) == batch.targets).mean())

    def baselines(self) -> tuple[Baseline, ...]:
        return (Baseline("always answer 0", 1.0),)


def last_pulses(inputs: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Numbers:
    """(B, T, 3): at each step the last value that was not 0."""
    targets = inputs.copy()
    for t in range(1, inputs.shape[1]):
        targets[:, t] = np.where(inputs[:, t] == 0.0, targets[:, t - 1], inputs[:, t])
    return targets.astype(np.float32)


def load(cell: str) -> Network:
    """The network that `make_flip_flop` trained."""
    stored = {
        name: value.astype(np.float64) for name, value in load_file(FOLDER / f"flip_flop_{cell}.safetensors").items()
    }
    readout = ReadoutParams(stored.pop("readout.weight"), stored.pop("readout.bias"), "identity")
    return Network((from_named(stored, core_cell(cell), torch_form(cell)),), readout)
