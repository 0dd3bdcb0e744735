from dataclasses import replace

import streamlit as st

from ui.components.plot import plot
from ui.components.stepper import stepper
from ui.compute.cells import cell_run
from ui.controls import lengths, shared_settings
from ui.figures.heatmap import state_heatmap
from ui.i18n import _
from ui.lesson import prose, question
from ui.parameter_counts import parameter_counts
from ui.setup import CellSetup
from ui.shell import close_page, open_page
from ui.site import title


@st.fragment
def explorer(settings: CellSetup) -> None:
    diagram = st.container()
    setup = lengths(settings)
    setups = [replace(setup, cell=cell) for cell in ("rnn", "gru", "lstm")]
    runs = [cell_run(each) for each in setups]
    with diagram:
        stepper([run.trace for run in runs], [run.grads for run in runs], key="stepper")
    for each, run in zip(setups, runs, strict=True):
        chart_title = _("{cell}: hidden state").format(cell=title(each.cell))
        chart = state_heatmap(run.trace.hs, title=chart_title, inputs=run.trace.xs)
        plot(chart, key=f"states_{each.cell}", cursor="stepper")


open_page("compare")
question("compare")
explorer(shared_settings())
prose("compare", "intro")
parameter_counts()
close_page("compare")
