"""What the page on gates gives to take along, one function a view."""

from collections.abc import Sequence

from rnn_core.analysis import memory
from rnn_core.arrays import Array
from rnn_core.cells import AnyTrace, LSTMTrace
from rnn_core.cells.interventions import Intervention
from rnn_core.studies.gate_functions import GateFunction, GateLetter, GateRun
from ui.memory.gates.controls import GateSetup, gates_of
from ui.memory.sequences.take import SETUP, run_lines, setup_line, states_of
from ui.widgets.take_along.view_notebook import Shown, offer_view

MEMORY = "from rnn_core.analysis import memory as memories\n"


def take_gates(setup: GateSetup, trace: AnyTrace) -> None:
    shown = {**states_of(trace), **_gates(setup, trace, "trace")}
    shown["memory"] = Shown(memory.memory(trace).values, "memories.memory(trace).values")
    offer_view(MEMORY + run_lines(setup.run), shown)


def _gates(setup: GateSetup, trace: AnyTrace, of: str, ending: str = "") -> dict[str, Shown]:
    names = [gate.name for gate in gates_of(setup.run.form).values()]
    return {name + ending: Shown(getattr(trace, name), f"{of}.{name}") for name in names}


def take_remains(setup: GateSetup, trace: AnyTrace, remaining: Array, shares: Array) -> None:
    shown = {
        **states_of(trace),
        "remaining_of_the_start": Shown(remaining, "memories.remaining_start(trace)"),
        "shares": Shown(shares, f"memories.shares(trace, {setup.unit})"),
    }
    offer_view(MEMORY + run_lines(setup.run), shown)


def take_intervention(
    setup: GateSetup, original: AnyTrace, changed: AnyTrace, interventions: Sequence[Intervention]
) -> None:
    lines = (
        f"from rnn_core import Clamp, SetState, Silence\n{SETUP}\n{setup_line(setup.run)}\n"
        f"interventions = {tuple(interventions)!r}\n"
        "untouched = run_of(setup)\nheld = run_of(setup, interventions=interventions)"
    )
    shown = {
        **states_of(original, "untouched"),
        **_gates(setup, original, "untouched"),
        **states_of(changed, "held", "_held"),
        **_gates(setup, changed, "held", "_held"),
    }
    offer_view(lines, shown)


def take_function(
    setup: GateSetup, trace: LSTMTrace, letter: GateLetter, function: GateFunction, changed: GateRun
) -> None:
    lines = (
        "from rnn_core.studies.gate_functions import run_with_gate\n" + run_lines(setup.run) + "\n"
        f'changed = run_with_gate(trace.params, trace.xs, "{letter}", "{function}", trace.cs[0])'
    )
    shown = {
        **states_of(trace),
        "gate_changed": Shown(changed.gate, "changed.gate"),
        "cs_changed": Shown(changed.cs, "changed.cs"),
    }
    offer_view(lines, shown)
