"""The page of worksheets: the settings, the sheet or its solutions, and both as files."""

from typing import cast

import streamlit as st

from rnn_core.arrays import Cell
from rnn_core.studies.practice.catalogue import LARGEST_SEED
from rnn_core.studies.practice.worksheet import MOST_INPUTS, MOST_STEPS, MOST_UNITS, SheetSettings, make_sheet
from ui.course.practice.names import CELL_NAMES
from ui.course.practice.worksheet_html import worksheet_html
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.choices import choice
from ui.widgets.stage import stage

HEIGHT = 860


@st.fragment
def worksheets() -> None:
    settings = _settings()
    sheet = make_sheet(settings)
    pages = {"sheet": worksheet_html(sheet, solutions=False), "solutions": worksheet_html(sheet, solutions=True)}
    names = {"sheet": _("Sheet"), "solutions": _("Solutions")}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        shown = choice(st.segmented_control, _("Show"), names, "sheet", "sheet_view", label_visibility="collapsed")
        st.button(_("Another sheet"), icon=":material/casino:", on_click=_next_seed)
        stem = f"unrolled-{settings.cell}-{settings.X}-{settings.H}-{settings.T}-{settings.seed}"
        for name, label in (("sheet", _("Save the sheet (HTML)")), ("solutions", _("Save the solutions (HTML)"))):
            st.download_button(
                label, pages[name], f"{stem}-{name}.html", "text/html", icon=":material/download:", on_click="ignore"
            )
    with stage():
        st.iframe(pages[shown], height=HEIGHT, alt=names[shown])


def _settings() -> SheetSettings:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        labels: dict[str, str] = {name: label for name, label in CELL_NAMES.items()}
        cell = cast(Cell, choice(st.segmented_control, _("Cell"), labels, "rnn", "sheet_cell"))
        H = st.number_input(_("Hidden units"), 1, MOST_UNITS, 1, width=140, **in_link("sheet_H"))
        X = st.number_input(_("Inputs per time step"), 1, MOST_INPUTS, 1, width=160, **in_link("sheet_X"))
        T = st.number_input(_("Time steps"), 1, MOST_STEPS, 2, width=140, **in_link("sheet_T"))
        seed = st.number_input(_("Sheet number (seed)"), 0, LARGEST_SEED, 1, width=170, **in_link("sheet_seed"))
    return SheetSettings(cell, int(X), int(H), int(T), int(seed))


def _next_seed() -> None:
    st.session_state["sheet_seed"] = (int(st.session_state["sheet_seed"]) + 1) % (LARGEST_SEED + 1)
