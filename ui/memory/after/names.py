"""Many names: one cell over a random input, its equation, its gradients through time, and any of its numbers opened."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import streamlit as st

from rnn_core.arrays import Array
from rnn_core.cells.modern import CELLS
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place, explanation_latex
from rnn_core.equations.lookup import recipes
from rnn_core.equations.notation import Symbol, recipe_latex, symbols, text_of
from rnn_core.params.modern import init_modern
from rnn_core.studies.modern.comparison import PRESETS, CellRun, run_of, traced
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.browser.thumbnails import Thumbnail, chosen_thumbnail, thumbnail_choice
from ui.cells.modern_names import preset_names
from ui.i18n import Language, _, language
from ui.links.kept_settings import in_link
from ui.memory.after import figures, notes
from ui.memory.after.take import take_cell
from ui.widgets.choices import choice
from ui.widgets.stage import PlainStage
from ui.widgets.tables import table

INPUTS, UNITS = 2, 4  # of the runs that compare cells
MOST_STEPS = 100
PICTURED_STEPS = 40  # of the small pictures
SHOWN_TERMS = 6  # of a long sum, the largest


@lru_cache(maxsize=256)
def _run(preset: str, T: int) -> CellRun:
    return run_of(preset, inputs_of(T), UNITS)


def inputs_of(T: int) -> Array:
    return np.random.default_rng(0).normal(size=(T, INPUTS))


@lru_cache(maxsize=64)
def _state_equations(preset: str) -> tuple[str, ...]:
    """The lines of the states in LaTeX."""
    cell, options = PRESETS[preset]
    if cell not in CELLS:
        return ()
    params = init_modern(cell, INPUTS, UNITS, **options)
    table_of, names = recipes(params), symbols(params)
    states = [*params.initial_state(), params.output]
    return tuple(recipe_latex(table_of[name], names) for name in dict.fromkeys(states))


@lru_cache(maxsize=4)
def _pictures(_in: Language) -> Mapping[str, Thumbnail]:
    """A picture of each cell: its first output for the input that all of them read."""
    pictures = {}
    for preset, label in preset_names().items():
        output = _run(preset, PICTURED_STEPS).outputs[:, 0]
        pictures[preset] = Thumbnail(label, ribbons=((output / np.abs(output).max()).tolist(),))
    return pictures


def instrument(stage: PlainStage) -> None:
    preset = chosen_thumbnail(_pictures(language()), "min_gru", "after_cell")
    with stage.dock:
        T = int(page_dial(_("Steps T"), 5, MOST_STEPS, 40, 5, key="after_T"))
        thumbnail_choice(_("Cell"), _pictures(language()), "min_gru", "after_cell")
    found, lstm = _run(preset, T), _run("lstm", T)
    name = preset_names()[preset]
    with stage.picture:
        one, two = st.columns(2)
        with one:
            plot(figures.outputs_chart(found, name), key="outputs", height="stage")
        with two:
            runs = {name: found} if preset == "lstm" else {name: found, "LSTM": lstm}
            plot(figures.gradient_chart(runs), key="gradients_through_time", height="stage")
    take_cell(preset, inputs_of(T), UNITS, found)
    for line in _state_equations(preset):
        st.latex(line)
    if found_note := notes.note(preset):
        st.markdown(found_note)
    _open_a_number(preset, T)
    at_size, counts = notes.counts()
    all_runs = {each: _run(each, T) for each in PRESETS}
    table(
        {
            _("cell"): [f"**{label}**" if each == preset else label for each, label in preset_names().items()],
            _("parameters"): [f"{run.parameters:,}" for run in all_runs.values()],
            _("numbers carried after {T} steps").format(T=T): [
                f"{run.numbers_in_state:,}" for run in all_runs.values()
            ],
            at_size: counts,
        }
    )


@lru_cache(maxsize=64)
def _explainer(preset: str, T: int) -> Explainer:
    return Explainer(*traced(preset, inputs_of(T), UNITS))


def _open_a_number(preset: str, T: int) -> None:
    """The arithmetic of any value or gradient of the run."""
    explainer = _explainer(preset, T)
    values = {
        name: text_of(symbol, "" if symbol.first is None else "t", _letters(symbol))
        for name, symbol in explainer.symbols.items()
        if name in explainer.recipes
    }
    columns = st.columns(4)
    with columns[0]:
        output = "hs" if "hs" in values else "ys"
        name = choice(st.selectbox, _("Open a number"), values, output, "after_value")
    symbol, shape = explainer.symbols[name], explainer.array(name).shape
    timed = symbol.first is not None
    step = min(columns[1].slider(_("Step t"), 1, MOST_STEPS, 3, disabled=not timed, **in_link("after_step")), T)
    sizes = [*(shape[1:] if timed else shape), 1]
    unit, column = (
        columns[place + 2].slider(label, 1, 8, 1, **in_link(key)) if place < len(sizes) and sizes[place] > 1 else 1
        for place, (label, key) in enumerate(((_("Row"), "after_row"), (_("Column"), "after_column")))
    )
    indices = [min(unit, sizes[0]) - 1, min(column, sizes[1]) - 1][: len(sizes) - 1]
    if symbol.axes[1:] == ("past",):
        indices[0] = min(indices[0], step - 1)
    explained = explainer.explain(Place(name, step if timed else None, *indices))
    st.latex(explained.formula())
    st.latex(explanation_latex(explained, digits=3, limit=SHOWN_TERMS))


def _letters(symbol: Symbol) -> tuple[str, ...]:
    return tuple("jik"[place] for place in range(len(symbol.axes) - (symbol.first is not None)))
