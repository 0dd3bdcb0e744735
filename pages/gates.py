import streamlit as st

from ui.memory.gates import presets, views
from ui.memory.gates.controls import gate_controls, time_scale_in_words
from ui.memory.sequences import compute
from ui.memory.sequences.controls import chrono_note, example_text, examples, view_choice
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, prose_part, question
from ui.widgets.stage import tune_button, whole_stage


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    stage, ideas = whole_stage(), st.container()
    with stage.top:
        view = view_choice(views.labels(), "gates")
    setup = gate_controls(stage, interferes=view == "hold")
    views.VIEWS[view](setup, stage)
    with stage.dock:
        selected = examples("gates", presets.pictures(), presets.EXAMPLES, presets.DEFAULTS)
    with ideas:
        chrono_note(setup.run)
        example_text("gates", selected)
        st.markdown(time_scale_in_words(setup.run, compute.gated_run(setup.run)))
    prose_part("gates", "views", view)


open_page("gates")
question("gates")
tune_button()
explorer()
prose("gates", "intro")
close_page("gates")
