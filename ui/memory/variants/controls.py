"""The widgets that the six views of the page on variants share."""

from dataclasses import dataclass

import streamlit as st

from rnn_core.studies.sequences import Form, SequenceSetup
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.sequences import controls
from ui.memory.variants import compute

CELLS: tuple[Form, ...] = ("rnn", "lstm", "gru")


@dataclass(frozen=True)
class View:
    run: SequenceSetup
    unit: int  # from 0


def labels() -> dict[str, str]:
    return {
        "both": _("Both directions"),
        "deep": _("Deep"),
        "attention": _("Attention"),
        "forms": _("Forms of the LSTM"),
        "padding": _("Padding"),
        "chunks": _("In chunks"),
    }


def shared_controls(variant: str) -> View:
    """The settings that all variants have, drawn in the drawer."""
    form: Form = "lstm" if variant == "forms" else controls.form_choice(CELLS, "gru")
    steps = controls.steps_dial(40, 8, compute.MOST_STEPS)
    units = controls.units_dial(8, 2, compute.MOST_UNITS)
    gain = controls.gain_dial(1.0)
    signal = controls.input_choice("noise")
    first_weights = controls.first_weights_choice("torch")
    seed = controls.seed_input()
    unit = 1
    if variant in ("forms", "padding", "chunks"):
        unit = st.number_input(_("Unit to look at"), 1, compute.MOST_UNITS, 1, **in_link("unit"))
    return View(SequenceSetup(form, units, steps, seed, first_weights, gain, signal), min(unit, units) - 1)
