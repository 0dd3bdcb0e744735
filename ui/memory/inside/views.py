"""The views of the page, by their names in the link."""

from collections.abc import Callable

import streamlit as st

from ui.i18n import _
from ui.memory.inside import looks, memories, sequences, series, swap, training, units, yours
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part
from ui.widgets.stage import Stage, whole_stage

VIEWS: dict[str, Callable[[Stage], None]] = {
    "units": units.view,
    "series": series.view,
    "sequences": sequences.view,
    "swap": swap.view,
    "looks": looks.view,
    "training": training.view,
    "memories": memories.view,
    "yours": yours.view,
}


def shown_view() -> None:
    names = {
        "units": _("What units know"),
        "series": _("Units on a series"),
        "sequences": _("Other sequences"),
        "swap": _("Swap a state"),
        "looks": _("Looking back"),
        "training": _("Over training"),
        "memories": _("Where it comes to rest"),
        "yours": _("Your own network"),
    }
    stage = whole_stage()
    with stage.top:
        name = choice(st.segmented_control, _("View"), names, "units", "view", label_visibility="collapsed")
    VIEWS[name](stage)
    prose_part("inside", "views", name)
