"""The usual mistakes in one computation, and the wrong value that each of them gives.

A mistake is a change of an equation of the table: a slope left out, a weight matrix transposed, the state of another step.
Evaluating the changed equation gives the number that somebody who makes this mistake finds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place
from rnn_core.equations.recipes import Factor, Recipe, Term
from rnn_core.studies.practice.evaluate import Known, recipe_at, recompute, total_of

Kind = Literal[
    "function",  # the activation function was left out
    "other_function",  # tanh in place of sigmoid, or the reverse
    "slope",  # the slope of the activation function was left out
    "other_slope",  # the slope of tanh in place of that of the sigmoid, or the reverse
    "gate",  # a value was not multiplied by its gate
    "one_minus",  # z in place of 1 − z
    "complement",  # 1 − z in place of z
    "transposed",  # the other entry of the weight matrix
    "step",  # the value of another time step
    "direct",  # the loss's own gradient was left out
    "bias",
    "product",  # a product of the sum was left out
    "product_sign",
    "sign",  # the sign of the whole answer
    "unit",  # the value of the other unit
]
NO_FACTOR = Factor("")
OTHER = {"sigmoid": "tanh", "tanh": "sigmoid", "dsigmoid": "dtanh", "dtanh": "dsigmoid"}
GATES = ("input_gate", "forget_gate", "output_gate", "reset_gate", "update_gate")


@dataclass(frozen=True)
class Mistake:
    kind: Kind
    value: float  # of the answer with this mistake
    line: Place  # the value in whose equation the mistake is
    right: tuple[Place, ...] = ()  # the places that the equation reads
    wrong: tuple[Place, ...] = ()  # the places that were read instead


def mistakes(explainer: Explainer, target: Place, known: Known, lines: Sequence[Place]) -> Iterator[Mistake]:
    """`lines` are the values that must be computed on the way, the target last."""
    for line in reversed(lines):
        recipe = recipe_at(explainer, line)
        assert recipe is not None
        for kind, changed, right, wrong in _changes(explainer, recipe, line):
            value = recompute(explainer, target, known, {line.name: changed})
            yield Mistake(kind, value, line, right, wrong)
    yield from _of_products(explainer, target)
    answer = explainer.at(target)
    yield Mistake("sign", -answer, target)
    for other in _other_units(explainer, target):
        yield Mistake("unit", explainer.at(other), target, (target,), (other,))


Change = tuple[Kind, Recipe, tuple[Place, ...], tuple[Place, ...]]


def _changes(explainer: Explainer, recipe: Recipe, line: Place) -> Iterator[Change]:
    if recipe.function in ("sigmoid", "tanh", "relu"):
        yield "function", replace(recipe, function="identity"), (), ()
    if recipe.function in OTHER:
        yield "other_function", replace(recipe, function=OTHER[recipe.function]), (), ()
    for number, term in enumerate(recipe.terms):
        for at, factor in enumerate(term.factors):
            for kind, other in _other_factors(factor, len(term.factors)):
                changed = _with_factor(recipe, number, at, other)
                right, wrong = (_read(explainer, each.terms[number], each, line, at) for each in (recipe, changed))
                if len(right) == len(wrong):  # otherwise the change leads out of the sequence
                    differing = [pair for pair in zip(right, wrong, strict=True) if pair[0] != pair[1]]
                    if kind in ("transposed", "step") and not differing:
                        continue
                    pair = (differing or list(zip(right, wrong, strict=True)))[:1]
                    yield (
                        kind,
                        changed,
                        _places(right for right, _wrong in pair),
                        _places(wrong for _right, wrong in pair),
                    )


def _places(found: Iterable[Place | None]) -> tuple[Place, ...]:
    return tuple(place for place in found if place is not None)


def _other_factors(factor: Factor, count: int) -> Iterator[tuple[Kind, Factor]]:
    if factor.map in ("dtanh", "dsigmoid", "drelu"):
        yield "slope", NO_FACTOR
    if factor.map in OTHER:
        yield "other_slope", replace(factor, map=OTHER[factor.map])
    if factor.map == "one_minus":
        yield "one_minus", replace(factor, map="identity")
    if factor.name in GATES and factor.map == "identity" and count > 1:
        yield "gate", NO_FACTOR
        yield "complement", replace(factor, map="one_minus")
    if factor.name.startswith("W_") and len(factor.index) == 2:
        yield "transposed", replace(factor, index=factor.index[::-1])
    if "t" in factor.index:
        for dt in (0, -1) if factor.dt else (-1,):
            if dt != factor.dt:
                yield "step", replace(factor, dt=dt)


def _with_factor(recipe: Recipe, number: int, at: int, factor: Factor) -> Recipe:
    term = recipe.terms[number]
    new = replace(term, factors=(*term.factors[:at], factor, *term.factors[at + 1 :]))
    return replace(recipe, terms=(*recipe.terms[:number], new, *recipe.terms[number + 1 :]))


def _read(explainer: Explainer, term: Term, recipe: Recipe, line: Place, at: int) -> list[Place | None]:
    """The place that the factor `at` refers to, in every product of this term."""
    return [each.factors[at].place for each in explainer.terms(replace(recipe, terms=(term,)), line)]


def _of_products(explainer: Explainer, target: Place) -> Iterator[Mistake]:
    """One product of the sum left out, or with the wrong sign."""
    recipe = recipe_at(explainer, target)
    assert recipe is not None
    terms = list(explainer.terms(recipe, target))
    products = [term.value for term in terms]
    if len(terms) < 2:
        return
    for factor in (0.0, -1.0):
        for at, term in enumerate(terms):
            changed = [*products[:at], factor * products[at], *products[at + 1 :]]
            places = tuple(each.place for each in term.factors if each.place is not None)
            names = [place.name for place in places]
            kind: Kind = "product_sign" if factor else _omitted(names)
            yield Mistake(kind, total_of(recipe, changed), target, places)


def _omitted(names: list[str]) -> Kind:
    if len(names) == 1 and names[0].startswith("b_"):
        return "bias"
    return "direct" if len(names) == 1 and names[0].endswith("_direct") else "product"


def _other_units(explainer: Explainer, target: Place) -> Iterator[Place]:
    units = explainer.array(target.name).shape[0 if target.step is None else 1]
    yield from (target._replace(unit=unit) for unit in range(units) if unit != target.unit)
