"""The readout of the cell pages: its target, which the visitor may draw, its training, and the result."""

from dataclasses import replace

import streamlit as st

from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.cells.compute import NEXT, Aim, Prediction, cell_run
from ui.cells.controls import drawn_wave
from ui.cells.setup import CellSetup, inputs_of
from ui.figures.lines import Line, lines_over_time
from ui.figures.words import number
from ui.i18n import _
from ui.widgets.choices import choice

MOST_UPDATES = 500
RANGE = (-1.5, 1.5)


def readout_aim(setup: CellSetup) -> Aim:
    """The readout's target, and the number of its training steps."""
    targets = {"input": _("the next input"), "drawn": _("a curve that you draw")}
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        chosen = choice(st.segmented_control, _("Target of the readout"), targets, "input", "target")
        with st.container(width=320):
            updates = int(page_dial(_("Training steps of the readout"), 0, MOST_UPDATES, 0, 5, key="fit"))
    aim = Aim(updates=updates)
    if chosen == "drawn":
        steps = len(inputs_of(setup))  # with typed numbers as many as these
        start = inputs_of(replace(setup, signal="wave", numbers=(), steps=steps))[:, 0]
        label = _("Draw the target of the readout")
        drawn = drawn_wave(
            start, name="aim", y_range=RANGE, label=label, behind=lambda values: _lines_behind(setup, aim, values)
        )
        return replace(aim, drawn=drawn)
    return aim


def _lines_behind(setup: CellSetup, aim: Aim, drawn: tuple[float, ...]) -> list[Line]:
    found = cell_run(setup, NEXT, replace(aim, drawn=drawn)).prediction
    return [] if found is None else _outputs(found)[:1]


def _outputs(found: Prediction) -> list[Line]:
    lines = [Line(_("prediction"), found.outputs, "y", first_step=1)]
    if len(found.losses) > 1:
        lines.append(Line(_("before training"), found.untrained, "baseline", first_step=1, dash="dash"))
    return lines


def show_prediction(found: Prediction, aim: Aim, cursor: str) -> None:
    if not aim.drawn:
        lines = [Line(_("target"), found.targets, "x", first_step=1, dash="dot"), *_outputs(found)]
        title = _("The readout and its target, the next input")
        plot(lines_over_time(lines, title=title, y_title="y"), key="prediction", cursor=cursor)
    asked = (
        _("The readout gives the drawn value of step t from $h_t$.")
        if aim.drawn
        else _("The readout predicts $x_{t+1}$ from $h_t$.")
    )
    loss = _(
        "Its mean squared error over {steps} steps is **L = {loss}**; back-propagation starts from its gradient at every step."
    ).format(steps=len(found.targets), loss=number(found.loss))
    st.markdown(f"{asked} {loss} {_training_in_words(found)}")


def _training_in_words(found: Prediction) -> str:
    if not found.rate:
        return _("The states are too large for the computer, so that the readout cannot be trained.")
    if len(found.losses) == 1:
        return _("The readout has initial weights and is not trained.")
    return _(
        "Before training it was {before}. The {updates} steps of gradient descent changed the readout alone, and not the cell. Their "
        "step size η = {rate} is the inverse of the largest second derivative of the loss, so that no step raises it."
    ).format(before=number(float(found.losses[0])), updates=len(found.losses) - 1, rate=number(found.rate))
