from collections.abc import Container, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from rnn_core.gradient_setup import Setup
from ui import gradient_readout as readout
from ui.ahead import answering, give_way
from ui.components.plot import plot
from ui.compute import gradients as compute
from ui.figures import gradient_flow as figures
from ui.figures.spectrum import eigenvalue_plane
from ui.gradient_controls import (
    GradientView,
    current_values,
    current_view,
    first_sliders,
    lit_preset,
    look_choice,
    other_controls,
    preset_pills,
    sliders_ahead,
    view_of,
    write_link,
)
from ui.i18n import _
from ui.lesson import prose, prose_part, question
from ui.plain import table
from ui.shell import close_page, link, open_page


def runs_of(view: GradientView, ready: Container[Setup]) -> list[compute.Lengths]:
    """With their bands of chance where they are quick, or computed by now."""
    return [compute.gradient_lengths(each, view.seed, compute.is_quick(each) or each in ready) for each in view.setups]


def flow(view: GradientView, runs: Sequence[compute.Lengths]) -> None:
    rnn, gru, lstm = (run.chosen for run in runs)
    bound = compute.bound(view.rnn, view.seed)
    plot(figures.flow_chart(rnn, gru, lstm, bound, [run.chance for run in runs]), key="flow", height=420)


def eigenvalues(view: GradientView) -> None:
    spectrum = compute.spectrum(view.rnn, view.seed)
    title = _("Eigenvalues of W<sub>hh</sub>")
    plot(eigenvalue_plane(spectrum.eigenvalues, spectrum.largest_singular, title=title), key="eigenvalues")


def spread(view: GradientView) -> None:
    bound = compute.bound(view.rnn, view.seed)
    plot(figures.spread_chart(compute.jacobian_spread(view.rnn, view.seed), bound), key="spread")


def paths(lengths: compute.Lengths) -> None:
    plot(figures.lstm_paths_chart(lengths.chosen), key="paths")


def memory(view: GradientView) -> None:
    at_rest = readout.memories_at_rest(view)
    plot(figures.memory_chart([(each.name, each.left) for each in at_rest]), key="memory")


def look_at_the_matrix(view: GradientView) -> None:
    prose("gradients", "matrix")
    left, right = st.columns([2, 3])
    with left:
        eigenvalues(view)
    with right:
        spread(view)


def look_inside_the_lstm(view: GradientView, lengths: compute.Lengths) -> None:
    prose("gradients", "lstm")
    left, right = st.columns(2)
    with left:
        paths(lengths)
    with right:
        memory(view)
    table(readout.memory_table(readout.memories_at_rest(view)), words=0)


def ahead(values: Mapping[str, Any], ready: Container[Setup], **moved: float) -> None:
    """All charts that are open, for another value of one slider."""
    view = view_of({**values, **moved})
    runs = runs_of(view, ready)
    flow(view, runs)
    if values["look"] == "matrix":
        eigenvalues(view)
        spread(view)
    elif values["look"] == "lstm":
        paths(runs[2])
        memory(view)


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
    give_way()
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
    with answering(partial(ahead, current_values(), frozenset(ready)), sliders_ahead()):
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
