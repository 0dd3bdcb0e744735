"""The charts of the page on vanishing and exploding gradients, and its closer looks."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

import streamlit as st

from rnn_core.studies.gradients import Setup
from ui.browser.plot import plot
from ui.i18n import _
from ui.memory.gradients import compute, readout
from ui.memory.gradients.controls import GradientView, view_of
from ui.memory.gradients.figures import flow as figures
from ui.memory.gradients.figures.cells import norms_chart
from ui.memory.gradients.figures.spectrum import eigenvalue_plane
from ui.memory.gradients.sentence import sentence
from ui.widgets.lesson import prose
from ui.widgets.tables import table


def runs_of(view: GradientView, ready: Container[Setup]) -> list[compute.Lengths]:
    """The runs of the view, with the bands over seeds where they are fast to compute, or computed already."""
    return [compute.gradient_lengths(each, view.seed, compute.is_quick(each) or each in ready) for each in view.setups]


def flow(view: GradientView, runs: Sequence[compute.Lengths]) -> None:
    rnn, gru, lstm = (run.chosen for run in runs)
    bound = compute.bound(view.rnn, view.seed)
    is_drawn = view.rnn.kind == "torch"  # by PyTorch's own distribution: no dial sets its size
    size = compute.spectrum(view.rnn, view.seed).largest_singular if is_drawn else view.rnn.size
    title = sentence(view.rnn.kind, size, rnn, lstm, bound)
    chart = norms_chart(rnn, gru, lstm, bound, [run.chance for run in runs], title=title)
    plot(chart, key="flow", height="stage", cursor="gradients")


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


def draw_ahead(values: Mapping[str, Any], ready: Container[Setup], **moved: float) -> None:
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
