"""The messages about workers that were lost and runs that stopped with an error, for every page that trains."""

import streamlit as st

from ui.as_text import in_markdown
from ui.i18n import _
from ui.runs.limits import MOST_TRAINING, MOST_WEIGHTS, limit
from ui.runs.training import TOO_LARGE, TOO_MANY
from ui.runs.workers import LOST, NO_CLUSTER, NOT_STARTED


def report_run_problems(lost: int, problem: str) -> None:
    """`lost`: how many times a worker died. `problem`: the error that stopped the run, or ""."""
    if lost and not problem:
        st.info(
            _("A worker was lost, and its steps were sent to another: the numbers are the same as without that."),
            icon=":material/healing:",
        )
    if problem:
        st.error(
            _sentences().get(problem) or _("The run stopped: {problem}").format(problem=in_markdown(problem)),
            icon=":material/error:",
        )


def _sentences() -> dict[str, str]:
    return {
        NOT_STARTED: _(
            "The worker processes that train cannot be started on this server, so nothing can be trained. "
            "Everything else on this page works without them."
        ),
        NO_CLUSTER: _(
            "The computers that train for this server cannot be reached at the moment. Everything else on this page works "
            "without them. Please try again in a few minutes."
        ),
        LOST: _(
            "The run stopped: its worker process ended four times in a row, perhaps because the server is out of memory. "
            "Go on to try again, or train a smaller network."
        ),
        TOO_LARGE: _(
            "This server trains networks of at most {most} weights, and this one has more. Choose a smaller network."
        ).format(most=f"{limit(MOST_WEIGHTS):,}"),
        TOO_MANY: _(
            "{most} visitors are training on this server, as many as it takes at a time. Please try again in a few minutes."
        ).format(most=limit(MOST_TRAINING)),
    }
