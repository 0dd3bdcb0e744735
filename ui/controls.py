"""The widgets that pages share. Each returns a plain value; a key that is bound is the name in the link."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.presets import PRESETS
from rnn_core.types import Cell
from ui import setup as setups
from ui.components.draw import draw
from ui.i18n import _
from ui.lesson import prose_part
from ui.setup import RANDOM, CellSetup, SetupProblem
from ui.weights_table import edited_weights

FORMS: dict[Cell, tuple[str, ...]] = {
    "rnn": ("tanh", "relu", "sigmoid", "linear"),
    "lstm": ("standard", "no_forget", "peephole", "coupled"),
    "gru": ("after-keeps", "after-writes", "before-keeps", "before-writes"),
}
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
        "tanh": "tanh",
        "relu": "ReLU",
        "sigmoid": "sigmoid",
        "linear": _("linear"),
        "standard": _("Standard (2000)"),
        "no_forget": _("No forget gate (1997)"),
        "peephole": _("Peepholes"),
        "coupled": _("Coupled gates"),
        "after-keeps": _("PyTorch, cuDNN: reset after, z keeps"),
        "after-writes": _("Reset after, z writes"),
        "before-keeps": _("Cho 2014: reset before, z keeps"),
        "before-writes": _("Chung 2014: reset before, z writes"),
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
    chosen = st.pills(
        _("Start from"),
        names,
        default=names[0],
        required=True,
        format_func=preset_label,
        key="preset",
        bind="query-params",
    )
    prose_part(cell, "presets", chosen)
    return chosen


def cell_controls(cell: Cell, preset: str) -> CellSetup:
    """Sizes, input, seed and form; then the weights by hand."""
    columns = st.columns(4)
    setup = _reading(CellSetup(cell, preset), columns)
    with columns[2]:
        form = st.selectbox(_("Form"), FORMS[cell], format_func=form_label, key="form", bind="query-params")
    setup = replace(setup, form=form)
    if preset == RANDOM:
        setup = _random_weights(setup)
    setup = replace(setup, numbers=_numbers(setup))
    return edited_weights(setup)


def shared_controls(cells: tuple[Cell, ...]) -> tuple[CellSetup, ...]:
    """The same sizes, input and seed for several cells."""
    setup = _random_weights(_reading(CellSetup("rnn"), st.columns(3)))
    setup = replace(setup, numbers=_numbers(setup))
    return tuple(replace(setup, cell=cell) for cell in cells)


def _reading(setup: CellSetup, columns: list[DeltaGenerator]) -> CellSetup:
    """How many steps, of what, and by which seed."""
    with columns[0]:
        steps = st.slider(_("Steps T"), 1, setups.MAX_STEPS, 40, key="T", bind="query-params")
    with columns[1]:
        signal = st.selectbox(_("Input x"), setups.SIGNALS, format_func=signal_label, key="input", bind="query-params")
    with columns[-1]:
        seed = st.number_input(_("Seed"), 0, 9999, 0, key="seed", bind="query-params")
    return replace(setup, steps=steps, signal=signal, seed=seed)


def _random_weights(setup: CellSetup) -> CellSetup:
    columns = st.columns(3)
    with columns[0]:
        hidden = st.slider(_("Hidden size H"), 1, setups.MAX_UNITS, 3, key="H", bind="query-params")
    with columns[1]:
        width = st.slider(_("Input size X"), 1, setups.MAX_INPUTS, 1, key="X", bind="query-params")
    with columns[2]:
        scheme = st.selectbox(_("First weights"), SCHEMES, format_func=scheme_label, key="init", bind="query-params")
    return replace(setup, hidden_size=hidden, input_size=width, scheme=scheme)


def _numbers(setup: CellSetup) -> tuple[tuple[float, ...], ...]:
    width = setups.input_size(setup)
    if setup.signal == "typed":
        return _typed_numbers(width)
    if setup.signal == "drawn" and width == 1:
        start = tuple(float(row[0]) for row in setups.inputs_of(replace(setup, signal="wave")))
        return tuple((value,) for value in draw(start, key="drawn", y_range=(-1.5, 1.5), label=_("Draw the input")))
    if setup.signal == "drawn":
        st.info(
            _("Drawing makes one number a step, and this cell reads {width}. Type them instead.").format(width=width)
        )
    return ()


def _typed_numbers(width: int) -> tuple[tuple[float, ...], ...]:
    """What was typed; while it cannot be read, the last that could."""
    remembered = f"last_numbers_{width}"
    text = st.text_input(
        _("Numbers, {width} a step").format(width=width),
        "1, 0.5, -0.5, 0, 0, 0",
        key="xs",
        bind="query-params",
        help=_("Separate them with commas, spaces or new lines. Up to {most} steps.").format(most=setups.MAX_STEPS),
    )
    try:
        st.session_state[remembered] = setups.parse_numbers(text or "", width)
    except SetupProblem as problem:
        st.error(str(problem), icon=":material/edit:")
    return st.session_state.get(remembered, ((0.0,) * width,))
