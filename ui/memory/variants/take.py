"""What the page on variants gives to take along: the run that a view shows, with all of its arrays."""

from collections.abc import Mapping
from dataclasses import fields

from numpy.typing import ArrayLike

from rnn_core.cells.lstm import LSTMVariant
from rnn_core.studies import variants as runs
from rnn_core.studies.sequences import SequenceSetup
from ui.memory.sequences.take import setup_line
from ui.widgets.take_along.view_notebook import Shown, offer_view


def take_both(setup: SequenceSetup, found: runs.BidirectionalRun, changed_step: int) -> None:
    _offer(setup, f"runs.bidirectional_run(setup, {changed_step})", _arrays(found))


def take_deep(setup: SequenceSetup, found: runs.Deep) -> None:
    layers = {f"hs_layer{number + 1}": Shown(hs, f"found.hs[{number}]") for number, hs in enumerate(found.hs)}
    _offer(setup, f"runs.deep(setup, {len(found.hs)})", _arrays(found, without="hs") | layers)


def take_attention(setup: SequenceSetup, found: runs.AttentionRun, sharpness: float) -> None:
    last = {"attention_of_the_last_state": Shown(found.attention.weights, "found.attention.weights")}
    _offer(setup, f"runs.attention_run(setup, {sharpness!r})", _arrays(found, without="attention") | last)


def take_forms(setup: SequenceSetup, found: Mapping[LSTMVariant, runs.LSTMForm], peephole: float) -> None:
    shown: dict[str, Shown] = {}
    for variant, form in found.items():
        for name in ("cs", "hs", "forget_gate"):
            shown[f"{name}_{variant}"] = Shown(getattr(form.trace, name), f'found["{variant}"].trace.{name}')
        shown[f"parameters_{variant}"] = Shown(form.parameters, f'found["{variant}"].parameters')
    _offer(setup, f"runs.lstm_forms(setup, {peephole!r})", shown)


def take_padding(setup: SequenceSetup, found: runs.Padded, lengths: tuple[int, ...], filler: float) -> None:
    _offer(setup, f"runs.padded(setup, {lengths!r}, {filler!r})", _arrays(found))


def take_chunks(setup: SequenceSetup, found: runs.ChunkedRun, chunk: int, every_step: bool) -> None:
    _offer(setup, f"runs.chunked_run(setup, {chunk}, every_step={every_step})", _arrays(found))


def _arrays(found: object, without: str = "") -> dict[str, Shown]:
    """Every field of a run; they are arrays and numbers."""
    names = [field.name for field in fields(found) if field.name != without]  # type: ignore[arg-type]
    values: dict[str, ArrayLike] = {name: getattr(found, name) for name in names}
    return {name: Shown(value, f"found.{name}") for name, value in values.items()}


def _offer(setup: SequenceSetup, call: str, shown: Mapping[str, Shown]) -> None:
    lines = (
        "from rnn_core.studies import variants as runs\nfrom rnn_core.studies.sequences import SequenceSetup\n\n"
        f"{setup_line(setup)}\nfound = {call}"
    )
    offer_view(lines, shown)
