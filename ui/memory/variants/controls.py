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
    """The settings of all variants, drawn below the charts."""
    columns = st.columns(4)
    with columns[0]:
        steps = st.slider(_("Steps T"), 8, compute.MOST_STEPS, 40, **in_link("T"))
        units = st.slider(_("Hidden size H"), 2, compute.MOST_UNITS, 8, **in_link("H"))
    with columns[1]:
        gain = controls.gain_slider(1.0)
        signal = controls.input_choice("noise")
    with columns[2]:
        form: Form = "lstm" if variant == "forms" else controls.form_choice(CELLS, "gru")
        first_weights = controls.first_weights_choice("torch")
    with columns[3]:
        seed = controls.seed_input()
        unit = 1
        if variant in ("forms", "padding", "chunks"):
            unit = st.number_input(_("Unit to look at"), 1, compute.MOST_UNITS, 1, **in_link("unit"))
    return View(SequenceSetup(form, units, steps, seed, first_weights, gain, signal), min(unit, units) - 1)
