"""Uploaded files, and the sentences that say why a file was refused and what to do about it."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

import streamlit as st
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from rnn_core.apps.table import LARGEST, MOST_COLUMNS, TableRefused
from ui.i18n import _, language

MOST_ROWS_NAMED = 8


def upload(label: str, kinds: list[str], key: str, most: int) -> tuple[bytes | None, str]:
    """The bytes of a visitor's file, and the reason if it was refused.

    The uploader says how large a file may be in whole megabytes, and does not send a larger one. One of more than `most` bytes that
    comes all the same is refused by the page.
    """
    megabytes = min(most // 1_000_000, config.get_option("server.maxUploadSize"))
    uploaded = st.file_uploader(
        label, type=kinds, key=_name(key), on_change=_refuse_large, args=(key, most), max_upload_size=max(1, megabytes)
    )
    problem = too_large(most) if st.session_state.pop(f"{key}_refused", False) else ""
    return None if uploaded is None else uploaded.getvalue(), problem


def upload_table(label: str, key: str) -> tuple[bytes | None, str]:
    return upload(label, ["csv", "txt", "tsv"], key, LARGEST)


def checked_table(label: str, key: str, check: Callable[[bytes], str]) -> str:
    """Ask for a table and let `check` read a new one; the problem that the upload or `check` found."""
    data, problem = upload_table(label, key)
    return problem if problem or data is None else problem_of(key, data, check)


def _name(key: str) -> str:
    turn = st.session_state.get(f"{key}_turn", 0)
    return f"{key}_{turn}" if turn else key


def empty_upload(key: str) -> None:
    """Free the file of the uploader `key`, which is empty in the next run: then the same file can be uploaded again."""
    uploaded = st.session_state.get(_name(key))
    if isinstance(uploaded, UploadedFile):
        free_upload(uploaded)
    # An uploader with another key starts with an empty list.
    st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1


def _refuse_large(key: str, most: int) -> None:
    uploaded = st.session_state[_name(key)]
    if isinstance(uploaded, UploadedFile) and uploaded.size > most:
        empty_upload(key)
        st.session_state[f"{key}_refused"] = True


def free_upload(uploaded: UploadedFile) -> None:
    """Free the memory of the file now, and not only when the visit ends. Its widget is empty afterwards."""
    context = get_script_run_ctx()
    if context is not None:
        files = context.uploaded_file_mgr
        assert isinstance(files, MemoryUploadedFileManager)
        files.remove_file(context.session_id, uploaded.file_id)
    uploaded.seek(0)
    uploaded.truncate()


def problem_of(key: str, data: bytes, check: Callable[[bytes], str]) -> str:
    """The problem that `check` finds in a file. It is called for each new file, and not in every run of the page."""
    name = digest(data), language()
    known = st.session_state.get(f"{key}_problem")
    if known is None or known[0] != name:
        known = st.session_state[f"{key}_problem"] = (name, check(data))
    return str(known[1])


def too_large(most: int) -> str:
    return _("It is larger than {size} MB. Please take a part of it.").format(size=most // 1_000_000)


def table_problem(problem: TableRefused) -> str:
    match problem.reason:
        case "empty":
            return _("The file is empty. A table with one value in each row is needed.")
        case "too large":
            return too_large(LARGEST)
        case "too wide":
            return _("It has more than {count} columns. Keep those that are needed.").format(count=MOST_COLUMNS)
        case "binary":
            return _("This is not a text file. Save the table as CSV (UTF-8), and try again.")
        case "one row":
            return _("There is only one row. Each value needs a row of its own.")


def warn_of_rows(faults: Iterable[tuple[Sequence[int], str]], **words: object) -> None:
    """A warning for each fault that rows of a table have; its sentence names the first `{rows}`."""
    for rows, sentence in faults:
        if rows:
            named = ", ".join(map(str, rows[:MOST_ROWS_NAMED])) + "…" * (len(rows) > MOST_ROWS_NAMED)
            st.warning(sentence.format(rows=named, **words))


def report_upload_problem(problem: str, kept: object, icon: str | None = None) -> None:
    """Show why the new upload was refused. `kept` is the previous upload, if there is one: it stays in use."""
    if not problem:
        return
    st.error(problem, icon=icon)
    if kept:
        st.caption(_("The earlier input is still in use."))


def digest(data: str | bytes) -> str:
    """A short name of the data, for the keys of widgets whose values suit this file alone."""
    return hashlib.blake2b(data if isinstance(data, bytes) else data.encode(), digest_size=6).hexdigest()
