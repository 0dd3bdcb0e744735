"""Where the settings of training runs stand. A slider there tells its value when it is let go, and not while it is dragged:
each value would begin a run (components/habits/sliders.js looks for these keys)."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.i18n import _


def run_settings() -> DeltaGenerator:
    return st.container(key="run_settings")


def more_settings() -> DeltaGenerator:
    """What a reader of an application rarely changes."""
    return st.expander(_("More settings"), key="run_settings_more")
