"""The runs of the page on variants, one function a variant: only the one that is shown is computed."""

import streamlit as st

from rnn_core.cells.lstm import LSTMVariant
from rnn_core.studies import variants as runs
from rnn_core.studies.sequences import SequenceSetup
from ui.cache.read_only import make_read_only

MOST_STEPS, MOST_UNITS = 120, 32


# The largest result at T=120, H=32 is half a megabyte (four LSTM traces); the others are a tenth of that.
@st.cache_resource(max_entries=64, show_spinner=False)
def both_ways(setup: SequenceSetup, changed_step: int | None = None) -> runs.BidirectionalRun:
    return make_read_only(runs.bidirectional_run(setup, changed_step))


@st.cache_resource(max_entries=64, show_spinner=False)
def deep(setup: SequenceSetup, layers: int) -> runs.Deep:
    return make_read_only(runs.deep(setup, layers))


@st.cache_resource(max_entries=64, show_spinner=False)
def attention_run(setup: SequenceSetup, sharpness: float) -> runs.AttentionRun:
    return make_read_only(runs.attention_run(setup, sharpness))


@st.cache_resource(max_entries=32, show_spinner=False)
def lstm_forms(setup: SequenceSetup, peephole: float) -> dict[LSTMVariant, runs.LSTMForm]:
    found = runs.lstm_forms(setup, peephole)
    for form in found.values():
        make_read_only(form)
    return found


@st.cache_resource(max_entries=64, show_spinner=False)
def padded(setup: SequenceSetup, lengths: tuple[int, ...], filler: float) -> runs.Padded:
    return make_read_only(runs.padded(setup, lengths, filler))


@st.cache_resource(max_entries=64, show_spinner=False)
def in_chunks(setup: SequenceSetup, chunk: int, every_step: bool) -> runs.ChunkedRun:
    return make_read_only(runs.chunked_run(setup, chunk, every_step=every_step))
