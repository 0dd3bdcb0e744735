"""A visitor's file: why it was not taken, in a sentence that says what to do."""

import hashlib
from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from rnn_core.apps.table import LARGEST, MOST_COLUMNS, TableRefused
from ui.i18n import _, language


def upload(label: str, kinds: list[str], key: str, most: int) -> tuple[bytes | None, str]:
    """The bytes of a visitor's file, and why there are none.

    The uploader takes as much as the server does, so that the page can refuse what has more than `most` bytes in its own
    words. Streamlit would refuse it in English, and leave it in the list.
    """
    turn = st.session_state.get(f"{key}_turn", 0)  # a refused file leaves the list when the uploader is another one
    name = f"{key}_{turn}" if turn else key
    given = st.file_uploader(label, type=kinds, key=name, on_change=_refuse_large, args=(key, name, most))
    problem = too_large(most) if st.session_state.pop(f"{key}_refused", False) else ""
    return None if given is None else given.getvalue(), problem


def _refuse_large(key: str, name: str, most: int) -> None:
    given = st.session_state[name]
    if isinstance(given, UploadedFile) and given.size > most:
        let_go(given)
        st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1
        st.session_state[f"{key}_refused"] = True


def let_go(given: UploadedFile) -> None:
    """Its bytes leave the memory now, and not when the visit ends. The widget that it came from then holds nothing."""
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_file(context.session_id, given.file_id)
    given.seek(0)
    given.truncate()


def read_once(key: str, data: bytes, read: Callable[[bytes], str]) -> str:
    """What `read` finds wrong with a file: read when it is new, and not in every run of the page."""
    name = digest(data), language()
    known = st.session_state.get(f"{key}_read")
    if known is None or known[0] != name:
        known = st.session_state[f"{key}_read"] = (name, read(data))
    return str(known[1])


def too_large(most: int) -> str:
    return _("It is larger than {size} MB. Please take a part of it.").format(size=most // 1_000_000)


def refused(problem: TableRefused) -> str:
    match problem.reason:
        case "empty":
            return _("There is nothing in it. A table with one value in each row is needed.")
        case "too large":
            return too_large(LARGEST)
        case "too wide":
            return _("It has more than {count} columns. Keep those that are needed.").format(count=MOST_COLUMNS)
        case "binary":
            return _("This is not a text file. Save the table as CSV (UTF-8), and try again.")
        case "one row":
            return _("There is only one row. Each value needs a row of its own.")


def tell(problem: str, kept: object, icon: str | None = None) -> None:
    """Why the new one was not taken, and that the one before, where there was one, stays."""
    if not problem:
        return
    st.error(problem, icon=icon)
    if kept:
        st.caption(_("What you gave before is still in use."))


def digest(data: str | bytes) -> str:
    """For the keys of widgets that stand at what suits this very file."""
    return hashlib.blake2b(data if isinstance(data, bytes) else data.encode(), digest_size=6).hexdigest()
