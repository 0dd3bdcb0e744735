"""A question that opens by itself, once in a visit, where the picture under it would give its answer away."""

import streamlit as st

from ui.links.kept_settings import forgotten_on_leaving, is_back_or_forward
from ui.widgets.tours import place as tours

_SEEN = "questions that have opened by themselves"


def open_once(page: str, key: str, place: str) -> None:
    """Puts 0 under `place`, the open question, at the reader's first look in this visit. What a link or a tour shows stays uncovered,
    and so does a page within another page."""
    arrived = forgotten_on_leaving(f"arrived at {page}")
    is_arriving = arrived not in st.session_state
    st.session_state[arrived] = True
    seen: set[str] = st.session_state.setdefault(_SEEN, set())
    if is_back_or_forward() or _is_led() or (is_arriving and set(st.query_params) - {"lang"}):
        seen.add(key)
        st.session_state[place] = None
    elif key not in seen:
        seen.add(key)
        st.session_state[place] = 0


def _is_led() -> bool:
    return bool(st.context.is_embedded) or tours.current() is not None
