"""Values computed from a table of equations in which single lines may be changed, and which values follow from which."""

import math
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place, TermValue
from rnn_core.equations.recipes import FUNCTIONS, MAPS, Recipe

Known = Callable[[Place], bool]
UNCHANGED: Mapping[str, Recipe] = MappingProxyType({})


def recipe_at(explainer: Explainer, place: Place) -> Recipe | None:
    """The equation of this value; None where it is given: inputs, weights, states before the first step."""
    recipe = explainer.recipes.get(place.name)
    return None if recipe is None or (place.step == 0 and not explainer.symbols[place.name].of) else recipe


def recompute(explainer: Explainer, place: Place, known: Known, changed: Mapping[str, Recipe] = UNCHANGED) -> float:
    """The value at a place if the lines in `changed` replace those of the table. Values that are known are taken as they are.
    A value that a change makes depend on itself is not a number."""
    found: dict[Place, float] = {}

    def value(at: Place, is_asked: bool = False) -> float:
        recipe = recipe_at(explainer, at)
        if recipe is None or (known(at) and not is_asked):
            return explainer.at(at)
        if at not in found:
            found[at] = math.nan
            used = changed.get(at.name, recipe)
            found[at] = total_of(used, [product(term) for term in explainer.terms(used, at)])
        return found[at]

    def product(term: TermValue) -> float:
        factors = (MAPS[each.map](1.0 if each.place is None else value(each.place)) for each in term.factors)
        return term.sign * math.prod(factors)

    return value(place, is_asked=True)


def total_of(recipe: Recipe, products: list[float]) -> float:
    return FUNCTIONS[recipe.function](sum(products), 0.0)


def parents(explainer: Explainer, place: Place) -> Iterator[Place]:
    recipe = recipe_at(explainer, place)
    if recipe is not None:
        for term in explainer.terms(recipe, place):
            yield from (factor.place for factor in term.factors if factor.place is not None)


class Dependence:
    """Whether a value follows from the target, directly or through others."""

    def __init__(self, explainer: Explainer, target: Place) -> None:
        self._explainer = explainer
        self._follows: dict[Place, bool] = {target: True}

    def __call__(self, place: Place) -> bool:
        if place not in self._follows:
            self._follows[place] = False  # equations have no circles; this only ends the search early
            self._follows[place] = any(self(parent) for parent in parents(self._explainer, place))
        return self._follows[place]
