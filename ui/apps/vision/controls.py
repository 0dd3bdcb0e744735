"""The widgets of the page on vision: the task, the order of reading, and the network."""

import streamlit as st

from rnn_core.apps.vision.settings import ASKED, Settings, standard
from ui.apps.cell_choice import cell_choice
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice


def task_labels() -> dict[str, str]:
    return {"digit": _("one digit"), "strip": _("a strip")}


def order_labels() -> dict[str, str]:
    return {
        "rows": _("row by row"),
        "columns": _("column by column"),
        "pixels": _("pixel by pixel"),
        "shuffled": _("pixels in a fixed shuffled order"),
    }


def chosen_task() -> str:
    return choice(st.segmented_control, _("It reads"), task_labels(), "digit", "vision_task")


def chosen_settings(task: str) -> Settings:
    cell = cell_choice("vision_cell")
    return _strip_settings(cell) if task == "strip" else _digit_settings(cell)


def _digit_settings(cell: str) -> Settings:
    order = choice(st.selectbox, _("Order of reading"), order_labels(), "rows", "vision_order")
    defaults = standard("digit", cell, order)
    with more_settings():
        hidden_rows = st.slider(
            _("Rows blanked in each picture"), 0, 6, 0, **in_link("vision_hidden_rows"),
            help=_("Other rows in each picture, in training and in the scores. 2 is ready with a GRU, row by row."),
        )  # fmt: skip
        asked_labels = {ASKED[0]: _("after every step"), ASKED[1]: _("after the last step")}
        asked = choice(st.segmented_control, _("The answer counts"), asked_labels, ASKED[0], "vision_asked")
        hidden = st.slider(_("Hidden size H"), 8, 128, defaults.hidden, **in_link("vision_H"))
        moved = _moved()
    return defaults.changed(hidden_rows=hidden_rows, asked=asked, hidden=hidden, moved=moved)


def _strip_settings(cell: str) -> Settings:
    defaults = standard("strip", cell)
    with more_settings():
        ways = {"both": _("both ways"), "one": _("left to right")}
        both = choice(st.segmented_control, _("The recurrent layer reads"), ways, "both", "vision_ways")
        channels = st.slider(
            _("Kernels of the first convolution"), 2, 32, defaults.channels, **in_link("vision_channels")
        )
        hidden = st.slider(_("Hidden size H"), 8, 96, defaults.hidden, **in_link("vision_strip_H"))
    return defaults.changed(both_ways=both == "both", channels=channels, hidden=hidden)


def _moved() -> bool:
    labels = {"yes": _("moved by a pixel at random"), "no": _("not moved")}
    return choice(st.segmented_control, _("Training pictures"), labels, "yes", "vision_moved") == "yes"
