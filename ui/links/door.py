"""The first check of a link: parameters that no widget could read are removed before any widget is made.

Streamlit's number input would raise an exception at `seed=inf`, and a page would try to work with a text of megabytes.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from ui.links.names import is_free_text

LARGEST = 1e15  # float64 is exact up to here, and no setting is larger
LONGEST_LINK, MOST_FIELDS = 200_000, 300  # of a whole link: characters, and values of all names
LONGEST, LONGEST_TEXT, MOST_VALUES = 100, 40_000, 200  # characters of one value, and values of one name
FOLLOWED = "followed"  # a parameter of links that lead from a page to the same page
_UNREADABLE, _TOO_LONG = "unreadable in the link", "the link was too long"


def drop_unreadable_parameters() -> None:
    """Called at the start of every script run. `refused.report_refused_parameters` names them on the page."""
    context = get_script_run_ctx()
    if context is None:
        return
    link = context.query_string
    if len(link) > LONGEST_LINK or link.count("&") >= MOST_FIELDS:
        _drop_all(context)
        st.session_state[_TOO_LONG] = True
        return
    with context.session_state.query_params() as address:
        unreadable = [name for name in address if not _is_readable(name, address.get_all(name))]
        if FOLLOWED in address:  # the address overrides the session, as after the browser's Back
            context.is_history_navigation = True
        removed = [*unreadable, *(name for name in (FOLLOWED,) if name in address)]
        for name in removed[1:]:
            address.discard_param_no_forward_msg(name)
        if removed:
            address.remove_param(removed[0])  # sends one message to the browser, for all removed names
            address.set_initial_query_params_from_current()  # widgets take their initial values from these
    if unreadable:
        st.session_state[_UNREADABLE] = unreadable


def _drop_all(context: ScriptRunContext) -> None:
    """Streamlit itself reads nothing of a query string above limits of its own, but still parses it for widgets."""
    with context.session_state.query_params() as address:
        address.from_dict({})
        address.set_initial_query_params_from_current()


def pop_too_long() -> bool:
    """Whether a whole link was dropped since the last call."""
    return bool(st.session_state.pop(_TOO_LONG, False))


def pop_unreadable_names() -> list[str]:
    """The names that were removed since the last call."""
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
