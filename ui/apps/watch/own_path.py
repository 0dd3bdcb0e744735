"""A visitor's path of the ball: kept for the visit, and written into the link as tenths of pixels, six digits a frame."""

import numpy as np
import streamlit as st

from rnn_core.apps.watch.motion import own_path
from rnn_core.arrays import Array
from ui.browser.strip import FEWEST, MOST
from ui.i18n import _
from ui.links.kept_settings import in_session, is_back_or_forward

LINK = "watch_path"
_DIGITS = 6


def chosen_path() -> Array | None:
    """(n, 2) the visitor's own path; None while a test strip is seen."""
    in_session(LINK)
    if st.session_state.get(LINK) is None or is_back_or_forward():
        st.session_state[LINK] = _of_link()
    text: str = st.session_state[LINK]
    if not text:
        st.query_params.pop(LINK, None)
        return None
    if st.query_params.get(LINK) != text:
        st.query_params[LINK] = text
    return unpacked(text)


def take(points: Array) -> None:
    st.session_state[LINK] = packed(own_path(points))


def forget() -> None:
    st.session_state[LINK] = ""


def packed(points: Array) -> str:
    return "".join(f"{round(10 * value):03d}" for value in points.ravel().tolist())


def unpacked(text: str) -> Array | None:
    """The path of a link's text; None where the text is no path."""
    count = len(text) // _DIGITS
    if len(text) % _DIGITS or not FEWEST <= count <= MOST or not (text.isascii() and text.isdecimal()):
        return None
    return own_path(np.array([int(text[at : at + 3]) / 10 for at in range(0, len(text), 3)]).reshape(count, 2))


def _of_link() -> str:
    asked = st.query_params.get(LINK, "")
    if asked and unpacked(asked) is None:
        st.warning(_("The path in the link cannot be read, so the page shows a test strip."))
        return ""
    return asked
