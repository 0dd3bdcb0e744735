"""The network of the Home page."""

import streamlit as st

from rnn_core.studies import home_wave
from rnn_core.studies.home_wave import WaveNetwork
from ui.cache.read_only import make_read_only


@st.cache_resource(show_spinner=False)
def network() -> WaveNetwork:
    return make_read_only(home_wave.load())
