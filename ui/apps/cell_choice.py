"""The choice of the cell of an application's network."""

import streamlit as st

from rnn_core.apps.settings import CELLS
from ui.i18n import _
from ui.widgets.choices import choice

_NAMES = {"rnn-tanh": "RNN", "gru": "GRU", "lstm": "LSTM"}


def cell_choice(key: str, at_first: str = "gru") -> str:
    return choice(st.pills, _("Cell"), {each: _NAMES[each] for each in CELLS}, at_first, key)
