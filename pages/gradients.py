from functools import partial

import streamlit as st

from ui.browser.previews import answering, wait_for_preview
from ui.i18n import _
from ui.memory.gradients import compute, readout
from ui.memory.gradients.controls import (
    current_values,
    current_view,
    first_sliders,
    lit_preset,
    look_choice,
    other_controls,
    preset_pills,
    sliders_ahead,
    write_link,
)
from ui.memory.gradients.views import draw_ahead, flow, look_at_the_matrix, look_inside_the_lstm, runs_of
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, prose_part, question


@st.fragment
def explorer() -> None:
    """All that a widget changes: the rest of the page and the frame around it are not run again."""
    preset_pills()
    st.session_state["is_part_of_more"] = True
    dragged_first()
    other_controls()


@st.fragment
def dragged_first() -> None:
    """All that the first sliders change: while they move, the other widgets are not made again."""
    wait_for_preview()
    is_part_of_more = st.session_state.pop("is_part_of_more", False)
    write_link()
    lit = lit_preset()
    left, right = st.columns([1, 2], gap="medium")
    with left:
        prose_part("gradients", "presets", lit or "own")
        first_sliders()
    view = current_view()
    ready = st.session_state.setdefault("chance_is_ready_for", set())
    runs = runs_of(view, ready)
    with answering(partial(draw_ahead, current_values(), frozenset(ready)), sliders_ahead()):
        with right:
            flow(view, runs)
        readout.what_happened(view, runs)
        readout.numbers(view, runs)
        look = look_choice()
        if look == "lstm":
            look_inside_the_lstm(view, runs[2])
        elif look == "matrix":
            look_at_the_matrix(view)
    waiting = {setup for setup, run in zip(view.setups, runs, strict=True) if run.chance is None}
    if waiting:  # long runs: the lines stand first, and the bands follow
        for setup in waiting:
            compute.chance(setup)
        ready.update(waiting)
        st.rerun(scope="app" if is_part_of_more else "fragment")
    if lit != st.session_state["gradient_preset"]:  # another preset is to be lit, or none
        st.rerun()


open_page("gradients")
question("gradients")
explorer()
prose("gradients", "intro")
link("clipping", _("What clipping can mend, and what it cannot"))
close_page("gradients")
