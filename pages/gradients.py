import streamlit as st

from ui import gradient_readout as readout
from ui.components.plot import plot
from ui.compute import gradients as compute
from ui.figures import gradient_flow as figures
from ui.figures.spectrum import eigenvalue_plane
from ui.gradient_controls import (
    GradientView,
    current_view,
    first_sliders,
    lit_preset,
    look_choice,
    other_controls,
    preset_pills,
    write_link,
)
from ui.i18n import _
from ui.lesson import prose, prose_part, question
from ui.plain import table
from ui.shell import close_page, link, open_page


def look_at_the_matrix(view: GradientView) -> None:
    matrix = compute.rnn_matrix(view.rnn, view.seed)
    prose("gradients", "matrix")
    left, right = st.columns([2, 3])
    with left:
        title = _("Eigenvalues of W<sub>hh</sub>")
        plot(eigenvalue_plane(matrix.eigenvalues, matrix.largest_singular, title=title), key="eigenvalues")
    with right:
        plot(figures.spread_chart(compute.jacobian_spread(view.rnn, view.seed), matrix.bound), key="spread")


def look_inside_the_lstm(view: GradientView, lengths: compute.Lengths) -> None:
    prose("gradients", "lstm")
    at_rest = readout.memories_at_rest(view)
    left, right = st.columns(2)
    with left:
        plot(figures.lstm_paths_chart(lengths.chosen), key="paths")
    with right:
        plot(figures.memory_chart([(memory.name, memory.left) for memory in at_rest]), key="memory")
    table(readout.memory_table(at_rest), words=0)


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
    is_part_of_more = st.session_state.pop("is_part_of_more", False)
    write_link()
    lit = lit_preset()
    left, right = st.columns([1, 2], gap="medium")
    with left:
        prose_part("gradients", "presets", lit or "own")
        first_sliders()
    view = current_view()
    setups = (view.rnn, view.gru, view.lstm)
    ready = st.session_state.setdefault("chance_is_ready_for", set())
    runs = [compute.gradient_lengths(each, view.seed, compute.is_quick(each) or each in ready) for each in setups]
    with right:
        rnn, gru, lstm = (run.chosen for run in runs)
        bound = compute.rnn_matrix(view.rnn, view.seed).bound
        plot(figures.flow_chart(rnn, gru, lstm, bound, [run.chance for run in runs]), key="flow", height=420)
    readout.what_happened(view, runs)
    readout.numbers(view, runs)
    look = look_choice()
    if look == "lstm":
        look_inside_the_lstm(view, runs[2])
    elif look == "matrix":
        look_at_the_matrix(view)
    waiting = {setup for setup, run in zip(setups, runs, strict=True) if run.chance is None}
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
