"""Outputs of the recorded networks of the counting experiment for strings a^n b^n."""

import numpy as np
import streamlit as st

from rnn_core.arrays import Array
from rnn_core.lab.counts import CountingRun, read_string
from rnn_core.lab.recorded import network
from ui.cache.read_only import make_read_only

CELLS = ("rnn-tanh", "rnn-relu", "gru", "lstm")
LONGEST = 60  # three times the longest n of training


@st.cache_resource(max_entries=256, show_spinner=False)
def string_read(cell: str, n: int) -> CountingRun:
    return make_read_only(read_string(network(f"counting-{cell}"), n))


@st.cache_resource(show_spinner=False)
def right_strings() -> Array:
    """(cells, LONGEST) 1 where the whole string is right."""
    states = [network(f"counting-{cell}") for cell in CELLS]
    rows = [[float(read_string(state, n).right.all()) for n in range(1, LONGEST + 1)] for state in states]
    return make_read_only(np.array(rows))
