"""The presets of the page on hidden states, each a small picture of its states."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from rnn_core.studies.sequences import PlaneSetup, SequenceSetup, plane_path, run_of, with_difference
from ui.browser.thumbnails import Thumbnail
from ui.i18n import Language, _, language
from ui.memory.sequences import controls

UNITS = 3  # ribbons of a thumbnail

DEFAULTS: controls.Settings = {
    "view": "time",
    "cell": "rnn",
    "gain": 0.9,
    "T": 60,
    "H": 16,
    "input": "pulse",
    "init": "orthogonal",
    "seed": 0,
}
EXAMPLES: Mapping[str, controls.Settings] = {
    "echo": {},
    "restless": {"gain": 1.2, "T": 120, "sort": "similarity"},
    "loop": {"view": "path", "input": "wave", "gain": 0.9, "T": 120},
    "butterfly": {"view": "apart", "gain": 2.2, "T": 200, "H": 64, "input": "noise", "size": 1e-9},
    "slow": {
        "cell": "gru",
        "gain": 1.0,
        "T": 120,
        "H": 64,
        "init": "chrono",
        "input": "wave",
        "sort": "time",
        "units": [26, 20],
    },
    "bit": {"view": "plane", "plane": "one_bit"},
}


def example_labels() -> dict[str, str]:
    return {
        "echo": _("A short echo"),
        "restless": _("Never at rest"),
        "loop": _("A loop"),
        "butterfly": _("The butterfly"),
        "slow": _("Slow and fast"),
        "bit": _("One bit"),
    }


def pictures() -> dict[str, Thumbnail]:
    return _pictures(language())


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    names = example_labels()
    return {name: Thumbnail(names[name], ribbons=_states(name)) for name in EXAMPLES}


@cache
def _states(name: str) -> tuple[list[float], ...]:
    """The first units over time, as parts of the largest value; where two runs are compared, their difference."""
    now: dict[str, Any] = {**DEFAULTS, **EXAMPLES[name]}
    if now["view"] == "plane":
        values = plane_path(PlaneSetup(now["plane"], first=-0.3))  # where the page starts
    else:
        setup = SequenceSetup(now["cell"], now["H"], now["T"], 0, now["init"], now["gain"], now["input"])
        values = run_of(setup).hs
        if now["view"] == "apart":
            values = run_of(setup, with_difference(setup, now["T"] // 6, now["size"])).hs - values
    shown = values[:, :UNITS]
    return tuple((unit / np.abs(shown).max()).tolist() for unit in shown.T)
