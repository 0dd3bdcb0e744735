import streamlit as st

from rnn_core.studies.sequences import PlaneSetup, SequenceSetup
from ui.memory.sequences.controls import chrono_note, example_text, examples, view_choice
from ui.memory.states import controls, presets, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, prose_part, question
from ui.widgets.stage import tune_button, whole_stage


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    stage, ideas = whole_stage(), st.container()
    with stage.top:
        view = view_choice(controls.labels(), "time")
    setup: PlaneSetup | SequenceSetup
    setup = controls.plane_controls(stage) if view == "plane" else controls.sequence_controls(stage, view)
    views.VIEWS[view](setup, stage)
    with stage.dock:
        selected = examples("states", presets.pictures(), presets.EXAMPLES, presets.DEFAULTS)
    with ideas:
        if isinstance(setup, PlaneSetup):
            prose_part("states", "planes", setup.picture)
        else:
            chrono_note(setup)
        example_text("states", selected)
    prose_part("states", "views", view)


open_page("states")
question("states")
tune_button()
explorer()
prose("states", "intro")
close_page("states")
