"""The numbers and formulas of an exercise as Markdown: the weights, the table of values, the equations."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

import numpy as np

from rnn_core.equations.digits import written
from rnn_core.equations.explanation import (
    Explanation,
    Place,
    TermValue,
    explanation_latex,
    place_latex,
)
from rnn_core.equations.notation import LATEX_FUNCTIONS, LATEX_MAPS, Paint, Symbol, latex_of, plain
from rnn_core.studies.practice.values import Number, Row, ValueExercise
from ui.figures.style import text_ink
from ui.i18n import _
from ui.widgets.lesson import is_dark
from ui.widgets.tables import table

ASKED, LATER = "**?**", "·"


_without_colours: ContextVar[bool] = ContextVar("without_colours", default=False)


@contextmanager
def without_colours() -> Iterator[None]:
    """Within it, formulas have no colours: for texts that leave the page and its theme."""
    before = _without_colours.set(True)
    try:
        yield
    finally:
        _without_colours.reset(before)


def painter() -> Paint:
    """Every symbol in its colour of the present theme."""
    if _without_colours.get():
        return plain
    dark = is_dark()
    return lambda ink, latex: rf"\textcolor{{{text_ink(ink)[dark]}}}{{{latex}}}"


def in_line(latex: str) -> str:
    r"""A bar would end a cell of a Markdown table, so that `\right|` is written `\right\rvert`."""
    return f"${latex.replace(chr(92) + 'right|', chr(92) + 'right' + chr(92) + 'rvert ')}$"


def symbol(exercise: ValueExercise, place: Place) -> str:
    return in_line(place_latex(exercise.explainer.symbols, place, painter()))


def product(exercise: ValueExercise, places: tuple[Place, ...]) -> str:
    paint, symbols = painter(), exercise.explainer.symbols
    return in_line(r" \cdot ".join(place_latex(symbols, place, paint) for place in places))


def weights(exercise: ValueExercise) -> str:
    """The weights as matrices, several in a line."""
    return " &ensp; ".join(_matrix(exercise, name) for name in exercise.weights)


def _matrix(exercise: ValueExercise, name: str) -> str:
    values = exercise.explainer.array(name)
    rows = values if values.ndim == 2 else values[:, np.newaxis]
    body = r" \\ ".join(" & ".join(f"{value:.4g}" for value in row) for row in rows)
    letter = latex_of(exercise.explainer.symbols[name], "", ())
    return rf"${letter} = \begin{{pmatrix}} {body} \end{{pmatrix}}$"


def givens(exercise: ValueExercise) -> None:
    """The table of values: a line for each unit, a column for each time step."""
    paint, symbols = painter(), exercise.explainer.symbols
    last = max(row.first + len(row.numbers) for row in exercise.rows)
    first = min(row.first for row in exercise.rows)

    def label(row: Row) -> str:
        return in_line(latex_of(symbols[row.name], "t", (str(row.unit + 1),), paint))

    columns = {_("time step"): [label(row) for row in exercise.rows]}
    for step in range(first, last):
        columns[f"t = {step}"] = [_cell(row, step) for row in exercise.rows]
    table(columns)


def _cell(row: Row, step: int) -> str:
    if not row.first <= step < row.first + len(row.numbers):
        return ""
    return _shown(row.numbers[step - row.first])


def _shown(number: Number) -> str:
    if number == "asked":
        return ASKED
    return LATER if number == "later" else written(float(number))


def equation(explained: Explanation) -> str:
    return f"$$\n{explained.formula(painter())}\n$$"


def with_numbers(explained: Explanation, *, result: bool) -> str:
    """The equation with its numbers, first the sum and then the function of it; without its result while the reader still
    looks for it. Formulas inside a line can be broken where the screen is narrow."""
    paint, recipe = painter(), explained.recipe
    if recipe is None or recipe.function == "identity" or len(explained.terms) < 2:
        return in_line(_without_result(explanation_latex(explained, paint=paint), result))
    sum_alone = replace(explained, recipe=replace(recipe, function="identity"), value=explained.total)
    total = "s = " + explanation_latex(sum_alone, paint=paint).partition(" = ")[2]
    name = place_latex(explained.symbols, explained.place, paint)
    applied = LATEX_FUNCTIONS[recipe.function].format("s")
    last = f"{name} = {applied} = {latex_number(explained.value)}" if result else f"{name} = {applied}"
    return f"{in_line(total)}\n\n{in_line(last)}"


def _without_result(text: str, result: bool) -> str:
    return text if result else text.rpartition(" = ")[0]


def latex_number(value: float) -> str:
    mantissa, _times, power = f"{value:.4g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(power)}}}" if power else mantissa


def in_lines(lines: list[Explanation], show: Callable[[Explanation], str]) -> str:
    return "\n\n".join(dict.fromkeys(map(show, lines)))


def term(symbols: Mapping[str, Symbol], term: TermValue) -> str:
    """One product of a sum in symbols, with its sign."""
    paint = painter()
    factors = [
        LATEX_MAPS[each.map].format("1" if each.place is None else place_latex(symbols, each.place, paint))
        for each in term.factors
    ]
    return in_line(("-" if term.sign < 0 else "") + r"\cdot ".join(factors))
