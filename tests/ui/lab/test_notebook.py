"""The notebook of a comparison is plain Python that repeats its runs."""

import json

import numpy as np
import pytest

from rnn_core.lab.comparison import Comparison
from rnn_core.lab.layout import first_weights
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import TASKS, Task
from rnn_core.lab.tasks.parity import Parity
from rnn_core.lab.tasks.waves import Waves
from rnn_core.learn import train
from rnn_core.learn.shapes import MODERN
from ui.lab.comparison.notebook import notebook

STEPS = 3
SHARED = {"budget": STEPS, "check_every": 1, "batch": 4, "hidden": 5}


def repeated(comparison: Comparison) -> dict:
    """What the notebook's cells leave behind, all but the picture's."""
    names = [f"setting {place}" for place in range(len(comparison.settings))]
    cells = json.loads(notebook(comparison, names, "https://example.org"))["cells"]
    code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    space: dict = {"__name__": "notebook"}
    for cell in code[:-1]:
        exec(compile(cell, "<cell>", "exec"), space)
    return space


def check(comparison: Comparison) -> None:
    space = repeated(comparison)
    for place, settings in enumerate(comparison.settings):
        for seed in range(comparison.seeds):
            own = settings.changed(seed=seed)
            _, ours = train.advance(train.start(own), STEPS, view=False)
            losses, looks = space["results"][f"setting {place}", seed]
            np.testing.assert_allclose(losses, ours.steps.loss, rtol=2e-4)
            np.testing.assert_allclose([row[0] for row in looks], ours.checks.step)
            np.testing.assert_allclose([row[1] for row in looks], ours.checks.loss, rtol=2e-4)
            np.testing.assert_allclose([row[2] for row in looks], ours.checks.measure, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("task", [kind() for kind in TASKS.values()], ids=lambda task: task.name)
def test_it_repeats_every_task(task: Task) -> None:
    check(Comparison((RunSettings(task=task, **SHARED),), seeds=1))


def test_it_repeats_every_option() -> None:
    task, shared = Waves(steps=6, examples=3), dict(SHARED)
    options = [
        {"cell": "rnn-tanh", "keep_gradient": 0.5, "optimiser": "sgd", "clip_norm": 0.1},
        {"cell": "gru", "layers": 2, "dropout": 0.4, "optimiser": "momentum", "schedule": "cosine"},
        {"cell": "lstm", "dropout": 0.4, "same_mask": True, "optimiser": "rmsprop", "l1": 0.01, "schedule": "warm-up"},
        {"cell": "lstm", "truncate": 4, "optimiser": "adamw", "weight_decay": 0.3, "clip_value": 0.01},
        {"cell": "gru", "teacher_forcing_end": 0.0, "l2": 0.1, "schedule": "halving"},
    ]
    check(Comparison(tuple(RunSettings(task=task, **shared, **each) for each in options), seeds=2))
    both = RunSettings(task=Parity(steps=8), bidirectional=True, layers=2, cell="rnn-relu", **shared)
    check(Comparison((both, both.changed(cell="gru")), seeds=1))


def test_it_repeats_the_cells_after_the_lstm() -> None:
    """Beside a GRU, and with two layers."""
    settings = [RunSettings(task=Parity(steps=8), cell=cell, layers=2, **SHARED) for cell in (*MODERN, "gru")]
    check(Comparison(tuple(settings[:6]), seeds=1))
    check(Comparison(tuple(settings[6:]), seeds=1))


INITS = [
    {"init": "torch", "forget_bias": 2.0},
    {"init": "xavier", "gain": 0.5},
    {"init": "orthogonal", "chrono": 20},
    {"init": "identity"},
    {"init": "spectral_radius", "gain": 1.1},
    {"init": "singular_value", "gain": 0.9},
    {"init": "zeros"},
]


def test_it_begins_with_the_same_weights() -> None:
    task = TASKS["copy"]()
    for cell in ("lstm", "gru", "rnn-tanh"):
        gated = cell in ("lstm", "gru")
        options = [each for each in INITS if gated or not each.keys() & {"forget_bias", "chrono"}]
        each = [RunSettings(task=task, cell=cell, embedding=3, **(SHARED | {"budget": 1} | own)) for own in options]
        for part in (each[:4], each[4:]):
            space = repeated(Comparison(tuple(part), seeds=1))
            for own, settings in zip(space["SETTINGS"].values(), part, strict=True):
                theirs = space["first_weights"](space["settings_of"](own, 0))
                for name, values in first_weights(settings).items():
                    np.testing.assert_allclose(theirs[name].numpy(), values, rtol=1e-5, atol=1e-7, err_msg=name)
