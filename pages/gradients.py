from functools import partial

import streamlit as st

from ui.browser.previews import answering
from ui.i18n import _
from ui.memory.gradients import compute, readout
from ui.memory.gradients.controls import (
    current_values,
    current_view,
    dials_ahead,
    look_choice,
    main_dials,
    matching_preset,
    open_link,
    other_controls,
    write_link,
)
from ui.memory.gradients.presets import preset_thumbnails
from ui.memory.gradients.take import take_norms
from ui.memory.gradients.views import draw_ahead, flow, look_at_the_matrix, look_inside_the_lstm, runs_of
from ui.shell.frame import close_page, link, open_page
from ui.widgets.choices import rerun_page
from ui.widgets.lesson import prose, prose_part, question
from ui.widgets.stage import dock, drawer_panel, stage, stage_row, tune_button


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    open_link()
    with stage_row():
        picture, settings = stage(), drawer_panel()
    with picture:
        chart = st.container()
        below = dock()
    with below:
        main_dials()
    with settings:
        other_controls()
    write_link()
    view = current_view()
    ready = st.session_state.setdefault("chance_is_ready_for", set())
    runs = runs_of(view, ready)
    with answering(partial(draw_ahead, current_values(), frozenset(ready)), dials_ahead()):
        with chart:
            flow(view, runs)
        with below:
            preset_thumbnails()
        prose_part("gradients", "presets", matching_preset() or "own")
        readout.report_overflow(view, runs)
        readout.numbers(view, runs)
        take_norms(view, runs)
        look = look_choice()
        if look == "lstm":
            look_inside_the_lstm(view, runs[2])
        elif look == "matrix":
            look_at_the_matrix(view)
    waiting = {setup for setup, run in zip(view.setups, runs, strict=True) if run.chance is None}
    if waiting:  # long runs: the lines are drawn first, and the bands follow
        for setup in waiting:
            compute.chance(setup)
        ready.update(waiting)
        rerun_page()


open_page("gradients")
question("gradients")
tune_button()
explorer()
prose("gradients", "intro")
link("clipping", _("What clipping can fix, and what it cannot"))
close_page("gradients")
