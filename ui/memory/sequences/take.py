"""The runs of H units over a sequence, as they are taken along: the settings, and the line that computes each number."""

from collections.abc import Mapping

from rnn_core.cells import AnyTrace, LSTMTrace
from rnn_core.studies.sequences import SequenceSetup
from ui.widgets.take_along.view_notebook import Shown

SETUP = "from rnn_core.studies.sequences import SequenceSetup, run_of\n"


def setup_line(setup: SequenceSetup) -> str:
    return f"setup = {setup!r}"


def run_lines(setup: SequenceSetup) -> str:
    """They leave `setup` and `trace`."""
    return f"{SETUP}\n{setup_line(setup)}\ntrace = run_of(setup)"


def states_of(trace: AnyTrace, of: str = "trace", ending: str = "") -> Mapping[str, Shown]:
    """The input, h, and c where the cell has one. `of`: the name of the trace in the notebook."""
    shown = {"xs": Shown(trace.xs, f"{of}.xs"), "hs": Shown(trace.hs, f"{of}.hs")}
    if isinstance(trace, LSTMTrace):
        shown["cs"] = Shown(trace.cs, f"{of}.cs")
    return {name + ending: each for name, each in shown.items()}
