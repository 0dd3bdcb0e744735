"""The widgets that pages share. Each returns a plain value; a key that is bound is the name in the link."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.arrays import Array, Cell
from rnn_core.params.presets import PRESETS
from ui.as_text import in_markdown
from ui.browser.dial import dial
from ui.browser.draw import draw
from ui.cells import setup as setups
from ui.cells.setup import RANDOM, CellSetup, SetupProblem
from ui.i18n import _
from ui.links.kept_settings import forgotten_on_leaving, in_link, unbound_in_link
from ui.widgets.choices import choice

FORMS: dict[Cell, tuple[str, ...]] = {
    "rnn": ("auto", "tanh", "relu", "sigmoid", "linear"),
    "lstm": ("auto", "standard", "no_forget", "peephole", "coupled"),
    "gru": ("auto", "after-keeps", "before-keeps", "before-writes", "after-writes"),
}
SETTINGS = ("input", "form", "init", "seed")  # what `cell_settings` calls its choices in the link
SCHEMES = ("torch", "xavier", "orthogonal", "identity", "zeros")


def preset_label(name: str) -> str:
    return {
        RANDOM: _("Random weights"),
        "echo": _("Fading echo"),
        "rotation": _("Rotation"),
        "sum": _("Running sum"),
        "exploding": _("Exploding ReLU"),
        "saturated": _("Saturated"),
        "zeros": _("All zero"),
        "latch": _("Latch one bit"),
        "counter": _("Counter"),
        "leak": _("Leaking memory"),
        "ignore": _("Ignore noise"),
        "average": _("Moving average"),
        "fresh": _("Start afresh"),
    }[name]


def form_label(form: str) -> str:
    return {
        "auto": _("Automatic"),
        "tanh": "tanh",
        "relu": "ReLU",
        "sigmoid": "sigmoid",
        "linear": _("linear"),
        "standard": _("Standard (2000)"),
        "no_forget": _("No forget gate (1997)"),
        "peephole": _("Peepholes"),
        "coupled": _("Coupled gates"),
        "after-keeps": _("Reset after, z keeps (PyTorch)"),
        "before-keeps": _("Reset before, z keeps (Cho 2014)"),
        "before-writes": _("Reset before, z writes (Chung 2014)"),
        "after-writes": _("Reset after, z writes (Chung 2015)"),
    }[form]


def short_form_label(form: str) -> str:
    """Who has this convention of the GRU: short enough for the end of a line on a phone, and the same in every language."""
    return {
        "after-keeps": "PyTorch",
        "before-keeps": "Cho 2014",
        "before-writes": "Chung 2014",
        "after-writes": "Chung 2015",
    }[form]


def scheme_label(scheme: str) -> str:
    return {
        "torch": _("PyTorch’s uniform"),
        "xavier": _("Xavier (Glorot)"),
        "orthogonal": _("Orthogonal"),
        "identity": _("Identity"),
        "zeros": _("Zeros"),
    }[scheme]


def signal_label(signal: str) -> str:
    return {
        "preset": _("Automatic"),
        "pulse": _("One pulse"),
        "wave": _("Wave"),
        "noise": _("Noise"),
        "constant": _("Constant 1"),
        "typed": _("Type numbers"),
        "drawn": _("Draw a wave"),
    }[signal]


def preset_choice(cell: Cell) -> str:
    names = (*PRESETS[cell], RANDOM)
    return choice(
        st.pills, _("Start from"), {name: preset_label(name) for name in names}, names[0], "preset", wrap=True
    )


def cell_settings(cell: Cell, preset: str) -> CellSetup:
    """Input, form and seed: all but the lengths, and the weights by hand."""
    return _settings(CellSetup(cell, preset), FORMS[cell], iter(st.columns(3 + (preset == RANDOM))))


def shared_settings() -> CellSetup:
    """The same input and seed for several cells."""
    return _settings(CellSetup("rnn"), (), repeat(st.container(horizontal=True)))


def _settings(setup: CellSetup, forms: tuple[str, ...], places: Iterator[DeltaGenerator]) -> CellSetup:
    with next(places):
        signals = {each: signal_label(each) for each in setups.SIGNALS}
        setup = replace(setup, signal=choice(st.selectbox, _("Input x"), signals, "preset", "input"))
    if forms:
        with next(places):
            form = choice(st.selectbox, _("Form"), {each: form_label(each) for each in forms}, "auto", "form")
        setup = replace(setup, form="" if form == "auto" else form)
    if setup.preset == RANDOM:
        with next(places):
            schemes = {each: scheme_label(each) for each in SCHEMES}
            setup = replace(setup, scheme=choice(st.selectbox, _("First weights"), schemes, "torch", "init"))
    with next(places):
        return replace(setup, seed=st.number_input(_("Seed"), 0, 9999, 0, **in_link("seed")))


def lengths(setup: CellSetup) -> CellSetup:
    """How many steps, and for random weights how many units and inputs; then the numbers, where the reader gives them."""
    is_random = setup.preset == RANDOM
    first, *others = st.columns(3) if is_random else [st.container()]
    with first:
        are_typed = setup.signal == "typed"  # then there are as many steps as numbers
        steps = dial(_("Steps T"), 1, setups.MAX_STEPS, 40, "T", disabled=are_typed)
        setup = replace(setup, steps=steps)
    if is_random:
        with others[0]:
            hidden = dial(_("Hidden size H"), 1, setups.MAX_UNITS, 3, "H")
        with others[1]:
            width = dial(_("Input size X"), 1, setups.MAX_INPUTS, 1, "X")
        setup = replace(setup, hidden_size=hidden, input_size=width)
    return replace(setup, numbers=_numbers(setup))


def _numbers(setup: CellSetup) -> tuple[tuple[float, ...], ...]:
    width = setups.input_size(setup)
    if setup.signal == "typed":
        return _typed_numbers(width)
    if setup.signal == "drawn" and width == 1:
        start = setups.inputs_of(replace(setup, signal="wave"))[:, 0]
        return tuple((value,) for value in drawn_wave(start, label=_("Draw the input"), y_range=(-1.5, 1.5)))
    if setup.signal == "drawn":
        st.info(
            _("Drawing makes one number a step, and this cell reads {width}. Type them instead.").format(width=width)
        )
    return ()


def drawn_wave(start: Array, *, y_range: tuple[float, float], label: str, **behind: Any) -> tuple[float, ...]:
    """A wave drawn by hand; it travels in the link as `wave`."""
    begun = forgotten_on_leaving(
        f"wave_begun_{st.session_state['page']}_{len(start)}"
    )  # each page has a wave of its own
    if begun not in st.session_state:
        st.session_state[begun] = _wave_of_the_link(len(start), y_range) or tuple(np.round(start, 2).tolist())
    drawn = draw(st.session_state[begun], key="drawn", y_range=y_range, label=label, **behind)
    if drawn != tuple(np.round(start, 2).tolist()):
        st.query_params["wave"] = ",".join(f"{value:g}" for value in drawn)
    elif "wave" in st.query_params:
        del st.query_params["wave"]
    unbound_in_link("wave")
    return drawn


def _wave_of_the_link(steps: int, y_range: tuple[float, float]) -> tuple[float, ...] | None:
    """None where the link has no wave, or one of another length or out of range."""
    if "wave" not in st.query_params:
        return None
    try:
        wave = tuple(row[0] for row in setups.parse_numbers(st.query_params["wave"], 1))
    except SetupProblem:
        problem = _("The wave in this link cannot be read, so the page begins with its own.")
        st.warning(problem, icon=":material/link_off:")
        return None
    return wave if len(wave) == steps and all(y_range[0] <= value <= y_range[1] for value in wave) else None


def _typed_numbers(width: int) -> tuple[tuple[float, ...], ...]:
    """What was typed; while it cannot be read, the last that could."""
    remembered = f"last_numbers_{width}"
    pulse = "; ".join(", ".join(["1" if step == 0 else "0"] * width) for step in range(6))
    text = st.text_input(
        _("Numbers, {width} a step").format(width=width),
        pulse,
        **in_link(f"xs{width}"),
        help=_("Separate them with commas, spaces or new lines. Up to {most} steps.").format(most=setups.MAX_STEPS),
    )
    try:
        st.session_state[remembered] = setups.parse_numbers(text or "", width)
    except SetupProblem as problem:
        st.error(in_markdown(str(problem)), icon=":material/edit:")
    return st.session_state.get(remembered) or setups.parse_numbers(pulse, width)
