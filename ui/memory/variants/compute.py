"""The runs of the page on variants, one function a variant: only the one that is shown is computed."""

from rnn_core.cells.lstm import LSTMVariant
from rnn_core.studies import variants as runs
from rnn_core.studies.sequences import SequenceSetup
from ui.cache.read_only import make_read_only
from ui.cache.shared import shared

MOST_STEPS, MOST_UNITS = 120, 32


# The largest result at T=120, H=32 is half a megabyte (four LSTM traces); the others are a tenth of that.
@shared(64)
def both_ways(setup: SequenceSetup, changed_step: int | None = None) -> runs.BidirectionalRun:
    return make_read_only(runs.bidirectional_run(setup, changed_step))


@shared(64)
def deep(setup: SequenceSetup, layers: int) -> runs.Deep:
    return make_read_only(runs.deep(setup, layers))


@shared(64)
def attention_run(setup: SequenceSetup, sharpness: float) -> runs.AttentionRun:
    return make_read_only(runs.attention_run(setup, sharpness))


@shared(32)
def lstm_forms(setup: SequenceSetup, peephole: float) -> dict[LSTMVariant, runs.LSTMForm]:
    found = runs.lstm_forms(setup, peephole)
    for form in found.values():
        make_read_only(form)
    return found


@shared(64)
def padded(setup: SequenceSetup, lengths: tuple[int, ...], filler: float) -> runs.Padded:
    return make_read_only(runs.padded(setup, lengths, filler))


@shared(64)
def in_chunks(setup: SequenceSetup, chunk: int, every_step: bool) -> runs.ChunkedRun:
    return make_read_only(runs.chunked_run(setup, chunk, every_step=every_step))
