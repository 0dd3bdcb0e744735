"""Swap a state while a series is read: one value of the series is changed, and the answer is the change that the network predicts."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis.inside.patching import STATE, Patch, patch_map, patched_road
from rnn_core.apps.forecast.reader import Reader
from rnn_core.apps.forecast.series import series
from rnn_core.apps.forecast.settings import SHIPPED, Settings
from rnn_core.apps.look_inside import network_of_run
from rnn_core.arrays import Array
from rnn_core.errors import CoreError
from ui.as_text import in_markdown
from ui.browser.dial import page_dial
from ui.cache.kept import kept_for_visitor
from ui.cache.read_only import make_read_only
from ui.figures.series_names import series_names
from ui.figures.words import number
from ui.i18n import _
from ui.memory.inside.compute_runs import Swap
from ui.memory.inside.names import value_names
from ui.memory.inside.series_compute import state_of
from ui.memory.inside.swap_figure import Answer
from ui.memory.inside.swap_shown import show
from ui.widgets.choices import choice
from ui.widgets.stage import Stage

NAMED_STEPS = 4  # a date is written at every so many steps
MOST_BACK = 15


@dataclass(frozen=True)
class Window:
    """The last values of a series as a network reads them, clean and with one value changed."""

    dates: tuple[str, ...]
    before: float  # the value that is changed
    after: float
    clean: Array  # (T, 1) the inputs
    corrupted: Array
    unit: float  # of an output, in that of the series


def window(settings: Settings, back: int, amount: float) -> Window:
    """`back`: how many steps before the last one the changed value lies; `amount`: of standard deviations of the training part."""
    reader = Reader(state_of(settings))
    read = reader.window(len(reader.parts.read) - 1)
    changed = read.copy()
    changed[-1 - back] += amount * reader.parts.scale
    dates = series(settings.series).dates[-(len(read) - 1) :]
    before, after = float(read[-1 - back]), float(changed[-1 - back])
    return Window(dates, before, after, reader.inputs(read), reader.inputs(changed), float(reader.unit))


@kept_for_visitor(4)
def swapped(settings: Settings, back: int, amount: float, name: str) -> tuple[Window, Swap]:
    found = window(settings, back, amount)
    network = network_of_run(state_of(settings))
    made = patch_map(network, found.clean, found.corrupted, _weights(network.outputs), name=name)
    at = len(found.dates) - 1 - back
    names = tuple(f"{date}*" if place == at else date for place, date in enumerate(found.dates))
    return make_read_only((found, Swap(names, names, made)))


def road(settings: Settings, back: int, amount: float, name: str, step: int, unit: int | None) -> Array:
    found = window(settings, back, amount)
    network = network_of_run(state_of(settings))
    patch = Patch(step, None if unit is None else (unit,), name)
    return patched_road(network, found.clean, found.corrupted, _weights(network.outputs), (patch,))


def _weights(outputs: int) -> Array:
    return np.asarray(np.eye(outputs)[0])


def view(stage: Stage) -> None:
    with stage.drawer:
        name = choice(st.selectbox, _("Series"), series_names(), "sunspots", "swap_series_of")
        cells = {"lstm": _("LSTM"), "gru": _("GRU"), "rnn-tanh": _("RNN")}
        cell = choice(st.segmented_control, _("Cell"), cells, "gru", "swap_series_cell")
    settings = SHIPPED[f"{name}-{cell}"]
    values = network_of_run(state_of(settings)).values
    with stage.dock:
        back = int(page_dial(_("Steps from the changed value to the last one"), 0, MOST_BACK, 4, key="swap_back"))
        amount = page_dial(_("Changed by, in standard deviations"), -3, 3, 2, 0.5, key="swap_amount")
        single = {each: label for each, label in value_names().items() if each in values}
        part = choice(st.selectbox, _("Swap"), {STATE: _("the whole state"), **single}, STATE, f"swap_series_{cell}")
    with stage.picture:
        try:
            found, made = swapped(settings, back, amount, part)
        except CoreError as problem:
            st.info(in_markdown(_("These two series cannot be compared: {reason}").format(reason=problem)))
            return
        answer = _answer(found, made, back)
        show(made, partial(road, settings, back, amount, part), lambda scores: scores * found.unit, answer)


def _answer(found: Window, made: Swap, back: int) -> Answer:
    both = found.unit * np.concatenate([made.map.roads.clean, made.map.roads.corrupted])
    low, high = float(both.min()), float(both.max())
    return Answer(
        (number(low), number(high)),
        _(
            "Share of the predicted change that comes back, in percent, by the unit and the time step after which it is swapped"
        ),
        _("one value changed"),
        _(
            "The change that the network predicts at the end: {clean} clean, {corrupted} with the value changed, {swapped} swapped."
        ),
        number,
        ".4~g",
        low,
        high,
        (NAMED_STEPS, (len(found.dates) - 1 - back) % NAMED_STEPS),
        _("The value at {date}\\* is {after} instead of {before}.").format(
            date=found.dates[-1 - back], before=number(found.before), after=number(found.after)
        ),
    )
