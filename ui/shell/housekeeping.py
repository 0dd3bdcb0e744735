"""Memory: the garbage collector runs on a timer, because a full collection after every script run stalls all visitors."""

import gc
import threading
import time

import streamlit as st
from streamlit import runtime

SECONDS_BETWEEN_COLLECTIONS = 60


def _collect_for_ever() -> None:
    while True:
        time.sleep(SECONDS_BETWEEN_COLLECTIONS)
        let_ended_sessions_go()
        gc.collect()


def let_ended_sessions_go() -> None:
    """Streamlit lets go of a session that did not come back only when another one ends: on a server where nobody follows, the
    last visitor's data would stay. Should Streamlit rename what is asked for here, they stay until then, as before."""
    manager = getattr(runtime.get_instance(), "_session_mgr", None) if runtime.exists() else None
    kept = getattr(getattr(manager, "_session_storage", None), "_cache", None)
    if hasattr(kept, "expire") and hasattr(manager, "_storage_lock"):
        with manager._storage_lock:
            kept.expire()


@st.cache_resource(show_spinner=False)
def start() -> None:
    """Once per process, whoever comes first."""
    threading.Thread(target=_collect_for_ever, name="garbage-collector", daemon=True).start()
