"""The presets of the page on gates, each a small picture of what becomes of its memory."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from rnn_core.analysis import memory
from rnn_core.studies.sequences import SequenceSetup, run_of
from ui.browser.thumbnails import Thumbnail
from ui.i18n import Language, _, language
from ui.memory.gates.controls import keep_letter
from ui.memory.gates.intervention_controls import interventions_of
from ui.memory.gates.intervention_text import Spec
from ui.memory.sequences import controls

UNITS = 2  # ribbons of a thumbnail

DEFAULTS: controls.Settings = {
    "view": "gates",
    "cell": "lstm",
    "bk": 2.0,
    "T": 60,
    "H": 8,
    "input": "wave",
    "init": "torch",
    "seed": 0,
    "m0": 1.0,
}
EXACT: controls.Settings = {"view": "left", "init": "zeros"}
EXAMPLES: Mapping[str, controls.Settings] = {
    "leak": {},
    "half": {"bk": 0.0},
    "one": {**EXACT, "bk": 1.0, "T": 100},
    "chrono": {**EXACT, "bk": 4.595, "T": 100},
    "oldest": {"cell": "lstm97", "view": "left", "T": 200},
    "mixture": {"view": "left", "bk": 3.0, "init": "xavier"},
    "shut": {"view": "hold", "bk": 3.0, "do": "gate", "held": "f", "open": 0.0, "steps60": (21, 22), "who": "all"},
}


def example_labels() -> dict[str, str]:
    return {
        "leak": _("A slow leak"),
        "half": _("Half open"),
        "one": _("Bias 1"),
        "chrono": _("Bias 4.595"),
        "oldest": _("Nothing forgotten"),
        "mixture": _("Made of what?"),
        "shut": _("Shut the gate"),
    }


def pictures() -> dict[str, Thumbnail]:
    return _pictures(language())


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    names = example_labels()
    return {name: Thumbnail(names[name], ribbons=_memories(name)) for name in EXAMPLES}


@cache
def _memories(name: str) -> tuple[list[float], ...]:
    """The memory of the first units over time, as parts of the largest."""
    now: dict[str, Any] = {**DEFAULTS, **EXAMPLES[name]}
    form = now["cell"]
    setup = SequenceSetup(
        form,
        now["H"],
        now["T"],
        0,
        now["init"],
        signal=now["input"],
        biases=((f"b_{keep_letter(form)}", now["bk"]),),
        start=now["m0"],
    )
    first, last = now.get("steps60", (1, 1))
    held = (Spec(now["held"], None, first, last, now["open"]),) if "held" in now else ()
    values = memory.memory(run_of(setup, interventions=interventions_of(held, setup))).values[:, :UNITS]
    return tuple((unit / np.abs(values).max()).tolist() for unit in values.T)
