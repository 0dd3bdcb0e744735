"""The networks of one training run at several steps: they show when a unit learned what.

python -m rnn_core.apps.snapshots                    trains all of them again (some minutes on one core)
python -m rnn_core.apps.snapshots text english-lstm  one of them

The training is that of the network that ships, from the same seed. The weights are kept as float16: what is shown of them has two
or three digits.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load, load_file, save, save_file

from rnn_core.apps.registry import APPLICATIONS
from rnn_core.errors import CoreError
from rnn_core.learn.state import RunState

APPS = Path(__file__).parent
NETWORK = "network."
COUNT = 8
RECORDED: Mapping[str, tuple[str, ...]] = {"text": ("english-lstm",), "sentiment": ("lstm", "gru")}


@dataclass(frozen=True)
class Snapshots:
    """The networks of one training, the untrained one first."""

    states: tuple[RunState, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        return tuple(state.step for state in self.states)


def steps_of(budget: int) -> tuple[int, ...]:
    """0, and then steps that grow by a constant factor up to the budget: most is learned early."""
    grown = np.geomspace(budget / 100, budget, COUNT - 1)
    return (0, *(round(float(step)) for step in grown))


def _path(application: str, variant: str) -> Path:
    return APPS / application / "files" / f"{variant}.snapshots.safetensors"


@cache
def snapshots(application: str, variant: str) -> Snapshots:
    if variant not in RECORDED.get(application, ()):
        raise CoreError("variant", f"{application} {variant}", "a training whose steps are recorded")
    settings = APPLICATIONS[application].settings.shipped()[variant]
    stored = load_file(_path(application, variant))
    by_step: dict[int, dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]] = {}
    for name, value in stored.items():
        step, _slash, tensor = name.partition("/")
        by_step.setdefault(int(step), {})[NETWORK + tensor] = value.astype(np.float32)
    return Snapshots(tuple(RunState(settings, step, save(by_step[step])) for step in sorted(by_step)))


def record(application: str, variant: str) -> dict[str, float]:
    """Trains, writes the file, and returns the scores of the last network."""
    from rnn_core.learn.train import advance, start

    settings = APPLICATIONS[application].settings.shipped()[variant]
    state, stored = start(settings), {}
    for step in steps_of(settings.budget):
        if step > state.step:
            state, _metrics = advance(state, step - state.step, view=False)
        for name, value in load(state.tensors).items():
            if name.startswith(NETWORK):
                stored[f"{step}/{name.removeprefix(NETWORK)}"] = value.astype(np.float16)
    save_file(stored, _path(application, variant))
    return dict(APPLICATIONS[application].scores(replace(state, ending=None)))


if __name__ == "__main__":
    wanted = sys.argv[1:]
    for app, variants in RECORDED.items():
        for each in variants:
            if wanted[:1] in ([], [app]) and wanted[1:] in ([], [each]):
                print(app, each, json.dumps(record(app, each)), flush=True)
