import streamlit as st

from rnn_core.studies.sequences import PlaneSetup, SequenceSetup
from ui.memory.sequences.controls import chrono_note, examples, view_choice
from ui.memory.states import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, prose_part, question


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    ideas, top, charts, below = st.container(), st.container(), st.container(), st.container()
    with top:
        view = view_choice(controls.labels(), "time")
        setup: PlaneSetup | SequenceSetup
        if view == "plane":
            setup = controls.plane_controls()
            prose_part("states", "planes", setup.picture)
        else:
            setup = controls.sequence_controls(below, three_cells=view == "cells")
            chrono_note(setup)
    with charts:
        views.VIEWS[view](setup)
    with ideas:
        examples("states", controls.example_labels(), controls.EXAMPLES, controls.DEFAULTS)
    prose_part("states", "views", view)


open_page("states")
question("states")
explorer()
prose("states", "intro")
close_page("states")
