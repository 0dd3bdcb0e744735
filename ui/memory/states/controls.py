"""The widgets of the page on hidden states, and its examples."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.studies.sequences import Form, Plane, PlaneSetup, SequenceSetup
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.sequences import controls
from ui.widgets.choices import choice

CELLS: tuple[Form, ...] = ("rnn", "gru", "lstm")

DEFAULTS: controls.Settings = {
    "view": "time",
    "cell": "rnn",
    "gain": 0.6,
    "T": 60,
    "H": 16,
    "input": "pulse",
    "init": "orthogonal",
    "seed": 0,
}
EXAMPLES: Mapping[str, controls.Settings] = {
    "echo": {},
    "restless": {"gain": 1.2, "T": 120, "sort": "similarity"},
    "loop": {"view": "path", "input": "wave", "gain": 0.9, "T": 120},
    "butterfly": {"view": "apart", "gain": 2.2, "T": 200, "H": 64, "input": "noise", "size": 1e-9},
    "slow": {
        "cell": "gru",
        "gain": 1.0,
        "T": 120,
        "H": 64,
        "init": "chrono",
        "input": "wave",
        "sort": "time",
        "units": [26, 20],
    },
    "bit": {"view": "plane", "plane": "one_bit"},
}


def labels() -> dict[str, str]:
    return {
        "time": _("All units"),
        "path": _("The path"),
        "apart": _("Two runs"),
        "cells": _("Three cells"),
        "plane": _("Two units"),
    }


def example_labels() -> dict[str, str]:
    return {
        "echo": _("A short echo"),
        "restless": _("Never at rest"),
        "loop": _("A loop"),
        "butterfly": _("The butterfly"),
        "slow": _("Slow and fast"),
        "bit": _("One bit"),
    }


def sequence_controls(below: DeltaGenerator, *, three_cells: bool) -> SequenceSetup:
    """The settings that are dragged most are drawn here; sizes, weights and input below the charts."""
    first, second, third = st.columns(3)
    with first:
        gain = controls.gain_slider(0.6)
    with second:
        steps = controls.steps_slider()
    with third:
        form = "rnn" if three_cells else controls.form_choice(CELLS, "rnn")
    with below:
        columns = st.columns(4)
        with columns[0]:
            units = controls.units_slider(16)
        with columns[1]:
            signal = controls.input_choice("pulse")
        with columns[2]:
            first_weights = controls.first_weights_choice("orthogonal")
        with columns[3]:
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


def plane_controls() -> PlaneSetup:
    names = plane_labels()
    picture = choice(st.pills, _("Weights"), names, "one_bit", "plane", label_visibility="collapsed")
    first, second, third, fourth = st.columns(4)
    with first:
        gain = st.slider(_("Strength of the weights"), 0.0, 2.5, 1.0, 0.01, **in_link("strength"))
    with second:
        push = st.slider(_("Input x at every step"), -1.0, 1.0, 0.0, 0.01, **in_link("push"))
    with third:
        h1 = st.slider(_("Start, unit 1"), -1.0, 1.0, -0.3, 0.01, **in_link("h1"))
    with fourth:
        h2 = st.slider(_("Start, unit 2"), -1.0, 1.0, 0.9, 0.01, **in_link("h2"))
    return PlaneSetup(picture, gain, push, h1, h2)
