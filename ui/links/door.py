"""The door for links: what no widget could read leaves the address before any widget is made.

Streamlit's number input would raise an exception at `seed=inf`, and a page would try to work with a text of megabytes.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from ui.links.names import is_free_text

LARGEST = 1e15  # as exact as float64 can be, and more than any setting means
LONGEST_LINK, MOST_FIELDS = 200_000, 300  # of a whole link: characters, and values of all names
LONGEST, LONGEST_TEXT, MOST_VALUES = 100, 40_000, 200  # characters of one value, and values of one name
FOLLOWED = "followed"  # in the address of a link that leads from a page to the same page
_UNREADABLE, _TOO_LONG = "unreadable in the link", "the link was too long"


def receive() -> None:
    """At the start of every run. The reader is told later, by `refused.tell`."""
    context = get_script_run_ctx()
    if context is None:
        return
    link = context.query_string
    if len(link) > LONGEST_LINK or link.count("&") >= MOST_FIELDS:
        _forget_all(context)
        st.session_state[_TOO_LONG] = True
        return
    with context.session_state.query_params() as address:
        unreadable = [name for name in address if not _is_readable(name, address.get_all(name))]
        if FOLLOWED in address:  # then the address says what is to be seen, as after the browser's Back
            context.is_history_navigation = True
        leaves = [*unreadable, *(name for name in (FOLLOWED,) if name in address)]
        for name in leaves[1:]:
            address.discard_param_no_forward_msg(name)
        if leaves:
            address.remove_param(leaves[0])  # tells the browser of all of them
            address.set_initial_query_params_from_current()  # from there widgets take their values
    if unreadable:
        st.session_state[_UNREADABLE] = unreadable


def _forget_all(context: ScriptRunContext) -> None:
    """Also what stands in `context.query_string`, of which Streamlit itself reads nothing above limits of its own."""
    with context.session_state.query_params() as address:
        address.from_dict({})
        address.set_initial_query_params_from_current()


def take_too_long() -> bool:
    """Whether a whole link was left out since this was last asked."""
    return bool(st.session_state.pop(_TOO_LONG, False))


def take_unreadable() -> list[str]:
    """The names that were left out since this was last asked."""
    names: list[str] = st.session_state.pop(_UNREADABLE, [])
    return names


def _is_readable(name: str, texts: list[str]) -> bool:
    if is_free_text(name):
        return all(len(text) <= LONGEST_TEXT for text in texts)
    return len(texts) <= MOST_VALUES and all(len(text) <= LONGEST and _is_moderate(text) for text in texts)


def _is_moderate(text: str) -> bool:
    try:
        return abs(float(text)) <= LARGEST
    except ValueError:
        return True
