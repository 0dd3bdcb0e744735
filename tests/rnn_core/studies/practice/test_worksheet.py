"""Worksheets: every value is that of autograd, every line of the solutions is true as written, and a seed is one sheet."""

import math
import re

import numpy as np
import pytest

from rnn_core.arrays import Cell
from rnn_core.cells import AnyTrace
from rnn_core.params.build import make_params
from rnn_core.passes.unroll import run
from rnn_core.studies.practice.typed import read_number
from rnn_core.studies.practice.worksheet import Sheet, SheetSettings, make_sheet
from tests.reference import Reference

SETTINGS = [
    ("rnn", 1, 2, 2),
    ("lstm", 1, 1, 2),
    ("gru", 2, 1, 2),
    ("lstm", 2, 2, 3),
    ("gru", 1, 2, 3),
    ("rnn", 2, 1, 1),
]


def sheet(cell: Cell, X: int, H: int, T: int, seed: int = 1) -> Sheet:
    return make_sheet(SheetSettings(cell, X, H, T, seed))


def trace_of(made: Sheet) -> AnyTrace:
    form = {"gru": {"reset": "after"}}.get(made.settings.cell, {})
    params = make_params(made.settings.cell, made.weights, form)
    return run(params, made.xs, made.start["h"], made.start.get("c"))


def check(made: Sheet) -> None:
    trace = trace_of(made)
    theirs = Reference(trace.params, made.xs, made.start["h"], made.start.get("c"))
    direct = np.zeros((made.settings.T, made.settings.H))
    direct[-1] = theirs.value("hs")[-1] - made.target
    theirs.backward(direct)
    values = {line.name: line.value for line in made.lines}
    for name, weight in made.weights.items():
        gradient = theirs.weight_grad(name)
        for at in np.ndindex(weight.shape):
            place = f"{name}[{','.join(str(each + 1) for each in at)}]"
            assert values[f"∂L/∂{place}"] == pytest.approx(gradient[at], abs=1e-12)
            assert values[f"{place} ←"] == pytest.approx(weight[at] - 0.5 * gradient[at], abs=1e-12)
    for step in range(1, made.settings.T + 1):
        for unit in range(made.settings.H):
            assert values[f"h_{step}[{unit + 1}]"] == pytest.approx(theirs.value("hs")[step, unit], abs=1e-12)
            assert values[f"∂L/∂h_{step}[{unit + 1}]"] == pytest.approx(theirs.grad("hs")[step, unit], abs=1e-12)
    assert values["L"] == pytest.approx(0.5 * (direct[-1] ** 2).sum(), abs=1e-12)
    for line in made.lines:
        assert_is_true(line.solution, line.value, line.tolerance)


def assert_is_true(solution: str, value: float, tolerance: float) -> None:
    """The arithmetic between the equality signs gives the number at the end."""
    _name, *middle, result = re.split(r" [=←] ", solution)
    shown = read_number(result)
    assert shown is not None, solution
    assert abs(shown - value) <= tolerance, solution
    assert len(solution) < 250
    for text in middle:
        for mark, code in (
            ("·10⁻", "e-"),
            ("½", "0.5"),
            ("·", "*"),
            ("−", "-"),
            ("²", "**2"),
            ("σ", "s"),
            ("[", "("),
            ("]", ")"),
        ):
            text = text.replace(mark, code)
        text = re.sub(
            r"e-([⁰¹²³⁴⁵⁶⁷⁸⁹]+)",
            lambda found: "e-" + found[1].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")),
            text,
        )
        functions = {"__builtins__": {}, "tanh": math.tanh, "s": lambda a: 1.0 / (1.0 + math.exp(-a))}
        assert abs(eval(text, functions) - shown) <= 2.0 * tolerance, solution


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_every_value_is_that_of_autograd(settings: tuple[Cell, int, int, int]) -> None:
    check(sheet(*settings))


@pytest.mark.long
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_a_thousand_sheets_are_right_and_readable(settings: tuple[Cell, int, int, int]) -> None:
    for seed in range(1 + 1000 // len(SETTINGS)):
        check(sheet(*settings, seed))


def test_the_same_seed_is_the_same_sheet() -> None:
    one, again, other = (sheet("gru", 1, 1, 2, seed) for seed in (4, 4, 5))
    assert one.lines == again.lines != other.lines


def test_given_numbers_have_one_decimal() -> None:
    made = sheet("lstm", 2, 2, 3)
    given = [*made.weights.values(), made.xs, *made.start.values(), made.target]
    assert all(np.allclose(each, np.round(each, 1)) for each in given)
