import numpy as np
import streamlit as st

from rnn_core.analysis.equivalences import concatenated_weights
from ui.browser.plot import plot
from ui.cells.compute import concatenated_states
from ui.cells.page import CellView, cell_page, state_lines
from ui.figures.matrix import matrix
from ui.figures.words import difference
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose


def joined_form(view: CellView) -> None:
    """Input and state joined, and one wide matrix: the form of older tutorials."""
    prose("rnn", "joined")
    params = view.run.trace.params
    inputs = [f"x<sub>{i + 1}</sub>" for i in range(params.input_size)]
    states = [f"h<sub>{i + 1}</sub>" for i in range(params.hidden_size)]
    title = _("The wide matrix: what each unit takes from x and from the old h")
    plot(matrix(concatenated_weights(params), title=title, rows=states, columns=inputs + states), key="joined")
    hs = view.run.trace.hs
    largest = float(np.abs(concatenated_states(view.setup) - hs).max())
    text = _("Largest difference between the two forms over all {steps} steps: {difference}.")
    st.markdown(text.format(steps=len(hs) - 1, difference=difference(largest)))


def charts(view: CellView) -> None:
    state_lines(view, "hs", title=_("The hidden state, unit by unit"), symbol="h")


open_page("rnn")
cell_page("rnn", charts, joined_form)
prose("rnn", "intro")
close_page("rnn")
