"""The containers for settings of training runs. A slider inside sends its value when it is released and not while it is dragged,
because each value would begin a run (ui/browser/every_page/sliders.js looks for these keys)."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.i18n import _


def run_settings() -> DeltaGenerator:
    return st.container(key="run_settings")


def more_settings() -> DeltaGenerator:
    """For settings that a reader of an application rarely changes."""
    return st.expander(_("More settings"), key="run_settings_more")
