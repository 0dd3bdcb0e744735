"""Saving the network of an application's page as a run file, and opening one."""

from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from rnn_core.apps.application import Application
from rnn_core.errors import CoreError
from rnn_core.learn import runfile
from rnn_core.learn.runfile import DAMAGED, NOT_OPENED, OTHER_KIND
from ui.i18n import _
from ui.lab.compute import visitor
from ui.runs.training import TrainingRun
from ui.widgets.uploads import free_upload


def save_and_open(application: Application[Any], run: TrainingRun[Any]) -> None:
    """The section below the training of every application: save the network, or open a file."""
    with st.expander(_("Save or open a network"), icon=":material/save:", key="app_file_open"):
        saved = run.save() if run.progress().phase not in ("new", "running") or run.began_at else None
        st.download_button(
            _("Save your network"),
            saved or b"",
            f"unrolled-{application.name}.safetensors",
            icon=":material/download:",
            disabled=saved is None,
            help=None if saved else _("Train a network, or pause its training: then it can be saved."),
            on_click="ignore",
            key="app_save",
        )
        name = _key(application)
        st.file_uploader(
            _("Open a saved network"), type=["safetensors"], key=name, on_change=_open, args=(application, name)
        )
        if problem := st.session_state.pop("app_file_problem", None):
            st.error(problem, icon=":material/error:")


def _key(application: Application[Any]) -> str:
    return f"app_file_{application.name}"


def _open(application: Application[Any], key: str) -> None:
    given = st.session_state[key]
    if not isinstance(given, UploadedFile):  # removed
        return
    data = given.getvalue()
    if not data:  # read already
        return
    free_upload(given)
    try:
        state, curves = runfile.load(data, {application.name: application.settings.read})
        application.reader(state)  # a network that cannot be read is refused here, and not on the page
    except CoreError as problem:
        st.session_state["app_file_problem"] = _refused(problem)
        return
    visitor().open(application.name, state, curves)


def _refused(problem: CoreError) -> str:
    if NOT_OPENED in problem.given:
        return _("This file holds a program, or may hold one, so it was not opened. Nothing was changed.")
    if DAMAGED in problem.given:
        return _("This run file is damaged: a part of it is missing or wrong. Nothing was changed.")
    if problem.argument == OTHER_KIND:
        return _("This network belongs to another page. Open it there. Nothing was changed.")
    return _("This is not a run that was saved here. Nothing was changed.")
