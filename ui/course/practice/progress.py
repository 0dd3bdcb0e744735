"""The visitor's solved exercises: in the session, in the browser's memory, and in a file of the visitor's own."""

from typing import NamedTuple

import streamlit as st

from rnn_core.studies.practice.catalogue import EXERCISES
from rnn_core.studies.practice.progress import (
    LARGEST_FILE,
    MOST_HINTS,
    MOST_TRIES,
    Progress,
    ProgressRefused,
    Solved,
    merged,
    read_progress,
    write_progress,
)
from rnn_core.studies.practice.squares import SQUARES
from ui.browser.solved import progress_bar
from ui.i18n import _
from ui.widgets.uploads import upload

KNOWN = (*EXERCISES, *SQUARES)
_SOLVED, _FORGET = "practice_solved", "practice_forget"


class Attempts(NamedTuple):
    """What the visitor has done with the numbers that are shown."""

    tries: int = 0
    hints: int = 0


def solved() -> Progress:
    found: Progress = st.session_state.setdefault(_SOLVED, {})
    return found


def add_solved(name: str, attempts: Attempts) -> None:
    entry = Solved(min(max(attempts.tries, 1), MOST_TRIES), min(attempts.hints, MOST_HINTS))
    st.session_state[_SOLVED] = merged(solved(), {name: entry})


def show_bar() -> None:
    """The bar of the exercises, and what the browser remembers of earlier visits and of the diagrams."""
    kept = progress_bar(solved(), EXERCISES.keys(), KNOWN, forget=st.session_state.get(_FORGET, 0))
    if not kept.keys() <= solved().keys():
        st.session_state[_SOLVED] = merged(solved(), kept)
        st.rerun()  # the table of what is solved is outside the fragment of the bar


def show_file() -> None:
    """Export, bring back, forget."""
    st.markdown(
        _("The list of solved exercises stays in this browser. There is no account, and nothing is sent anywhere else.")
    )
    left, right = st.columns(2)
    with left:
        st.download_button(
            _("Export progress"),
            write_progress(solved()),
            "unrolled-progress.json",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        st.button(_("Forget all progress"), icon=":material/delete:", on_click=_forget)
    with right:
        data, problem = upload(_("Bring progress back (JSON)"), ["json"], "practice_file", LARGEST_FILE)
        if data is not None:
            try:
                brought = read_progress(data, KNOWN)
            except ProgressRefused as refused:
                problem = _sentence(refused)
            else:
                if merged(solved(), brought) != solved():
                    st.session_state[_SOLVED] = merged(solved(), brought)
                    st.rerun()
                st.success(_("{count} solved exercises were read from the file.").format(count=len(brought)))
        if problem:
            st.error(problem)


def _forget() -> None:
    st.session_state[_SOLVED] = {}
    st.session_state[_FORGET] = st.session_state.get(_FORGET, 0) + 1


def _sentence(refused: ProgressRefused) -> str:
    match refused.reason:
        case "too large":
            return _("This file is too large for a list of solved exercises.")
        case "not json":
            return _("This file is not readable as JSON. Choose the file that “Export progress” has saved.")
        case "not ours":
            return _("This is not a list of solved exercises. Choose the file that “Export progress” has saved.")
        case "bad entry":
            return _("An entry of this file is damaged, so nothing was read from it.")
