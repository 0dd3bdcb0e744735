"""A visitor's runs after a reload of the page. Streamlit begins a new session then; it takes the runs of the session before.

The browser is known by the random token that Streamlit's own protection against forged requests keeps in a session cookie. Runs
move only from a session that no page is connected to any more, so that two tabs of one browser never share them.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from ui.runs.visitor import Visitor
from ui.runs.workers import Workers

COOKIE = "_streamlit_xsrf"
MOST_SESSIONS = 8  # of one browser that are remembered


@dataclass
class VisitorPlace:
    """The visitor of one session. Another session may take the visitor out of it."""

    visitor: Visitor
    browser: str = ""  # empty where the browser sent no token
    session_id: str = ""


@dataclass
class Places:
    """The places of every browser with a token."""

    is_connected: Callable[[str], bool]  # whether a page is connected to this session
    _of: dict[str, list[VisitorPlace]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, place: VisitorPlace) -> None:
        """Remember the place. If a session of the same browser has lost its page, its newest runs move here."""
        if not place.browser:
            return
        with self._lock:
            known = self._of.setdefault(place.browser, [])
            left = [other for other in known if other.visitor.runs and not self.is_connected(other.session_id)]
            if left:
                place.visitor, left[-1].visitor = left[-1].visitor, place.visitor
                place.visitor.show_last_runs()
            known.append(place)
            del known[:-MOST_SESSIONS]

    def leave(self, place: VisitorPlace) -> None:
        """Called when the session has ended for good."""
        with self._lock:
            known = self._of.get(place.browser, [])
            if place in known:
                known.remove(place)
            if not known:
                self._of.pop(place.browser, None)


def _is_connected(session_id: str) -> bool:
    return Runtime.exists() and Runtime.instance().is_active_session(session_id)


PLACES = Places(_is_connected)


def new_place(workers: Workers) -> VisitorPlace:
    """A new visitor's place, for the session of this script run."""
    context, browser = get_script_run_ctx(), _browser()
    return VisitorPlace(Visitor(workers, browser=browser), browser, "" if context is None else context.session_id)


def _browser() -> str:
    """A digest of the browser's token. The cookie masks the token anew at every answer, so it is decoded first."""
    cookie = st.context.cookies.get(COOKIE)
    if not cookie:
        return ""
    token, _time = decode_xsrf_token_string(cookie)
    return hashlib.sha256(token).hexdigest() if token else ""
