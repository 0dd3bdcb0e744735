"""Any number of a run as an exercise: the usual mistakes in its own equation, when all the numbers that it reads are known.

`SQUARES` names all that can be asked, by cell and value such as "lstm/forget_gate": whoever has found one, at any step, has solved it.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from rnn_core.arrays import Cell
from rnn_core.cells.lstm import VARIANTS
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place
from rnn_core.equations.lookup import recipes
from rnn_core.errors import CoreError
from rnn_core.params.init import init_params
from rnn_core.studies.practice.evaluate import recipe_at
from rnn_core.studies.practice.mistakes import Mistake, mistakes
from rnn_core.studies.practice.values import distinct

FORMS: Mapping[Cell, tuple[Mapping[str, Any], ...]] = {
    "rnn": ({},),
    "gru": tuple({"reset": reset} for reset in ("before", "after")),
    "lstm": tuple({"variant": variant} for variant in VARIANTS),
}


def _squares() -> Iterator[tuple[str, Cell]]:
    for cell, forms in FORMS.items():
        for form in forms:
            yield from ((f"{cell}/{name}", cell) for name in recipes(init_params(cell, 1, 1, **form)))


SQUARES: Mapping[str, Cell] = MappingProxyType(dict(_squares()))


def square_mistakes(explainer: Explainer, asked: Place) -> tuple[Mistake, ...]:
    """Every usual mistake in the asked number; none where the number is given and not computed."""
    if recipe_at(explainer, asked) is None or explainer.explain(asked).kind != "computed":
        return ()
    found = mistakes(explainer, asked, lambda _place: True, [asked])
    return tuple(distinct(explainer.at(asked), found))


def exists(explainer: Explainer, asked: Place) -> bool:
    """Whether the run has such a number: a browser may ask for anything."""
    if asked.name not in explainer.recipes:
        return False
    try:
        explainer.at(asked)
    except CoreError:
        return False
    return True
