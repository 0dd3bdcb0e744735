"""The app's worker processes: training, and whatever needs torch, which this process never imports."""

import threading
import time

import streamlit as st
from streamlit.runtime import Runtime, RuntimeState, get_instance

from rnn_core.learn.jobs import check_against_torch
from rnn_core.learn.state import TorchCheck
from ui.cells.setup import CellSetup, inputs_of, params_of
from ui.runs.workers import Workers, workers_of_this_app

SECONDS_BETWEEN_LOOKS = 0.5


@st.cache_resource(show_spinner=False)
def workers() -> Workers:
    made = workers_of_this_app()
    threading.Thread(target=_close_with_the_server, args=(get_instance(), made), daemon=True).start()
    return made


def _close_with_the_server(server: Runtime, made: Workers) -> None:
    """Python itself would wait at its end for everything that the workers were given."""
    while server.state not in (RuntimeState.STOPPING, RuntimeState.STOPPED):
        time.sleep(SECONDS_BETWEEN_LOOKS)
    made.close()


@st.cache_data(max_entries=256, show_spinner=False)
def torch_check(setup: CellSetup) -> TorchCheck:
    """Our run and gradients against torch's, computed in a worker."""
    return workers().submit("checks", check_against_torch, params_of(setup), inputs_of(setup)).result(timeout=60)
