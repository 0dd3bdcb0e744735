import streamlit as st

from ui.memory.bptt import compute, views
from ui.memory.bptt.controls import DEFAULTS, EXAMPLES, bptt_controls, example_labels
from ui.memory.sequences.controls import examples, view_choice
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, prose_part, question


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    ideas, top, picture, look, below = (st.container() for _place in range(5))
    with top:
        view = bptt_controls(below)
    run = compute.run(view.run, view.at, view.truncate_after)
    with picture:
        views.graph(view, run)
        views.truncation_effect(run)
    with look:
        shown = view_choice(views.labels(), "parts")
        prose_part("bptt", "views", shown)
        views.VIEWS[shown](view, run)
    with ideas:
        examples("bptt", example_labels(), EXAMPLES, DEFAULTS)


open_page("bptt")
question("bptt")
explorer()
prose("bptt", "intro")
link("gradients")
close_page("bptt")
