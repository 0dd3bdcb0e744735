import streamlit as st

from ui.components.plot import plot
from ui.components.stepper import stepper
from ui.compute.cells import cell_run
from ui.controls import shared_controls
from ui.figures.heatmap import state_heatmap
from ui.i18n import _
from ui.lesson import prose, question
from ui.shell import close_page, open_page
from ui.site import title


@st.fragment
def explorer() -> None:
    diagram = st.container()
    setups = shared_controls(("rnn", "gru", "lstm"))
    runs = [cell_run(setup) for setup in setups]
    with diagram:
        stepper([run.trace for run in runs], [run.grads for run in runs], key="stepper")
    for setup, run in zip(setups, runs, strict=True):
        chart_title = _("{cell}: hidden state").format(cell=title(setup.cell))
        chart = state_heatmap(run.trace.hs, title=chart_title, inputs=run.trace.xs)
        plot(chart, key=f"states_{setup.cell}", cursor="stepper")


open_page("compare")
question("compare")
explorer()
prose("compare", "intro")
close_page("compare")
