import streamlit as st

from ui.memory.sequences.controls import chrono_note, view_choice
from ui.memory.variants import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    top, charts, below = st.container(), st.container(), st.container()
    with top:
        variant = view_choice(controls.labels(), "both")
    with below:
        view = controls.shared_controls(variant)
        chrono_note(view.run)
    with charts:
        views.VIEWS[variant](view)
    prose("variants", variant)


open_page("variants")
question("variants")
explorer()
prose("variants", "intro")
close_page("variants")
