"""A short computation for a page by a worker, with a sentence where it does not come."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from ui.i18n import _

T = TypeVar("T")


def computed_by_worker(waiting: str, compute: Callable[[], T]) -> T | None:
    """What `compute` gets from a worker; None after a message to the reader. `waiting` is shown meanwhile."""
    # Not at the top of the file: the first visitor would wait for all that worker processes need.
    from ui.runs.faults import report_run_problems
    from ui.runs.workers import WorkersLostError

    try:
        with st.spinner(waiting):
            return compute()
    except TimeoutError:
        st.info(_("The worker has not answered yet: it is still starting, or busy. Press again in a moment."))
    except WorkersLostError as lost:
        report_run_problems(0, str(lost))
    return None
