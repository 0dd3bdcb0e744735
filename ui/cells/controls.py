"""The widgets that pages share. Each returns a plain value; a key that is bound is the name in the link."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import repeat
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.arrays import Array, Cell
from rnn_core.params.presets import PRESETS
from ui.as_text import in_markdown
from ui.browser.dial import DialSpec, dial, dial_value, undrawn_dial
from ui.browser.draw import draw
from ui.browser.thumbnails import Thumbnail, thumbnail_choice
from ui.cells import setup as setups
from ui.cells.compute import preset_ribbons
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
        "blend": _("Old and new"),
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
    """The presets as small pictures of the state over time that each of them makes."""
    names = (*PRESETS[cell], RANDOM)
    shown = {name: Thumbnail(preset_label(name), ribbons=preset_ribbons(cell, name)) for name in names}
    return thumbnail_choice(_("Start from"), shown, names[0], "preset", forgets=(setups.MAIN_DIALS[cell].key,))


def cell_settings(cell: Cell, preset: str) -> CellSetup:
    """Input, form and seed: all but the lengths, and the changed weights."""
    return _settings(CellSetup(cell, preset), FORMS[cell], repeat(st.container()))


def main_dial(setup: CellSetup) -> DialSpec:
    """The dial in the dock of a cell's page."""
    main, rest = setups.MAIN_DIALS[setup.cell], setups.main_dial_rest(setup)
    is_added = setup.preset == RANDOM and not main.multiplies
    label, ink, note = {
        "rnn": (_("Recurrent weights ×"), "h", ""),
        "lstm": (_("Added to the forget bias") if is_added else _("Forget bias"), "forget_gate", "sigmoid"),
        "gru": (_("Added to the update bias") if is_added else _("Update bias"), "update_gate", "sigmoid"),
    }[setup.cell]
    return DialSpec(
        label,
        main.low,
        main.high,
        rest or 0.0,
        main.key,
        step=0.05 if main.multiplies else 0.1,
        disabled=rest is None,
        ink=ink,
        note="sigmoid" if note and not is_added else "",
    )


def shared_settings() -> CellSetup:
    """The same input and seed for several cells."""
    return _settings(CellSetup("rnn"), (), repeat(st.container()))


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
            setup = replace(setup, scheme=choice(st.selectbox, _("Initialisation"), schemes, "torch", "init"))
    with next(places):
        return replace(setup, seed=st.number_input(_("Seed"), 0, 9999, 0, **in_link("seed")))


def length_dials(setup: CellSetup) -> dict[str, DialSpec]:
    """How many steps, and for random weights how many units and inputs."""
    are_typed = setup.signal == "typed"  # then there are as many steps as numbers
    dials = {"steps": DialSpec(_("Steps T"), 1, setups.MAX_STEPS, 40, "T", disabled=are_typed)}
    if setup.preset == RANDOM:
        dials["hidden_size"] = DialSpec(_("Hidden size H"), 1, setups.MAX_UNITS, 3, "H")
        dials["input_size"] = DialSpec(_("Input size X"), 1, setups.MAX_INPUTS, 1, "X")
    return dials


def with_lengths(setup: CellSetup, shown: Collection[str] = ("steps", "hidden_size", "input_size")) -> CellSetup:
    """The setup with the lengths of the dials, of which those named are drawn here."""
    dials = length_dials(setup)
    sizes = {name: int(dial(spec) if name in shown else undrawn_dial(spec)) for name, spec in dials.items()}
    return replace(
        setup,
        steps=sizes["steps"],
        hidden_size=sizes.get("hidden_size", setup.hidden_size),
        input_size=sizes.get("input_size", setup.input_size),
    )


def with_main_dial(setup: CellSetup) -> CellSetup:
    """The setup turned by the main dial, which the diagram's dock draws."""
    spec = main_dial(setup)
    value = dial_value(spec)
    return replace(setup, main=None if value == spec.default or spec.disabled else value)


def with_numbers(setup: CellSetup) -> CellSetup:
    """The numbers of the input, where the reader gives them."""
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
            _("A drawing gives one number per step, and this cell reads {width}. Type them instead.").format(
                width=width
            )
        )
    return ()


def drawn_wave(
    start: Array, *, y_range: tuple[float, float], label: str, name: str = "wave", **behind: Any
) -> tuple[float, ...]:
    """A wave that the visitor drew; it travels in the link under its name."""
    begun = forgotten_on_leaving(
        f"{name}_begun_{st.session_state['page']}_{len(start)}"
    )  # each page has a wave of its own
    if begun not in st.session_state:
        st.session_state[begun] = _wave_of_the_link(name, len(start), y_range) or tuple(np.round(start, 2).tolist())
    drawn = draw(st.session_state[begun], key=f"drawn_{name}", y_range=y_range, label=label, **behind)
    if drawn != tuple(np.round(start, 2).tolist()):
        st.query_params[name] = ",".join(f"{value:g}" for value in drawn)
    elif name in st.query_params:
        del st.query_params[name]
    unbound_in_link(name)
    return drawn


def _wave_of_the_link(name: str, steps: int, y_range: tuple[float, float]) -> tuple[float, ...] | None:
    """The wave of the link; None where it has none, or one of another length or out of range."""
    if name not in st.query_params:
        return None
    try:
        wave = tuple(row[0] for row in setups.parse_numbers(st.query_params[name], 1))
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
        _("Numbers, {width} per step").format(width=width),
        pulse,
        **in_link(f"xs{width}"),
        help=_("Separate them with commas, spaces or new lines. Up to {most} steps.").format(most=setups.MAX_STEPS),
    )
    try:
        st.session_state[remembered] = setups.parse_numbers(text or "", width)
    except SetupProblem as problem:
        st.error(in_markdown(str(problem)), icon=":material/edit:")
    return st.session_state.get(remembered) or setups.parse_numbers(pulse, width)
