"""The widgets of the page on gates: the bias of the gate that keeps, with the time scale it implies, and all other settings."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis import memory
from rnn_core.cells import AnyTrace
from rnn_core.equations.digits import digits_for_all, written
from rnn_core.studies.sequences import FORMS, Form, SequenceSetup
from ui.browser.dial import page_dial
from ui.browser.previews import Slider
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.gates.intervention_text import GATES, MEMORY
from ui.memory.sequences import controls
from ui.memory.sequences.previews import Follower, sequence_dials
from ui.widgets.stage import Stage

CELLS: tuple[Form, ...] = ("lstm", "lstm97", "coupled", "gru", "gru_before")
BIASES = (-4.0, 8.0)


@dataclass(frozen=True)
class GateSetup:
    run: SequenceSetup
    unit: int  # from 0


@dataclass(frozen=True)
class GateShown:
    name: str  # field of the trace
    symbol: str
    signed: bool


def gates_of(form: Form) -> dict[str, GateShown]:
    return {
        letter: GateShown(name, letter, signed=name == "candidate") for letter, name in GATES[FORMS[form][0]].items()
    }


def keep_letter(form: Form) -> str:
    """The gate that keeps: f, or z."""
    return "f" if FORMS[form][0] == "lstm" else "z"


def gate_controls(stage: Stage, *, interferes: bool) -> GateSetup:
    """The bias of the gate that keeps and the length of the run are in the dock, everything else in the drawer. Whoever interferes
    needs the dock's room for other dials."""
    with stage.drawer:
        form = controls.form_choice(CELLS, "lstm")
        units = controls.units_dial(8)
        signal = controls.input_choice("wave")
        start = page_dial(_("Memory at the start"), -1.0, 1.0, 1.0, 0.1, key="m0")
        first_weights = controls.first_weights_choice("torch")
        seed = controls.seed_input()
        biases = _other_biases(form, first_weights == "chrono")
        unit = st.number_input(_("Unit to look at"), 1, controls.MOST_UNITS, 1, **in_link("unit"))
    chosen = first_weights == "chrono" and form != "lstm97"
    keep = keep_letter(form)
    with stage.dock:
        bias = page_dial(
            _("Bias of the gate that keeps"),
            *BIASES,
            2.0,
            0.005,
            key="bk",
            disabled=chosen or form == "lstm97",
            note="sigmoid",
            ink="forget_gate" if keep == "f" else "update_gate",
        )
    with stage.drawer if interferes else stage.dock:
        steps = controls.steps_dial()
    if not chosen:
        biases = (*biases, (f"b_{keep}", bias))
    setup = SequenceSetup(form, units, steps, seed, first_weights, 1.0, signal, biases, start)
    return GateSetup(setup, min(unit, units) - 1)


def gate_dials(view: GateSetup) -> dict[str, Follower[GateSetup]]:
    """How the dials in the dock change the view."""
    keep = f"b_{keep_letter(view.run.form)}"
    biases = dict(view.run.biases)
    of_run = {name: dial for name, dial in sequence_dials(view.run).items() if name == "T"}
    dials = {name: Follower(dial.slider, partial(_with_run, dial)) for name, dial in of_run.items()}
    if keep in biases:
        dials["bk"] = Follower(Slider(biases[keep], *BIASES), _with_bias)
    return dials


def _with_run(dial: Follower[SequenceSetup], view: GateSetup, value: float) -> GateSetup:
    return replace(view, run=dial.moved(view.run, value))


def _with_bias(view: GateSetup, bias: float) -> GateSetup:
    biases = {**dict(view.run.biases), f"b_{keep_letter(view.run.form)}": bias}
    return replace(view, run=replace(view.run, biases=tuple(biases.items())))


def _other_biases(form: Form, chrono: bool) -> tuple[tuple[str, float], ...]:
    letters = {"lstm": "io", "lstm97": "io", "coupled": "o"}.get(form, "r")
    return tuple(
        (
            f"b_{letter}",
            page_dial(_("Bias of {gate}").format(gate=letter), -4.0, 8.0, 0.0, 0.1, key=f"b{letter}"),
        )
        for letter in letters
        if not (chrono and letter == "i" and form == "lstm")
    )


def time_scale_in_words(setup: SequenceSetup, trace: AnyTrace) -> str:
    """The bias alone, with weights and inputs at zero: what it keeps at each step, and how much that leaves."""
    if setup.form == "lstm97":
        return _("This cell has no forget gate: $f = 1$ at every step, and nothing is ever lost from $c$.")
    keep = keep_letter(setup.form)
    kept = 1.0 / (1.0 + np.exp(-getattr(trace.params, f"b_{keep}")))
    scales = memory.time_scale(kept)
    if np.ptp(kept) > 0.0:
        return _("The units’ biases differ: time scales $-1/\\ln {gate}$ from {low} to {high} steps.").format(
            gate=keep, low=number(float(scales.min())), high=number(float(scales.max()))
        )
    part, scale = float(kept[0]), float(scales[0])
    left = [part**20, part**100]
    (digits,) = digits_for_all(
        [part], [scale, *left], lambda p: [float(memory.time_scale(np.array(p[0]))), p[0] ** 20, p[0] ** 100], [3] * 3
    )
    return _(
        "With zero weights ${{{gate} = \\sigma({bias:g}) = {part}}}$: a time scale of ${{-1/\\ln {gate} = {scale}}}$ steps.  \nLeft after 20 steps: {after_20}; after 100 steps: {after_100}."
    ).format(
        gate=keep,
        bias=getattr(trace.params, f"b_{keep}")[0],
        part=written(part, digits),
        scale=number(scale),
        after_20=number(left[0]),
        after_100=number(left[1]),
    )


def memory_symbol(setup: SequenceSetup) -> str:
    return MEMORY[FORMS[setup.form][0]]
