"""Sketch questions whose curves the core computes: three of the room's own, and those of the exercises."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from rnn_core.arrays import Array
from rnn_core.studies.gradients import RNNSetup, gradient_norms, log_bound, rnn_params
from rnn_core.studies.practice.sketches import SKETCHES
from ui.cells.compute import cell_run
from ui.cells.setup import CellSetup
from ui.classroom.room.formulas import plain_marks
from ui.classroom.room.questions import Axes, Question, Words
from ui.course.practice.sketch_view import sketch_titles
from ui.i18n import LANGUAGES, Language, _, using_language
from ui.widgets.lesson import plain_paragraphs

_LOG_SKETCHES = ("vanishing", "exploding", "saturated", "plateau")  # their heights are powers of ten already
_SEEDS = 8  # networks beside each other
_GRADIENT = RNNSetup("singular", 2.0, "tanh", 100, 16)
_LATCH = CellSetup("lstm", "latch", hidden_size=1, input_size=2, steps=40)


def in_every_language(make: Mapping[str, object]) -> dict[Language, Words]:
    """`make` gives the fields of the words, as functions that are called in each language."""
    found: dict[Language, Words] = {}
    for lang in LANGUAGES:
        with using_language(lang):
            fields: dict[str, Any] = {name: each() if callable(each) else each for name, each in make.items()}
            found[lang] = Words(**fields)
    return found


def numbers(values: Array) -> tuple[float, ...]:
    return tuple(float(f"{value:.6g}") for value in values)


def gradient_question(seed: int) -> Question:
    """log10 of the gradient norm, 100 steps back, with the bound and with seven other random networks."""
    seeds = [seed + at for at in range(_SEEDS)]
    back = np.asarray(gradient_norms(_GRADIENT, seeds).h)[:, ::-1]
    bound = log_bound(rnn_params(_GRADIENT, seed), _GRADIENT.steps)
    words = in_every_language(
        {
            "text": lambda: _("Sketch the gradient of a plain RNN, 100 steps back."),
            "note": lambda: _(
                "{units} hidden units with tanh. The largest singular value of W_{{hh}} is {size:g}. At the loss the gradient norm is 1."
            ).format(units=_GRADIENT.hidden_size, size=_GRADIENT.size),
            "x": lambda: _("steps back"),
            "y": lambda: _("gradient norm ‖∂L/∂h‖"),
            "reason": lambda: _(
                "Below 1 the gradient must vanish; above 1 it may explode. The bound 2^{k} is reached only if every step stretches the gradient in the most stretched direction, and the slope of tanh is rarely 1."
            ),
            "curves": lambda: (_("upper bound"), *[""] * (_SEEDS - 1)),
        }
    )
    return Question(
        "sketch",
        words,
        right=numbers(back[0]),
        axes=Axes((0.0, 100.0), (-22.0, 32.0), is_log=True, start=0.0),
        curves=(numbers(bound), *(numbers(each) for each in back[1:])),
        view=f"gradients?size={_GRADIENT.size:g}&units={_GRADIENT.hidden_size}&seed={seed}",
    )


def state_question(_seed: int) -> Question:
    """The hidden state of the LSTM that keeps one bit."""
    trace = cell_run(_LATCH).trace
    marks = [int(at) + 1 for at in np.flatnonzero(trace.xs[:, 1])]
    bits = [f"{trace.xs[at - 1, 0]:+.0f}".replace("-", "−") for at in marks]
    words = in_every_language(
        {
            "text": lambda: _("Sketch the hidden state h of an LSTM that keeps one bit."),
            "note": lambda: _(
                "It reads noise, and a second input that says “write” at the steps {first} and {second}, where the noise is replaced by {one} and {other}."
            ).format(first=marks[0], second=marks[1], one=bits[0], other=bits[1]),
            "x": lambda: _("time step"),
            "y": "h",
            "reason": lambda: _(
                "The input gate opens at the two marks alone, and the forget gate stays near 1. Between the marks nothing changes the cell state, so h, which is tanh of it times an open output gate, stays as well."
            ),
        }
    )
    return Question(
        "sketch",
        words,
        right=numbers(trace.hs[:, 0]),
        axes=Axes((0.0, float(_LATCH.steps)), (-1.0, 1.0), start=0.0),
        view="lstm?preset=latch",
    )


def practice_sketch(name: str, seed: int) -> Question:
    sketch = SKETCHES[name]
    curve = sketch.curve(seed)
    is_log = name in _LOG_SKETCHES

    def paragraph(at: int) -> str:
        text = plain_paragraphs("exercises", "sketches", name)[at]
        for key, value in curve.settings.items():
            text = text.replace(f"{{{key}}}", value)
        return plain_marks(text)

    words = in_every_language(
        {
            "text": lambda: sketch_titles()[name],
            "note": lambda: paragraph(0),
            "x": lambda: _x_label(name),
            "y": lambda: _y_label(name),
            "reason": lambda: paragraph(-1),
        }
    )
    x = (-4.0, 4.0) if name == "tanh_slope" else (1.0, float(len(curve.values)))
    return Question(
        "sketch",
        words,
        right=numbers(np.clip(curve.values, *sketch.range)),
        axes=Axes(x, sketch.range, is_log=is_log),
        view=f"exercises?exercise={name}&numbers={seed}",
    )


def _x_label(name: str) -> str:
    return {
        "vanishing": _("steps back"),
        "exploding": _("steps back"),
        "tanh_slope": _("pre-activation a"),
        "overfitting": _("number of the evaluation"),
        "plateau": _("number of the evaluation"),
    }.get(name, _("time step"))


def _y_label(name: str) -> str:
    return {
        "vanishing": _("gradient"),
        "exploding": _("gradient"),
        "saturated": _("gradient"),
        "tanh_slope": _("slope"),
        "forget_gate": _("forget gate f"),
        "pulse": _("cell state c"),
        "count": _("cell state c"),
        "overfitting": _("validation loss, in hundredths"),
        "plateau": _("validation loss"),
    }.get(name, "h")
