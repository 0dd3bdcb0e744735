"""The visitor's training runs, which live as long as the session and a short while longer."""

import threading
from dataclasses import dataclass

import streamlit as st

from rnn_core.apps.kept import clear_visitor_results
from rnn_core.lab.observe import first_view
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task
from rnn_core.learn.state import View
from ui.runs.executor import workers
from ui.runs.returning import PLACES, VisitorPlace, new_place
from ui.runs.training import TrainingRun
from ui.runs.visitor import Visitor

LabRun = TrainingRun[RunSettings]
LARGEST_AT_ONCE = 20_000_000  # multiplications of one reading: a tenth of a second
LEAVE_SECONDS = 120.0  # as long as Streamlit keeps the session of a closed laptop (.streamlit/config.toml)


@dataclass(eq=False)
class VisitorSession(VisitorPlace):
    is_open: bool = True

    def leave(self) -> None:
        """A closed tab and a short break of the connection look the same, so the runs are removed only after a while."""
        self.is_open = False
        timer = threading.Timer(LEAVE_SECONDS, self.clear)
        timer.daemon = True
        timer.start()

    def clear(self) -> None:
        if not self.is_open:
            PLACES.leave(self)
            self.visitor.close()
            clear_visitor_results()


@st.cache_resource(scope="session", on_release=VisitorSession.leave, show_spinner=False)
def _keep_for_session(_session: VisitorSession) -> VisitorSession:
    return _session


def visitor() -> Visitor:
    """The visitor of this session. Every run of a page calls it: training pauses where nobody does."""
    if "visitor session" not in st.session_state:
        st.session_state["visitor session"] = _new_session()
    session: VisitorSession = st.session_state["visitor session"]
    _keep_for_session(session)
    session.is_open = True  # also where the session continues after a break
    session.visitor.record_look()
    return session.visitor


def _new_session() -> VisitorSession:
    """With the runs from before a reload, if there were any."""
    place = new_place(workers())
    session = VisitorSession(place.visitor, place.browser, place.session_id)
    PLACES.enter(session)
    return session


# Streamlit compares a dataclass inside another by its fields only: two tasks with the same length would be equal.
@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={RunSettings: repr})
def before_training(settings: RunSettings) -> View | None:
    """The untrained network's run over the example; None where it is so large that a slider would have to wait."""
    if settings.task.length * settings.parameters > LARGEST_AT_ONCE:
        return None
    return first_view(settings)


@st.cache_resource(max_entries=256, show_spinner=False)
def baseline(task: Task) -> float:
    """The loss of the best answer that needs no memory."""
    return task.baselines()[0].loss
