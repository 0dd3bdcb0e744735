"""The titles of exercises, their questions, and the sentence on each wrong answer."""

import numpy as np

from rnn_core.arrays import Cell
from rnn_core.equations.notation import symbols, text_of
from rnn_core.params.build import check_form, make_params, shapes_of
from rnn_core.studies.practice.mistakes import Mistake
from rnn_core.studies.practice.values import ValueExercise, ValueTask
from ui.browser.stepper_words import value_names
from ui.course.practice.formulas import product, symbol
from ui.figures.words import subscript
from ui.i18n import _
from ui.widgets.mistake_words import mistake_sentence

CELL_NAMES: dict[Cell, str] = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}


def value_title(task: ValueTask) -> str:
    """LSTM: c₂, cell state c"""
    form = check_form(task.cell, task.form)
    weights = {name: np.zeros(shape) for name, shape in shapes_of(task.cell, 1, 1, form).items()}
    letter = symbols(make_params(task.cell, weights, form))[task.asked]
    text = text_of(letter, "" if task.step is None else str(task.step), ())
    if task.step is not None:
        text = text.replace(f"_{task.step}", subscript(task.step))
    forms = [_form_names()[name] for name in map(str, task.form.values())]
    parts = [name_of(task.asked), *forms]
    if task.hidden:
        parts.append(_("{count} equations").format(count=len(task.hidden) + 1))
    return f"{CELL_NAMES[task.cell]}: {', '.join([text, *(part for part in parts if part)])}"


def _form_names() -> dict[str, str]:
    return {
        "relu": "ReLU",
        "peephole": _("with peepholes"),
        "coupled": _("coupled gates"),
        "before": _("reset before the matrix"),
    }


def name_of(asked: str) -> str:
    """hidden state h; gradient on hidden state h; nothing for weights, which are called by their symbols."""
    names = value_names()
    if asked in names:
        return names[asked]
    if asked[0] == "d" and asked[1:] in names:
        return _("gradient on {name}").format(name=names[asked[1:]])
    return ""


def prompt(exercise: ValueExercise) -> str:
    target = exercise.target
    asked = symbol(exercise, target)
    if target.step is None:
        return _(
            "Compute {symbol}: the weight is used at every time step, so its gradient is a sum over all of them."
        ).format(symbol=asked)
    return _("Compute {symbol}: {name}, unit {unit}, time step {step}.").format(
        symbol=asked, name=name_of(target.name), unit=target.unit + 1, step=target.step
    )


def reported(exercise: ValueExercise, mistake: Mistake) -> str:
    """Which term or step was missed."""
    return mistake_sentence(
        mistake, lambda place: symbol(exercise, place), lambda places: product(exercise, tuple(places))
    )
