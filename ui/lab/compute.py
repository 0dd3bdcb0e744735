"""The visitor's own runs of training: kept for as long as the visitor is here, and a while longer."""

import threading
from dataclasses import dataclass

import streamlit as st

from rnn_core.apps.kept import forget_visitors
from rnn_core.lab.observe import first_view
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task
from rnn_core.learn.state import View
from ui.runs.executor import workers
from ui.runs.visitor import Visitor

LARGEST_AT_ONCE = 20_000_000  # multiplications of one reading: a tenth of a second
LEAVE_SECONDS = 120.0  # as long as Streamlit keeps the session of a closed laptop (.streamlit/config.toml)


@dataclass
class Seat:
    visitor: Visitor
    taken: bool = True

    def leave(self) -> None:
        """A tab that closes and a short break in the network look the same: the runs pause by themselves, and go later."""
        self.taken = False
        timer = threading.Timer(LEAVE_SECONDS, self.clear)
        timer.daemon = True
        timer.start()

    def clear(self) -> None:
        if not self.taken:
            self.visitor.close()
            forget_visitors()


@st.cache_resource(scope="session", on_release=Seat.leave, show_spinner=False)
def _take(_seat: Seat) -> Seat:
    return _seat


def visitor() -> Visitor:
    """Asked at every run of the script: the visitor is here."""
    if "seat" not in st.session_state:
        st.session_state["seat"] = Seat(Visitor(workers()))
    seat: Seat = st.session_state["seat"]
    _take(seat)
    seat.taken = True  # also when the session is back after a break
    seat.visitor.seen()
    return seat.visitor


# Streamlit compares a dataclass inside another by its fields alone: adding and temporal order of one length would be the same.
@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={RunSettings: repr})
def before_training(settings: RunSettings) -> View | None:
    """What the untrained network makes of the example; None where a slider would have to wait for it."""
    if settings.task.length * settings.parameters > LARGEST_AT_ONCE:
        return None
    return first_view(settings)


@st.cache_resource(max_entries=256, show_spinner=False)
def baseline(task: Task) -> float:
    """What an answer costs that needs no memory."""
    return task.baselines()[0].loss
