"""The button that begins a page's tour, in the page's head beside "Guess first"."""

import streamlit as st

from ui.i18n import _
from ui.widgets.tours import place, shipped


def start_button(page: str) -> None:
    if page not in shipped.names():
        return
    st.button(
        _("Tour"),
        key="start_tour",
        icon=":material/tour:",
        on_click=place.ask_for,
        args=(page,),
    )
