"""The widgets of the page on finding: how the picture is read, and the network."""

from typing import Literal

import streamlit as st

from rnn_core.apps.finding.settings import Settings, standard
from ui.apps.cell_choice import cell_choice
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice

Looks = Literal["path", "reset", "random", "windows"]


def ways() -> dict[Looks, str]:
    return {
        "path": _("glimpses"),
        "reset": _("glimpses, state reset"),
        "random": _("glimpses at random places"),
        "windows": _("all windows"),
    }


def chosen_way() -> Looks:
    return choice(
        st.segmented_control, _("How the picture is read"), ways(), "path", "finding_way", label_visibility="collapsed"
    )


def chosen_settings() -> Settings:
    cell = cell_choice("finding_cell")
    labels = {"kept": _("the state is kept"), "reset": _("the state is reset before every glimpse")}
    trained = choice(st.selectbox, _("Trained so that"), labels, "kept", "finding_trained")
    settings = standard(cell, memory=trained == "kept")
    with more_settings():
        hidden = st.slider(_("Hidden size H"), 8, 128, settings.hidden, **in_link("finding_H"))
    return settings.changed(hidden=hidden)
