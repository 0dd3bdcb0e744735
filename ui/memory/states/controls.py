"""The widgets of the page on hidden states."""

import streamlit as st

from rnn_core.studies.sequences import Form, Plane, PlaneSetup, SequenceSetup
from ui.browser.dial import page_dial
from ui.i18n import _
from ui.memory.sequences import controls
from ui.widgets.choices import choice
from ui.widgets.stage import Stage

CELLS: tuple[Form, ...] = ("rnn", "gru", "lstm")


def labels() -> dict[str, str]:
    return {
        "time": _("All units"),
        "path": _("The path"),
        "apart": _("Two runs"),
        "cells": _("Three cells"),
        "plane": _("Two units"),
    }


def sequence_controls(stage: Stage, view: str) -> SequenceSetup:
    """The settings that are dragged most are in the dock; cell, sizes, weights and input in the drawer."""
    with stage.dock:
        gain = controls.gain_dial(0.9)
    with stage.drawer if view == "apart" else stage.dock:
        steps = controls.steps_dial()
    with stage.drawer:
        form = "rnn" if view == "cells" else controls.form_choice(CELLS, "rnn")
        units = controls.units_dial(16)
        signal = controls.input_choice("pulse")
        first_weights = controls.first_weights_choice("orthogonal")
        seed = controls.seed_input()
    return SequenceSetup(form, units, steps, seed, first_weights, gain, signal)


def plane_labels() -> dict[Plane, str]:
    return {
        "fades": _("Everything fades"),
        "spiral": _("A spiral"),
        "cycle": _("A cycle"),
        "one_bit": _("One bit"),
        "two_bits": _("Two bits"),
        "detour": _("A long detour"),
    }


def plane_controls(stage: Stage) -> PlaneSetup:
    with stage.top:
        picture = choice(st.pills, _("Weights"), plane_labels(), "one_bit", "plane", label_visibility="collapsed")
    with stage.dock:
        gain = page_dial(_("Strength of the weights"), 0.0, 2.5, 1.0, 0.01, key="strength")
        push = page_dial(_("Input x at every step"), -1.0, 1.0, 0.0, 0.01, key="push")
    with stage.drawer:
        h1 = page_dial(_("Start, unit 1"), -1.0, 1.0, -0.3, 0.01, key="h1")
        h2 = page_dial(_("Start, unit 2"), -1.0, 1.0, 0.9, 0.01, key="h2")
    return PlaneSetup(picture, gain, push, h1, h2)
