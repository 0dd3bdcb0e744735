"""The table of equations, evaluated: the lines of the modern cells for all steps at once, and in a loop where they must be.

A line is computed for all steps at once unless it depends on its own value at another step. Those lines, and only those,
are computed step by step; in a cell that is linear in its state this is the line of the state alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.equations.recipes import STEPS, Factor, Recipe, Term, parse

FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "identity": lambda a: a,
    "sigmoid": sigma,
    "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0.0),
    "exp": np.exp,
    "softplus": lambda a: np.logaddexp(0.0, a),
    "log_sigmoid": lambda a: -np.logaddexp(0.0, -a),
    "elu_plus_one": lambda a: np.where(a > 0.0, a + 1.0, np.exp(np.minimum(a, 0.0))),
    "reciprocal": lambda a: 1.0 / a,
    "inverse_root": lambda a: 1.0 / np.sqrt(a),
    "root_rest": lambda a: np.sqrt(-np.expm1(2.0 * a)),
    "magnitude": np.abs,
    "cos": np.cos,
    "sin": np.sin,
}
MAPS: Mapping[str, Callable[[Array], Array]] = {
    "identity": lambda v: v,
    "one_minus": lambda v: 1.0 - v,
    "dsigmoid": lambda v: v * (1.0 - v),
    "dtanh": lambda v: 1.0 - v * v,
    "drelu": lambda v: np.where(v > 0.0, 1.0, 0.0),
    "dsoftplus": lambda v: -np.expm1(-v),
    "dlog_sigmoid": lambda v: -np.expm1(v),
    "delu_plus_one": lambda v: np.minimum(v, 1.0),
    "dreciprocal": lambda v: -v * v,
    "dinverse_root": lambda v: -0.5 * v**3,
    "droot_rest": lambda v: v - 1.0 / v,
    "sign": np.sign,
    "sin": np.sin,
    "cos": np.cos,
}


@dataclass(frozen=True)
class Group:
    """Lines that are computed together: one line for all steps, or lines that depend on each other across steps."""

    recipes: tuple[Recipe, ...]  # in the order of computation within a step
    looped: bool


@cache
def groups(lines: Sequence[str]) -> tuple[Group, ...]:
    """The lines in an order in which each finds what it reads."""
    table = {recipe.name: recipe for recipe in map(parse, lines)}
    reads = {name: _read(recipe) & table.keys() for name, recipe in table.items()}
    reaches = {name: _closure(reads, name) for name in table}
    together = {
        name: frozenset({name} | {other for other in reaches[name] if name in reaches[other]}) for name in table
    }
    order: TopologicalSorter[frozenset[str]] = TopologicalSorter()
    for name in table:
        order.add(together[name], *({together[other] for other in reads[name]} - {together[name]}))
    return tuple(
        Group(
            _within_a_step([table[name] for name in table if name in group]),
            any(name in reaches[name] for name in group),
        )
        for group in order.static_order()
    )


def _read(recipe: Recipe, same_step: bool = False) -> set[str]:
    return {f.name for term in recipe.terms for f in term.factors if f.name and not (same_step and f.dt)}


def _closure(reads: Mapping[str, set[str]], name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = reads[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def _within_a_step(recipes: list[Recipe]) -> tuple[Recipe, ...]:
    table = {recipe.name: recipe for recipe in recipes}
    order = TopologicalSorter({name: _read(recipe, same_step=True) & table.keys() for name, recipe in table.items()})
    return tuple(table[name] for name in order.static_order())


class Evaluation:
    """The arrays of a run, filled line by line. `first` is the step of row 0: 0 for states, 1 for other values."""

    def __init__(self, arrays: dict[str, Array], first: Mapping[str, int], T: int) -> None:
        self.arrays, self.first, self.T = arrays, first, T

    def compute(self, group: Group, given_before: int, backward: bool = False) -> None:
        """Fills the group's arrays, which must exist. Rows of steps up to `given_before` are given and stay."""
        if not group.looped:
            (recipe,) = group.recipes
            self._fill(recipe, max(self._first(recipe.name), given_before + 1), self.T)
            return
        for t in reversed(range(given_before + 1, self.T + 1)) if backward else range(given_before + 1, self.T + 1):
            for recipe in group.recipes:
                if t >= self._first(recipe.name):
                    self._fill(recipe, t, t)

    def _first(self, name: str) -> int:
        return self.first.get(name, 1)

    def _fill(self, recipe: Recipe, low: int, high: int) -> None:
        """The rows of the steps low..high; the whole array if the value has no time axis."""
        target, timed = self.arrays[recipe.name], "t" in recipe.index
        rows = target[low - self._first(recipe.name) : high + 1 - self._first(recipe.name)] if timed else target
        if recipe.function == "share":
            (exponential,) = recipe.terms[0].factors
            rows[:] = softmax(self.arrays[exponential.name][low - 1 : high])
            return
        total = np.zeros_like(rows)
        for term in recipe.terms:
            self._add(term, recipe, low, high, total, timed)
        rows[:] = FUNCTIONS[recipe.function](total)

    def _add(self, term: Term, recipe: Recipe, low: int, high: int, total: Array, timed: bool) -> None:
        """Adds a term to the rows for which all of its factors exist."""
        leading = [factor for factor in term.factors if factor.index[:1] == ("t",)]
        start = max([low if timed else 1, *(self._first(factor.name) - factor.dt for factor in leading)])
        end = min([high if timed else self.T, *(self.T - factor.dt for factor in leading)])
        if start > end:
            return
        operands, letters = [], []
        for factor in term.factors:
            if factor.name:
                operands.append(MAPS[factor.map](self._rows(factor, start, end)))
                letters.append("".join(factor.index))
        part = total[start - low : end + 1 - low] if timed else total
        missing = set(recipe.index) - set("".join(letters))
        for letter in missing:
            operands.append(np.ones(part.shape[recipe.index.index(letter)]))
            letters.append(letter)
        part += term.sign * np.einsum(f"{','.join(letters)}->{''.join(recipe.index)}", *operands)

    def _rows(self, factor: Factor, start: int, end: int) -> Array:
        array = self.arrays[factor.name]
        if factor.index[:1] == ("t",):
            shift = factor.dt - self._first(factor.name)
            return array[start + shift : end + 1 + shift]
        if "t" in factor.index:  # scores[s,t]: a step that counts from 0
            return array[:, start - 1 : end]
        return array

    def shape_of(self, recipe: Recipe) -> tuple[int, ...]:
        """The shape of a line's array, from those of its factors."""
        sizes = {"u": 1} | dict.fromkeys(STEPS, self.T)
        for factor in _factors(recipe):
            for letter, size in zip(factor.index, self.arrays[factor.name].shape, strict=True):
                sizes.setdefault(letter, size)
        return tuple(sizes[letter] for letter in recipe.index)


def _factors(recipe: Recipe) -> Iterator[Factor]:
    for term in recipe.terms:
        yield from (factor for factor in term.factors if factor.name)


def softmax(scores: Array) -> Array:
    """Over the last axis. The largest score is subtracted, so that nothing overflows."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))
