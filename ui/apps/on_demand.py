"""A part of an application's page that is computed only while it is open."""

from collections.abc import Callable

import streamlit as st


def on_demand(
    label: str, draw: Callable[[], None], *, icon: str = ":material/search:", key: str = "inside_open"
) -> None:
    part = st.expander(label, icon=icon, key=key, on_change="rerun")
    if part.open:
        with part:
            draw()
