"""How many numbers each cell learns, at sizes that a diagram cannot show."""

import streamlit as st

from rnn_core.arrays import Cell
from rnn_core.params.init import parameter_count
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.shell.site import title
from ui.widgets.lesson import prose
from ui.widgets.tables import table

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
MOST_UNITS, MOST_LAYERS = 4096, 12


@st.fragment
def parameter_counts() -> None:
    prose("compare", "parameters")
    columns = st.columns(3)
    with columns[0]:
        layers = st.number_input(_("Layers"), 1, MOST_LAYERS, 2, **in_link("count_layers"))
    with columns[1]:
        units = st.number_input(_("Hidden size H"), 1, MOST_UNITS, 600, **in_link("count_H"))
    with columns[2]:
        inputs = st.number_input(_("Input size X"), 1, MOST_UNITS, 600, **in_link("count_X"))
    by_biases = {
        biases: [f"{parameter_count(cell, inputs, units, layers=layers, biases=biases):,}" for cell in CELLS]
        for biases in (1, 2)
    }
    table(
        {
            _("Cell"): [title(cell) for cell in CELLS],
            _("Numbers with one bias per gate"): by_biases[1],
            _("As PyTorch stores them, with two"): by_biases[2],
        }
    )
