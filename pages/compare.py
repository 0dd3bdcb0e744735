from dataclasses import replace

import streamlit as st

from rnn_core.arrays import Cell
from ui.browser.plot import plot
from ui.browser.previews import answering, give_way
from ui.browser.stepper import stepper
from ui.cells.compute import CellRun, cell_run
from ui.cells.controls import length_sliders, lengths, shared_settings, with_lengths
from ui.cells.parameter_counts import parameter_counts
from ui.cells.setup import CellSetup
from ui.figures.heatmap import state_heatmap
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.shell.site import title
from ui.widgets.lesson import prose, question


def runs_of(setup: CellSetup) -> dict[Cell, CellRun]:
    cells: tuple[Cell, ...] = ("rnn", "gru", "lstm")
    return {cell: cell_run(replace(setup, cell=cell)) for cell in cells}


def diagram(runs: dict[Cell, CellRun]) -> None:
    stepper([run.trace for run in runs.values()], [run.grads for run in runs.values()], key="stepper")


def charts(runs: dict[Cell, CellRun]) -> None:
    for cell, run in runs.items():
        chart_title = _("{cell}: hidden state").format(cell=title(cell))
        chart = state_heatmap(run.trace.hs, title=chart_title, inputs=run.trace.xs)
        plot(chart, key=f"states_{cell}", cursor="stepper")


@st.fragment
def explorer(settings: CellSetup) -> None:
    def draw_ahead(**moved: int) -> None:
        ahead = runs_of(with_lengths(setup, **moved))
        diagram(ahead)
        charts(ahead)

    give_way()
    above = st.container()
    setup = lengths(settings)
    runs = runs_of(setup)
    with answering(draw_ahead, length_sliders(setup)):
        with above:
            diagram(runs)
        charts(runs)


open_page("compare")
question("compare")
explorer(shared_settings())
prose("compare", "intro")
parameter_counts()
close_page("compare")
