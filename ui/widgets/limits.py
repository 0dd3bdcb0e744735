"""What a teacher's link fixes and leaves out, and the way back to the view that it opened.

`fixed=T,bias` fixes these settings; `without=menu,answers` leaves these parts of the page out. The browser does both
(ui/browser/every_page/limits.js), because a class needs order and not a lock.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from ui.i18n import _
from ui.links.door import FOLLOWED
from ui.links.refused import is_first_run_of_page
from ui.widgets.stage import actions

PARTS = ("menu", "settings", "presets", "answers", "text")
MOST_FIXED = 40
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}")
_OPENED, _AGAIN = "view that a teacher's link opened", "open the teacher's view again"


class Limits(NamedTuple):
    fixed: tuple[str, ...]
    without: tuple[str, ...]


def of_link() -> Limits:
    fixed = st.query_params.get("fixed", "").split(",")[:MOST_FIXED]
    without = st.query_params.get("without", "").split(",")
    return Limits(
        tuple(name for name in fixed if _NAME.fullmatch(name)), tuple(part for part in PARTS if part in without)
    )


def start_again_button(slug: str, open_view: Callable[[str, dict[str, str]], object]) -> None:
    """Beside the page's title, where a teacher's link is open: back to the view of the link."""
    if not any(of_link()):
        return
    if is_first_run_of_page():
        st.session_state[_OPENED] = slug, st.query_params.to_dict()
    page, view = st.session_state.get(_OPENED, (slug, {}))
    if st.session_state.pop(_AGAIN, False):
        open_view(page, {**view, FOLLOWED: "1"})

    def ask() -> None:
        st.session_state[_AGAIN] = True

    with actions():
        st.button(_("Start again"), key="start_again", icon=":material/restart_alt:", on_click=ask)
