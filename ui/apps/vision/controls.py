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
    return choice(
        st.segmented_control, _("It reads"), task_labels(), "digit", "vision_task", label_visibility="collapsed"
    )


def chosen_order() -> str:
    """The order in which the pixels of a digit are read."""
    label = _("Order of reading")
    return choice(
        st.segmented_control, label, order_labels(), "rows", "vision_order", label_visibility="collapsed", wrap=True
    )


def chosen_settings(order: str | None) -> Settings:
    """`order` is None for a strip, which is read column by column."""
    cell = cell_choice("vision_cell")
    return _strip_settings(cell) if order is None else _digit_settings(cell, order)


def _digit_settings(cell: str, order: str) -> Settings:
    defaults = standard("digit", cell, order)
    with more_settings():
        hidden_rows = st.slider(
            _("Rows blanked in each picture"), 0, 6, 0, **in_link("vision_hidden_rows"),
            help=_("Other rows in each picture, in training and in the scores. 2 is ready with a GRU, row by row."),
        )  # fmt: skip
        asked_labels = {ASKED[0]: _("after every step"), ASKED[1]: _("after the last step")}
        asked = choice(st.segmented_control, _("The answer counts"), asked_labels, ASKED[0], "vision_asked")
        hidden = st.slider(_("Hidden size H"), 8, 128, defaults.hidden, **in_link("vision_H"))
        varied = _varied(order)
    return defaults.changed(
        hidden_rows=hidden_rows, asked=asked, hidden=hidden, moved=varied != "no", drawn=varied == "drawn"
    )


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


def _varied(order: str) -> str:
    moved = {"yes": _("moved by a pixel at random"), "no": _("not moved")}
    if order != "rows":
        return choice(st.segmented_control, _("Training pictures"), moved, "yes", "vision_moved")
    drawn = {"drawn": _("moved, and every second one drawn anew"), **moved}
    default = "no" if st.query_params.get("vision_moved") == "no" else "drawn"  # as in links from before drawings
    return choice(st.segmented_control, _("Training pictures"), drawn, default, "vision_varied", wrap=True)
