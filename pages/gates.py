import streamlit as st

from ui.memory.gates import views
from ui.memory.gates.controls import gate_controls
from ui.memory.sequences.controls import chrono_note, examples, view_choice
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, prose_part, question


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    ideas, top, charts, below = st.container(), st.container(), st.container(), st.container()
    with top:
        view = view_choice(views.labels(), "gates")
        setup = gate_controls(below)
        chrono_note(setup.run)
    with charts:
        views.VIEWS[view](setup)
    with ideas:
        examples("gates", views.example_labels(), views.EXAMPLES, views.DEFAULTS)
    prose_part("gates", "views", view)


open_page("gates")
question("gates")
explorer()
prose("gates", "intro")
close_page("gates")
