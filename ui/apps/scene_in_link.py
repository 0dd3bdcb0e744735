"""The scene that a visitor arranges: kept for the visit, and written into the link unless it is the first one."""

from collections.abc import Callable

import streamlit as st

from rnn_core.errors import CoreError
from ui.links.kept_settings import in_session, is_back_or_forward


def text_of_scene(name: str, first: str, checked: Callable[[str], str], refused: str) -> str:
    """The scene of the visit, or of the link, as its text. `checked` returns the text of a scene as it is written, or raises a
    CoreError; then the page says `refused` and shows the first scene."""
    in_session(name)
    if st.session_state.get(name) is None or is_back_or_forward():
        st.session_state[name] = _of_link(name, first, checked, refused)
    text: str = st.session_state[name]
    if text == first:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != text:
        st.query_params[name] = text
    return text


def _of_link(name: str, first: str, checked: Callable[[str], str], refused: str) -> str:
    asked = st.query_params.get(name)
    if asked is None:
        return first
    try:
        return checked(asked)
    except CoreError:
        st.warning(refused)
        return first
