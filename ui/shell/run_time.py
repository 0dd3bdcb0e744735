"""A run of a page that takes too long is ended, and its visitor reads why. One that waits for a worker ends when it has its answer.

A run is a thread. Streamlit's contexts tell the runs of one thread apart: each run begins with a coordinator of its own.

A thread that is interrupted while it acquires or releases a lock leaves the lock held, and every other visitor waits for it. So a run
is ended only while a function of ours computes or makes a page; inside Streamlit, imports, caches and queues it goes on until a later
look.
"""

import ctypes
import sys
import threading
import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context_attr import SCRIPT_RUN_CONTEXT_ATTR_NAME

from ui.i18n import _
from ui.runs.limits import MOST_SECONDS, limit
from ui.shell.timer import repeat

SECONDS_BETWEEN_LOOKS = 1.0
_OURS = ("rnn_core.", "ui.", "numpy.")
_WITH_LOCKS = ("ui.cache.", "ui.runs.", "ui.shell.")
_THREAD = "ScriptRunner.scriptThread"  # Streamlit's name


class RunTooLong(Exception):
    """Raised inside a run from another thread."""


class Watch:
    """What each thread runs, and since when."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, float]] = {}

    def look(self, now: float) -> list[int]:
        """End the runs that take too long and may be ended now, and return their threads."""
        running = {}
        for thread in threading.enumerate():
            context = getattr(thread, SCRIPT_RUN_CONTEXT_ATTR_NAME, None)
            run = getattr(context, "parallel_coordinator", None)
            if run is not None and thread.ident is not None and thread.name == _THREAD:
                known, since = self._seen.get(thread.ident, (None, now))
                running[thread.ident] = run, since if known is run else now
        self._seen = running
        most = limit(MOST_SECONDS)
        late = [ident for ident, (_run, since) in running.items() if most and now - since > most and may_end(ident)]
        for ident in late:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), ctypes.py_object(RunTooLong))
        return late


def may_end(thread: int) -> bool:
    """Whether the thread's innermost function is one that leaves no lock behind."""
    frame = sys._current_frames().get(thread)
    module = "" if frame is None else str(frame.f_globals.get("__name__", ""))
    return module.startswith(_OURS) and not module.startswith(_WITH_LOCKS)


def start() -> None:
    watch = Watch()
    repeat(lambda: watch.look(time.monotonic()), SECONDS_BETWEEN_LOOKS, "watch on run times")


def say_what_failed(problem: Exception) -> bool:
    """Streamlit calls this for every error of a page. True: the error has been shown to the visitor."""
    if not isinstance(problem, RunTooLong) or get_script_run_ctx() is None:
        return False
    st.error(_("This took longer than the server allows. Please choose smaller sizes."), icon=":material/timer_off:")
    return True
