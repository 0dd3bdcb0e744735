"""The widgets of the page on gates: the bias of the gate that keeps, with the time scale it implies, and all else."""

import math
from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.analysis import memory
from rnn_core.cells import AnyTrace
from rnn_core.equations.digits import digits_for_all, written
from rnn_core.studies.sequences import FORMS, Form, SequenceSetup
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.gates.intervention_text import GATES, MEMORY
from ui.memory.sequences import compute, controls

CELLS: tuple[Form, ...] = ("lstm", "lstm97", "coupled", "gru", "gru_before")


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


def gate_controls(below: DeltaGenerator) -> GateSetup:
    """The bias of the gate that keeps stands here, next to the picture; everything else below the charts."""
    form = controls.form_choice(CELLS, "lstm")
    top = st.columns([1, 2])
    with below:
        columns = st.columns(5)
        with columns[0]:
            steps = controls.steps_slider()
            units = controls.units_slider(8)
        with columns[1]:
            signal = controls.input_choice("wave")
            start = st.slider(_("Memory at the start"), -1.0, 1.0, 1.0, 0.1, **in_link("m0"))
        with columns[2]:
            first_weights = controls.first_weights_choice("torch")
            seed = controls.seed_input()
        with columns[3]:
            biases = _other_biases(form, first_weights == "chrono")
        with columns[4]:
            unit = st.number_input(_("Unit to look at"), 1, controls.MOST_UNITS, 1, **in_link("unit"))
    chosen = first_weights == "chrono" and form != "lstm97"
    with top[0]:
        keep = keep_letter(form)
        bias = st.slider(
            _("Bias of the gate that keeps"),
            -4.0,
            8.0,
            0.0,
            0.005,
            **in_link("bk"),
            disabled=chosen or form == "lstm97",
        )
    if not chosen:
        biases = (*biases, (f"b_{keep}", bias))
    setup = SequenceSetup(form, units, steps, seed, first_weights, 1.0, signal, biases, start)
    with top[1]:
        st.markdown(_time_scale_in_words(setup, compute.gated_run(setup)))
    return GateSetup(setup, min(unit, units) - 1)


def _other_biases(form: Form, chrono: bool) -> tuple[tuple[str, float], ...]:
    letters = {"lstm": "io", "lstm97": "io", "coupled": "o"}.get(form, "r")
    return tuple(
        (
            f"b_{letter}",
            st.slider(_("Bias of {gate}").format(gate=letter), -4.0, 8.0, 0.0, 0.1, **in_link(f"b{letter}")),
        )
        for letter in letters
        if not (chrono and letter == "i" and form == "lstm")
    )


def _time_scale_in_words(setup: SequenceSetup, trace: AnyTrace) -> str:
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
        [part], [scale, *left], lambda p: [-1.0 / math.log(p[0]), p[0] ** 20, p[0] ** 100], [3] * 3
    )
    return _(
        "At rest ${{{gate} = \\sigma({bias:g}) = {part}}}$: a time scale of ${{-1/\\ln {gate} = {scale}}}$ steps.  \n"
        "Left after 20 steps: {after_20}; after 100 steps: {after_100}."
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


def gate_name(name: str) -> str:
    return {
        "forget_gate": _("forget gate"),
        "input_gate": _("input gate"),
        "output_gate": _("output gate"),
        "candidate": _("candidate"),
        "update_gate": _("update gate"),
        "reset_gate": _("reset gate"),
    }[name]
