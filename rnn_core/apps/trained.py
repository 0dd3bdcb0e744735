"""The trained networks that ship with the app: run files without the optimiser's state, and their scores.

rnn_core/apps/<application>/files/<variant>.safetensors is a run that has ended, with its learning curve; the .json beside it holds
its scores on the test data, the seconds of training, and the command that makes both again (rnn_core/apps/make.py).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from rnn_core.apps.scores import Scores
from rnn_core.apps.settings import AppSettings
from rnn_core.learn import runfile
from rnn_core.learn.state import BEST, RunState

APPS = Path(__file__).parent


@dataclass(frozen=True)
class About:
    scores: Scores  # on the test data
    seconds: float  # of training, on one core of the machine that made it
    command: str


@dataclass(frozen=True)
class Trained:
    state: RunState
    curves: Mapping[str, NDArray[np.float32]]
    about: About


def load_trained(settings: type[AppSettings], variant: str) -> Trained:
    """A network that ships, by the type of its application's settings and the name of its file."""
    weights = APPS / settings.kind / "files" / f"{variant}.safetensors"
    state, curves = runfile.load(weights.read_bytes(), {settings.kind: settings.read})
    return Trained(state, curves, About(**json.loads(weights.with_suffix(".json").read_text(encoding="utf-8"))))


def save_trained(variant: str, trained: Trained) -> None:
    state = trained.state
    kept = {name: value for name, value in load(state.tensors).items() if not name.startswith(("optimiser.", BEST))}
    weights = APPS / state.settings.kind / "files" / f"{variant}.safetensors"
    weights.parent.mkdir(exist_ok=True)
    weights.write_bytes(runfile.save(replace(state, tensors=save(kept)), trained.curves))
    weights.with_suffix(".json").write_text(json.dumps(asdict(trained.about), indent=2) + "\n", encoding="utf-8")
