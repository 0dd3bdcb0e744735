"""The app's worker processes, for training and everything else that needs torch, which this process never imports."""

import threading
import time

import streamlit as st
from streamlit.runtime import Runtime, RuntimeState, get_instance

from ui.runs.workers import Workers, workers_of_this_app

SECONDS_BETWEEN_LOOKS = 0.5


@st.cache_resource(show_spinner=False)
def workers() -> Workers:
    made = workers_of_this_app()
    threading.Thread(target=_close_with_the_server, args=(get_instance(), made), daemon=True).start()
    return made


def _close_with_the_server(server: Runtime, made: Workers) -> None:
    """Without this Python would wait at its end until the workers have finished all their jobs."""
    while server.state not in (RuntimeState.STOPPING, RuntimeState.STOPPED):
        time.sleep(SECONDS_BETWEEN_LOOKS)
    made.close()
