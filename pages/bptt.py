import streamlit as st

from ui.memory.bptt import compute, presets, views
from ui.memory.bptt.controls import DEFAULTS, EXAMPLES, HAND, bptt_controls, hand_weight, picture_choice
from ui.memory.bptt.take import take_network
from ui.memory.sequences.controls import example_text, examples, view_choice
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, prose_part, question
from ui.widgets.stage import Stage, tune_button, whole_stage


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    stage, ideas = whole_stage(), st.container()
    with stage.top:
        picture = picture_choice()
    if picture == HAND:
        with stage.dock:
            w = hand_weight()
        with stage.picture:
            views.worked_example(w)
    else:
        network(stage, picture)
    with stage.dock:
        selected = examples("bptt", presets.pictures(), EXAMPLES, DEFAULTS)
    with ideas:
        example_text("bptt", selected)


def network(stage: Stage, picture: str) -> None:
    view = bptt_controls(stage)
    run = compute.run(view.run, view.at, view.truncate_after)
    with stage.picture:
        if picture == "wires":
            views.graph(view, run)
        else:
            views.sum_of_steps(view)
    views.truncation_effect(run)
    shown = view_choice(views.labels(), "parts")
    prose_part("bptt", "views", shown)
    views.VIEWS[shown](view, run)
    take_network(view, run)


open_page("bptt")
question("bptt")
tune_button()
explorer()
prose("bptt", "intro")
link("gradients")
close_page("bptt")
