"""Saving a run, and opening one."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from rnn_core.errors import CoreError
from rnn_core.learn.runfile import DAMAGED, NOT_OPENED
from ui.i18n import _
from ui.lab import controls
from ui.lab.compute import LabRun, visitor
from ui.lab.run import BEFORE, NAME
from ui.widgets.uploads import free_upload


def file_of(run: LabRun | None) -> None:
    saved = run.save() if run is not None and run.progress().phase != "running" else None
    left, right = st.columns([1, 3], gap="medium", vertical_alignment="bottom")
    with left:
        st.download_button(
            _("Save this run"),
            saved or b"",
            "unrolled-run.safetensors",
            icon=":material/download:",
            disabled=saved is None,
            on_click="ignore",
            key="save_run",
        )
    with right:
        st.file_uploader(
            _("Open a saved run"),
            type=["safetensors"],
            key="run_file",
            on_change=_open_file,
        )
    if problem := st.session_state.pop("run_file_problem", None):
        st.error(problem, icon=":material/error:")


def _open_file() -> None:
    """Opens the file as the lab's run. The run before is kept."""
    given = st.session_state["run_file"]
    if not isinstance(given, UploadedFile):  # removed, or read already
        return
    data = given.getvalue()
    free_upload(given)
    this_visitor = visitor()
    try:
        run = this_visitor.load("lab opened", data)
    except CoreError as problem:
        st.session_state["run_file_problem"] = _refused(problem)
        return
    if NAME in this_visitor.runs and this_visitor.runs[NAME].progress().phase != "new":
        this_visitor.runs[NAME].pause_for_other_run()
        this_visitor.rename(NAME, BEFORE)
    this_visitor.rename("lab opened", NAME)
    controls.show(run.settings)


def _refused(problem: CoreError) -> str:
    if NOT_OPENED in problem.given:
        return _("This file holds a program, or may hold one, so it was not opened. Nothing was changed.")
    if DAMAGED in problem.given:
        return _("This run file is damaged: a part of it is missing or wrong. Nothing was changed.")
    return _("This is not a run that was saved here. Nothing was changed.")
