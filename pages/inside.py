import streamlit as st

from ui.memory.inside.views import shown_view
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import tune_button


@st.fragment
def explorer() -> None:
    shown_view()


open_page("inside")
question("inside")
tune_button()
explorer()
prose("inside", "intro")
close_page("inside")
