from dataclasses import replace

import streamlit as st

from rnn_core.arrays import Cell
from ui.browser import live
from ui.browser.plot import plot
from ui.browser.stepper import stepper
from ui.cells.compute import CellRun, cell_run, telling_step
from ui.cells.controls import length_dials, shared_settings, with_lengths, with_numbers
from ui.cells.parameter_counts import parameter_counts
from ui.cells.practice import practice_button, practice_on
from ui.cells.reach import dials_of, reach
from ui.cells.setup import CellSetup
from ui.cells.take import cells_offer
from ui.figures.heatmap import state_heatmap
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.shell.site import title
from ui.widgets.lesson import prose, question
from ui.widgets.stage import drawer_panel, stage, stage_row, tune_button
from ui.widgets.take_along.offers import offer

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
DIAGRAM = "stepper"


def diagram(setups: tuple[CellSetup, ...], runs: list[CellRun]) -> None:
    traces, grads = [run.trace for run in runs], [run.grads for run in runs]
    steps, *others = length_dials(setups[0]).values()
    practice = practice_on({setup.cell: run for setup, run in zip(setups, runs, strict=True)}, DIAGRAM)
    step = min(max(telling_step(setup.cell, setup.preset) for setup in setups), len(traces[0].xs))
    live = reach(setups, "last")
    stepper(traces, grads, key=DIAGRAM, step=step, live=live, dial=steps, lengths=others, practice=practice)


def charts(setups: tuple[CellSetup, ...], runs: list[CellRun]) -> None:
    dials = dials_of(setups[0])
    for place, (setup, run) in enumerate(zip(setups, runs, strict=True)):
        chart_title = _("{cell}: hidden state").format(cell=title(setup.cell))
        chart = state_heatmap(run.trace.hs, title=chart_title, inputs=run.trace.xs)
        follow = live.heatmap(DIAGRAM, dials, place, "hs") if dials else None
        plot(chart, key=f"states_{setup.cell}", cursor=DIAGRAM, live=follow)


@st.fragment
def explorer() -> None:
    with stage_row():
        picture, panel = stage(), drawer_panel()
    with panel:
        setup = with_numbers(with_lengths(shared_settings(), shown=("hidden_size", "input_size")))
    setups = tuple(replace(setup, cell=cell) for cell in CELLS)
    runs = [cell_run(each) for each in setups]
    with picture:
        diagram(setups, runs)
    charts(setups, runs)
    offer(cells_offer(setups, runs))


open_page("compare")
question("compare")
practice_button()
tune_button()
explorer()
prose("compare", "intro")
parameter_counts()
close_page("compare")
