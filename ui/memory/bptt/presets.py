"""The presets of the page on back-propagation, each a small picture of its gradient on the way back."""

from functools import cache
from typing import Any

import numpy as np

from rnn_core.arrays import Array
from rnn_core.studies.sequences import SequenceSetup
from rnn_core.studies.two_steps import two_steps
from ui.browser.thumbnails import Thumbnail
from ui.i18n import Language, _, language
from ui.memory.bptt import compute
from ui.memory.bptt.controls import DEFAULTS, EXAMPLES, HAND
from ui.memory.bptt.lane import sizes


def example_labels() -> dict[str, str]:
    return {
        "hand": _("One linear unit"),
        "half": _("Truncated half way"),
        "forgets": _("One that forgets"),
        "grows": _("One that grows"),
        "lstm": _("An LSTM"),
        "every": _("A loss at every step"),
        "free": _("Not truncated"),
    }


def pictures() -> dict[str, Thumbnail]:
    return _pictures(language())


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    names = example_labels()
    return {name: Thumbnail(names[name], ribbons=(_widths(name),), ribbon_ink="gradient") for name in EXAMPLES}


@cache
def _widths(name: str) -> list[float]:
    """The size of the gradient on each state; a step is a column, so that a truncation is an edge."""
    now: dict[str, Any] = {**DEFAULTS, **EXAMPLES[name]}
    if now["picture"] == HAND:
        return _columns(np.abs(two_steps(0.5).dhs))
    rnn = now["cell"] == "rnn"
    keep, gain = (0.0, now["gain"]) if rnn else (now["bk"], 1.0)
    setup = SequenceSetup(
        now["cell"],
        now["H"],
        now["T"],
        0,
        "orthogonal" if rnn else "torch",
        gain,
        "noise",
        (("b_f", keep), ("b_z", keep)),
    )
    at = tuple(range(1, now["T"] + 1)) if now["at"] == "every" else (now["T"],)
    return _columns(sizes(compute.run(setup, at, now["wall12"]).flow)[0])


def _columns(found: Array) -> list[float]:
    return [float(value) for value in np.repeat(found / found.max(), 6)]
