"""The door to the character models: what they write, read and keep."""

import streamlit as st

from rnn_core.apps.text import units as unit_scores
from rnn_core.apps.text import writing
from rnn_core.apps.text.reader import Look, Reader
from rnn_core.apps.text.units import Units
from rnn_core.apps.text.writing import Manner, Written
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackGradients
from ui.read_only import sealed

Forced = tuple[tuple[int, str], ...]  # (place, character), so that it can be a key


@st.cache_resource(max_entries=16, show_spinner=False)
def reader(state: RunState) -> Reader:
    return Reader(state)


@st.cache_resource(max_entries=128, show_spinner=False)
def written(state: RunState, beginning: str, length: int, manner: Manner, forced: Forced = ()) -> Written:
    return sealed(writing.write(reader(state), beginning, length, manner, dict(forced)))


@st.cache_resource(max_entries=64, show_spinner=False)
def beam(state: RunState, beginning: str, length: int, width: int) -> Written:
    return sealed(writing.beam(reader(state), beginning, length, width))


@st.cache_resource(max_entries=32, show_spinner=False)
def look(state: RunState, text: str) -> Look:
    return sealed(reader(state).look(text))


@st.cache_resource(max_entries=32, show_spinner=False)
def gradients(state: RunState, text: str) -> StackGradients:
    """Of what the last character cost."""
    seen = look(state, text)
    return sealed(reader(state).gradients(seen, len(seen.surprise) - 1))


@st.cache_resource(max_entries=8, show_spinner=False)
def units(state: RunState) -> Units:
    return sealed(unit_scores.units(reader(state)))
