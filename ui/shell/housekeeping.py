"""Memory: on a timer ended visits and unused results are forgotten, garbage is collected, and free memory goes back to the system.

Streamlit's full collection after every script run would stall all visitors.
"""

import gc
import threading
from typing import Protocol, runtime_checkable

import streamlit as st
from streamlit import runtime

from ui.cache.shared import SECONDS_TO_KEEP, forget_unused
from ui.runs.memory import return_free_memory
from ui.shell.timer import repeat

SECONDS_BETWEEN_COLLECTIONS = 60


@runtime_checkable
class _Expiring(Protocol):
    def expire(self) -> object: ...


@runtime_checkable
class _Locking(Protocol):
    _storage_lock: threading.Lock


def clean_up() -> None:
    expire_ended_sessions()
    forget_unused(SECONDS_TO_KEEP if somebody_is_there() else 0.0)
    gc.collect()
    return_free_memory()


def somebody_is_there() -> bool:
    """Whether a visit is open, or may be taken up again."""
    manager = getattr(runtime.get_instance(), "_session_mgr", None) if runtime.exists() else None
    return manager is None or bool(manager.list_sessions())


def expire_ended_sessions() -> None:
    """Drop the sessions that did not come back.

    Streamlit does so only when another session ends, so that the last visitor's data would stay on a server without further
    visitors. If Streamlit renames the private attributes that are read here, this does nothing.
    """
    manager = getattr(runtime.get_instance(), "_session_mgr", None) if runtime.exists() else None
    ended = getattr(getattr(manager, "_session_storage", None), "_cache", None)
    if isinstance(ended, _Expiring) and isinstance(manager, _Locking):
        with manager._storage_lock:
            ended.expire()


@st.cache_resource(show_spinner=False)
def start() -> None:
    """Start the timer. Only the first call in a process does so."""
    repeat(clean_up, SECONDS_BETWEEN_COLLECTIONS, "clean-up")
