"""Any number of a cell as an exercise: every mistake is a wrong answer of its own, and a browser may ask for anything."""

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.arrays import Cell
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place
from rnn_core.equations.recipes import FUNCTIONS
from rnn_core.studies.practice.squares import SQUARES, exists, square_mistakes
from rnn_core.studies.practice.values import tolerance

CELLS: tuple[Cell, ...] = ("rnn", "lstm", "gru")


def explainer_of(cell: Cell) -> Explainer:
    make = rc.init_params
    trace = rc.run(make(cell, 2, 3, 1), np.random.default_rng(0).normal(size=(4, 2)))  # type: ignore[call-overload]
    return Explainer(trace, rc.bptt(trace, np.ones((4, 3))))


def places(explainer: Explainer) -> list[Place]:
    """Every number that has an equation, forward and backward."""
    found = []
    for name in explainer.recipes:
        shape, first = explainer.array(name).shape, explainer.symbols[name].first
        for index in np.ndindex(shape):
            found.append(Place(name, None, *index) if first is None else Place(name, index[0] + first, *index[1:]))
    return found


@pytest.mark.parametrize("cell", CELLS)
def test_the_mistakes_in_every_number_differ_from_it_and_from_each_other(cell: Cell) -> None:
    explainer, kinds = explainer_of(cell), set()
    for place in places(explainer):
        assert exists(explainer, place)
        answer, found = explainer.at(place), square_mistakes(explainer, place)
        values = [answer, *(each.value for each in found)]
        for at, one in enumerate(values):
            assert all(abs(one - other) > tolerance(other) for other in values[:at]), place
        for each in found:
            kinds.add(each.kind)
            explained = explainer.explain(place)
            if each.kind == "function":
                assert each.value == pytest.approx(explained.total, rel=1e-12)
            if each.kind == "sign":
                assert each.value == -answer
            if each.kind in ("product", "bias") and each.line == place:
                without = [explained.total - term.value for term in explained.terms]
                reached = [FUNCTIONS[explained.function](total, 0.0) for total in without]
                assert min(abs(each.value - value) for value in reached) < 1e-12
    assert {"function", "slope", "sign", "transposed", "step", "product", "product_sign", "unit"} <= kinds


@pytest.mark.parametrize(
    "asked",
    [
        Place("nothing", 1, 0),
        Place("hs", None, 0),
        Place("hs", 9, 0),
        Place("hs", 2, 7),
        Place("hs", 2, 0, 0),
        Place("W_hh", None, 0, 0),
        Place("__class__", 1, 0),
    ],
)
def test_what_is_not_there_is_not_asked(asked: Place) -> None:
    assert not exists(explainer_of("rnn"), asked)


def test_a_given_number_has_no_mistakes() -> None:
    assert square_mistakes(explainer_of("rnn"), Place("hs", 0, 0)) == ()


@pytest.mark.parametrize("cell", CELLS)
def test_every_number_that_can_be_asked_is_counted_under_its_cell(cell: Cell) -> None:
    names = {f"{cell}/{name}" for name in explainer_of(cell).recipes}
    assert names <= {name for name, of in SQUARES.items() if of == cell}
