"""The place for settings of a training run that a reader of an application rarely changes."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.i18n import _


def more_settings() -> DeltaGenerator:
    return st.expander(_("More settings"), key="more_settings")
