"""The names of the settings of a comparison: the options in which they differ. No Streamlit."""

from collections.abc import Sequence
from typing import Any

from rnn_core.equations.digits import written
from rnn_core.lab.comparison import differences
from rnn_core.lab.settings import RunSettings
from rnn_core.learn.fields import plain
from ui.i18n import _
from ui.lab.comparison.figures import Look, looks_of
from ui.lab.names import cell_labels, init_label, optimiser_label, schedule_label

_STANDARD = plain(RunSettings())


def option_words(name: str, value: Any) -> str:
    """One option of a run in two or three words."""
    number = written(value, 6) if isinstance(value, int | float) else str(value)
    match name:
        case "cell":
            return cell_labels()[value]
        case "init":
            return init_label(value)
        case "optimiser":
            return optimiser_label(value)
        case "schedule":
            return schedule_label(value)
        case "hidden":
            return f"H = {number}"
        case "clip_norm" | "clip_value" if value is None:
            return _("no clipping")
        case "truncate" if value is None:
            return _("no truncation")
        case "forget_bias" if value is None:
            return _("forget bias as in PyTorch")
        case "dropout" if not value:
            return _("no dropout")
        case "keep_gradient" if not value:
            return _("no regulariser")
        case "bidirectional":
            return _("both directions") if value else _("one direction")
        case "same_mask":
            return _("one mask for all steps") if value else _("a new mask at each step")
    words = {
        "layers": _("layers {value}"),
        "embedding": _("embedding {value}"),
        "gain": _("gain {value}"),
        "forget_bias": _("forget bias {value}"),
        "chrono": _("chrono {value}"),
        "rate": _("rate {value}"),
        "momentum": _("momentum {value}"),
        "clip_norm": _("clipped at {value}"),
        "clip_value": _("each value clipped at {value}"),
        "dropout": _("dropout {value}"),
        "l1": "L1 {value}",
        "l2": "L2 {value}",
        "weight_decay": _("weight decay {value}"),
        "keep_gradient": _("regulariser {value}"),
        "batch": _("batch {value}"),
        "truncate": _("truncated after {value} time steps"),
        "teacher_forcing": _("initial teacher forcing {value}"),
        "teacher_forcing_end": _("final teacher forcing {value}"),
        "target": _("target {value}"),
        "patience": _("patience {value}"),
    }
    return words[name].format(value="—" if value is None else number)


def short_names(settings: Sequence[RunSettings]) -> list[str]:
    """Each by the options that it does not share; equal names get numbers."""
    every = differences(settings)
    names = [_name(own) or cell_labels()[settings[0].cell] for own in every]
    return [
        name if names.count(name) == 1 else f"{name} ({names[: place + 1].count(name)})"
        for place, name in enumerate(names)
    ]


def looks(settings: Sequence[RunSettings]) -> list[Look]:
    return looks_of([cell_kind(each.cell) for each in settings])


def cell_kind(cell: str) -> str:
    """rnn-tanh and rnn-relu are both drawn as an RNN."""
    return cell.partition("-")[0]


def _name(own: dict[str, Any]) -> str:
    shown = {name: value for name, value in own.items() if name == "cell" or value != _STANDARD[name]}
    if not shown and len(own) > 1:
        return _("nothing added")
    return " · ".join(option_words(name, value) for name, value in (shown or own).items())
