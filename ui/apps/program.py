"""The network of a page as a program that runs elsewhere, in the library of the reader's choice."""

import streamlit as st

from rnn_core.apps.application import Application, S
from ui.i18n import _
from ui.widgets.choices import choice


def show_program(application: Application[S], settings: S) -> None:
    libraries = {"PyTorch": "PyTorch", "Keras": "Keras"}
    library = choice(st.segmented_control, _("Library"), libraries, "PyTorch", "code")
    programs = application.programs
    write = programs.as_torch if library == "PyTorch" else programs.as_keras
    program = write(settings, say=_)
    st.code(program, language="python", wrap_lines=True)
    file = f"{application.name}_{library.lower()}.py"
    st.download_button(_("Download"), program, file, "text/x-python", icon=":material/download:")
