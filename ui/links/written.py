"""What the parts of a page write into its link.

A run of one fragment begins with the address that the browser had when it asked for the run: what an earlier run has written
since is not in it. So each value is remembered until the next run of the whole page, and a fragment's run writes all of them again.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

_WRITTEN = "written in the link"
_IS_BEHIND = "the whole page is behind"


def begin_link() -> None:
    """At the beginning of a run of the whole page."""
    st.session_state[_WRITTEN] = {}
    st.session_state.pop(_IS_BEHIND, None)


def write_in_link(name: str, text: str | None) -> None:
    """`None`: the setting has its usual value, which a link does not name."""
    written: dict[str, str | None] = st.session_state.setdefault(_WRITTEN, {})
    written[name] = text
    if not _fragments_of_this_run():
        _write(name, text)
        return
    if st.session_state.pop(_IS_BEHIND, False):
        st.rerun()
    for each, value in written.items():
        _write(each, value)


def fragment_of_part() -> str | None:
    """The fragment in which a part is being made; None: it belongs to the whole page."""
    return ThreadState.get().fragment_id if get_script_run_ctx() else None


def bring_page_along(fragment: str | None) -> None:
    """For the callback of a part that was made in this fragment. The browser joins what is sent at the same moment into one run, of
    a fragment alone if any of it comes from a fragment; a part outside it then needs the whole page."""
    running = _fragments_of_this_run()
    if running and fragment not in running:
        st.session_state[_IS_BEHIND] = True


def _fragments_of_this_run() -> list[str]:
    context = get_script_run_ctx()
    return (context.fragment_ids_this_run or []) if context else []


def _write(name: str, text: str | None) -> None:
    if text is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != text:
        st.query_params[name] = text
