"""The app's worker processes: training, and whatever needs torch, which this process never imports."""

import streamlit as st

from rnn_core.learn.jobs import check_against_torch
from rnn_core.learn.state import TorchCheck
from ui.setup import CellSetup, inputs_of, params_of
from ui.workers import Workers, workers_of_this_app


@st.cache_resource(show_spinner=False)
def workers() -> Workers:
    return workers_of_this_app()


@st.cache_data(max_entries=256, show_spinner=False)
def torch_check(setup: CellSetup) -> TorchCheck:
    """Our run and gradients against torch's, computed in a worker."""
    return workers().submit("checks", check_against_torch, params_of(setup), inputs_of(setup)).result(timeout=60)
