import streamlit as st

from ui.cell_page import cell_diagram, question_and_preset, same_in_code, state_lines
from ui.i18n import _
from ui.lesson import prose
from ui.shell import close_page, open_page


@st.fragment
def explorer(preset: str) -> None:
    view = cell_diagram("lstm", preset)
    state_lines(view.run.trace.cs, title=_("The memory c, unit by unit"), symbol="c")
    state_lines(view.run.trace.hs, title=_("What the cell shows: the hidden state h"), symbol="h")
    same_in_code(view)


open_page("lstm")
explorer(question_and_preset("lstm"))
prose("lstm", "intro")
close_page("lstm")
