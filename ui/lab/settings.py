"""The values of the lab's widgets as the settings of a run, and back. No Streamlit: a test tries any values.

`values` are the widgets' values by their keys, which are also the names in the link. What no widget shows (the further
parameters of a task, how often the held-out set is looked at) travels beside them as text under "more".
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

from rnn_core.errors import CoreError
from rnn_core.lab.settings import UNSCALED_INITS, RunSettings
from rnn_core.lab.tasks import Task, task_from_plain, task_to_plain
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.characters import Characters
from rnn_core.lab.tasks.copying import Copying, VariableCopying
from rnn_core.lab.tasks.counting import Counting
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.parity import Parity
from rnn_core.lab.tasks.sea import Sea
from rnn_core.lab.tasks.temporal_order import TemporalOrder
from rnn_core.lab.tasks.waves import Waves
from rnn_core.learn.shapes import MODERN

Values = Mapping[str, Any]
Reason = Literal[
    "no gate",
    "chrono",
    "gain",
    "numbers",
    "own input",
    "not own input",
    "both",
    "adamw",
    "mask",
    "own answers",
    "keep",
    "own initialisation",
    "one direction",
    "all at once",
]


class MoreSettings(TypedDict, total=False):
    """Settings that no widget shows: "more" in the link."""

    task: Task
    check_every: int


SHORTEST, LONGEST = 10, 200
LOOKS = 20  # validations in a whole run: each costs as much as a training step or two
MOST_STEPS_BETWEEN_LOOKS = 1_000  # so that a long run has a validation curve
OPTIONS = {  # widget -> option of a run
    "cell": "cell",
    "H": "hidden",
    "layers": "layers",
    "two_way": "bidirectional",
    "symbol_size": "embedding",
    "init": "init",
    "w_gain": "gain",
    "forget": "forget_bias",
    "chrono": "chrono",
    "optimiser": "optimiser",
    "rate": "rate",
    "schedule": "schedule",
    "momentum": "momentum",
    "decay": "weight_decay",
    "clip": "clip_norm",
    "clip_each": "clip_value",
    "dropout": "dropout",
    "same_mask": "same_mask",
    "l1": "l1",
    "l2": "l2",
    "keep": "keep_gradient",
    "batch": "batch",
    "truncate": "truncate",
    "true_first": "teacher_forcing",
    "true_last": "teacher_forcing_end",
    "target": "target",
    "patience": "patience",
    "budget": "budget",
    "seed": "seed",
}
_STANDARD = RunSettings()
DEFAULTS: dict[str, Any] = {
    "task": "adding",
    "T": 50,
    "few": None,
    **{widget: getattr(_STANDARD, option) for widget, option in OPTIONS.items()},
    "cell": "rnn-tanh",
    "more": "",
}


def task_of(name: str, length: int, few: int | None = None) -> Task:
    """T is the number of blanks of the copy tasks, and the largest n of counting. `few`: how many sequences to train on."""
    match name:
        case "copy":
            return Copying(blanks=length, examples=few)
        case "variable copy":
            return VariableCopying(blanks=length, examples=few)
        case "temporal order":
            return TemporalOrder(steps=length, examples=few)
        case "parity":
            return Parity(steps=length, examples=few)
        case "a^n b^n":
            return Counting(longest=length, examples=few)
        case "latch":
            return Latch(steps=length, examples=few)
        case "waves":
            return Waves(steps=length, examples=few)
        case "sea temperature":
            return Sea(steps=length, examples=few)
        case "characters":
            return Characters(steps=length, examples=few)
        case _:
            return Adding(steps=length, examples=few)


def length_of(task: Task) -> int:
    """The length with which `task_of` makes this task."""
    match task:
        case Copying():
            return task.blanks
        case Counting():
            return task.longest
        case _:
            return task.length


def _shown(task: Task) -> dict[str, Any]:
    """The widgets' values for this task, as far as they can show it: the slider for T ends at LONGEST."""
    return {"task": task.name, "T": min(max(length_of(task), SHORTEST), LONGEST), "few": task.examples}


def _task_of_widgets(values: Values) -> Task:
    return task_of(values["task"], values["T"], values["few"])


@dataclass(frozen=True)
class Rule:
    """Where a run would refuse an option, its widget is disabled and counts as `off`; the page gives the reason."""

    widget: str
    off: Any
    why: Reason
    applies: Callable[[dict[str, Any], Task], bool]


def _modern(now: dict[str, Any], _task: Task) -> bool:
    return now["cell"] in MODERN


# In order: each rule sees what the earlier ones have switched off.
RULES = (
    Rule("init", "torch", "own initialisation", _modern),
    Rule("w_gain", 1.0, "own initialisation", _modern),
    Rule("chrono", None, "own initialisation", _modern),
    Rule("forget", None, "own initialisation", _modern),
    Rule("two_way", False, "one direction", _modern),
    Rule("truncate", None, "all at once", _modern),
    Rule("true_first", 1.0, "all at once", _modern),
    Rule("true_last", 1.0, "all at once", _modern),
    Rule("chrono", None, "no gate", lambda now, task: now["cell"] not in ("lstm", "gru")),
    Rule("forget", None, "no gate", lambda now, task: now["cell"] not in ("lstm", "gru")),
    Rule("forget", None, "chrono", lambda now, task: now["chrono"] is not None),
    Rule("w_gain", 1.0, "gain", lambda now, task: now["init"] in UNSCALED_INITS),
    Rule("symbol_size", None, "numbers", lambda now, task: not task.input_symbols),
    Rule("two_way", False, "own input", lambda now, task: task.predicts_own_input),
    Rule("true_first", 1.0, "not own input", lambda now, task: not task.predicts_own_input),
    Rule("true_last", 1.0, "not own input", lambda now, task: not task.predicts_own_input),
    Rule("truncate", None, "both", lambda now, task: now["two_way"]),
    Rule("truncate", None, "own answers", lambda now, task: min(now["true_first"], now["true_last"]) < 1.0),
    Rule("decay", 0.0, "adamw", lambda now, task: now["optimiser"] != "adamw"),
    Rule("same_mask", False, "mask", lambda now, task: not now["dropout"]),
    Rule("keep", 0.0, "own answers", lambda now, task: min(now["true_first"], now["true_last"]) < 1.0),
    Rule(
        "keep",
        0.0,
        "keep",
        lambda now, task: (
            not now["cell"].startswith("rnn")
            or now["layers"] > 1
            or now["two_way"]
            or now["truncate"] is not None
            or now["dropout"] > 0
        ),
    ),
)


def effective_values(values: Values) -> tuple[dict[str, Any], dict[str, Reason]]:
    """The values that a run can have together, and for each widget that is disabled the reason."""
    now, task = dict(values), task_in(values)
    reasons: dict[str, Reason] = {}
    for rule in RULES:
        if rule.applies(now, task):
            now[rule.widget] = rule.off
            reasons.setdefault(rule.widget, rule.why)
    return now, reasons


def settings_of(values: Values) -> RunSettings:
    """The settings of the widgets. A run refuses them only for the size of the network or of a training step."""
    now, _ = effective_values(values)
    options = {option: now[widget] for widget, option in OPTIONS.items()}
    every = min(max(1, now["budget"] // LOOKS), MOST_STEPS_BETWEEN_LOOKS)
    return RunSettings(task=task_in(values), check_every=_more(values).get("check_every", every), **options)


def values_of(settings: RunSettings) -> dict[str, Any]:
    """The widgets' values that give exactly these settings."""
    values = _shown(settings.task) | {"more": ""}
    values |= {widget: getattr(settings, option) for widget, option in OPTIONS.items()}
    seen = settings_of(values)
    more: dict[str, object] = {}
    if seen.task != settings.task:
        more["task"] = task_to_plain(settings.task)
    if seen.check_every != settings.check_every:
        more["check_every"] = settings.check_every
    return values | {"more": json.dumps(more, separators=(",", ":")) if more else ""}


def in_link(values: Values) -> dict[str, str]:
    """The values that differ from the defaults, as a link has them: for `link("lab", ..., **in_link(values))`."""
    return {name: _text(values[name]) for name, usual in DEFAULTS.items() if values[name] != usual}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def without_widgets(values: Values) -> dict[str, Any]:
    """Settings of a run that no widget shows, by their names in a run file."""
    more = _more(values)
    kept = {name: value for name, value in more.items() if name != "task"}
    if "task" in more and task_in(values) == more["task"]:
        usual = task_to_plain(_task_of_widgets(_shown(more["task"])))
        kept |= {name: value for name, value in task_to_plain(more["task"]).items() if value != usual[name]}
    return kept


def task_in(values: Values) -> Task:
    """The task of the widgets, or the one under "more" while the widgets show the same."""
    kept = _more(values).get("task")
    if kept is not None and all(values[name] == value for name, value in _shown(kept).items()):
        return kept
    return _task_of_widgets(values)


def _more(values: Values) -> MoreSettings:
    """The settings under "more", checked; invalid ones are ignored."""
    try:
        given = json.loads(values["more"] or "{}")
        more: MoreSettings = {"task": task_from_plain(given["task"])} if "task" in given else {}
        if "check_every" in given:
            more["check_every"] = RunSettings(check_every=given["check_every"]).check_every
    except (CoreError, ValueError, TypeError, RecursionError):
        return {}
    return more
