"""Many names: one cell over a random input as a diagram to step through, its equation, and its gradients through time."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from rnn_core.arrays import Array
from rnn_core.cells.modern import CELLS
from rnn_core.equations.lookup import recipes
from rnn_core.equations.notation import recipe_latex, symbols
from rnn_core.params.modern import init_modern
from rnn_core.studies.modern.comparison import PRESETS, CellRun, run_of, traced
from ui.browser.dial import DialSpec, dial_value
from ui.browser.plot import plot
from ui.browser.stepper import stepper
from ui.browser.thumbnails import Thumbnail, chosen_thumbnail, thumbnail_choice
from ui.figures.modern_names import preset_names
from ui.i18n import Language, _, language
from ui.memory.after import figures, notes
from ui.memory.after.take import take_cell
from ui.widgets.stage import PlainStage
from ui.widgets.tables import table

INPUTS, UNITS = 2, 4  # of the runs that compare cells
MOST_STEPS = 100
PICTURED_STEPS = 40  # of the small pictures
FIRST_STEP = 3  # of the diagram
CURSOR = "after"  # the group of what shares the step


@lru_cache(maxsize=256)
def _run(preset: str, T: int) -> CellRun:
    return run_of(preset, inputs_of(T), UNITS)


def inputs_of(T: int) -> Array:
    return np.random.default_rng(0).normal(size=(T, INPUTS))


@lru_cache(maxsize=32)
def _traced(preset: str, T: int) -> tuple[Any, Any]:
    return traced(preset, inputs_of(T), UNITS)


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
    with stage.top:
        thumbnail_choice(_("Cell"), _pictures(language()), "min_gru", "after_cell")
    steps = DialSpec(_("Steps T"), 5, MOST_STEPS, 40, "after_T", 5)
    T = int(dial_value(steps))
    with stage.picture:
        stepper(*_traced(preset, T), key="after_diagram", step=min(FIRST_STEP, T), cursor=CURSOR, dial=steps)
    found, lstm = _run(preset, T), _run("lstm", T)
    name = preset_names()[preset]
    for column, (chart, key) in zip(
        st.columns(2),
        (
            (figures.outputs_chart(found, name), "outputs"),
            (figures.gradient_chart({name: found, "LSTM": lstm}), "gradients_through_time"),
        ),
        strict=True,
    ):
        with column:
            plot(chart, key=key, cursor=CURSOR)
    take_cell(preset, inputs_of(T), UNITS, found)
    for line in _state_equations(preset):
        st.latex(line)
    if found_note := notes.note(preset):
        st.markdown(found_note)
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
