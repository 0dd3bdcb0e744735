"""The Home page's network, and what it makes of a drawn wave."""

import numpy as np
import streamlit as st

from rnn_core.studies import home_wave
from rnn_core.studies.home_wave import Reading, WaveNetwork
from ui.cache.read_only import sealed


@st.cache_resource(show_spinner=False)
def _network() -> WaveNetwork:
    return sealed(home_wave.load())


@st.cache_resource(max_entries=64, show_spinner=False)
def wave_reading(wave: tuple[float, ...], ahead: int) -> Reading:
    return sealed(home_wave.read_and_continue(_network(), np.array(wave), ahead))
