"""Memory: the garbage collector runs on a timer, because a full collection after every script run stalls all visitors."""

import gc
import threading
import time

import streamlit as st

SECONDS_BETWEEN_COLLECTIONS = 60


def _collect_for_ever() -> None:
    while True:
        time.sleep(SECONDS_BETWEEN_COLLECTIONS)
        gc.collect()


@st.cache_resource(show_spinner=False)
def start() -> None:
    """Once per process, whoever comes first."""
    threading.Thread(target=_collect_for_ever, name="garbage-collector", daemon=True).start()
