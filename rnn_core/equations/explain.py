"""The explanation of any value of a trace: its equation with numbers, term by term, and the values that it depends on.

    value = explain(trace, "forget_gate", step=3, unit=1)
    explanation_text(value)   # f_3[2] = σ(0.5·0.2 − 0.3·0.71 + 1) = 0.7005
    value.parents             # the places that it depends on; explain(trace, *parent) explains those, down to x_1 and the weights

Backward in the same way, with the gradients of `bptt`: explain(trace, "dforget_gate", 3, 1, grads=grads).
The equations are those of `recipes.py`; this module is the same for all cells.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np

from rnn_core.arrays import Array, Mask
from rnn_core.blocks.readout import ReadoutGradients, ReadoutTrace
from rnn_core.cells import AnyGradients, AnyTrace, LSTMTrace
from rnn_core.cells.interventions import InterventionMasks
from rnn_core.cells.modern.base import ModernGradients, ModernTrace
from rnn_core.equations.explanation import Explanation, FactorValue, Place, TermValue
from rnn_core.equations.lookup import recipes
from rnn_core.equations.notation import symbols
from rnn_core.equations.recipes import MAPS, STEPS, Factor, Recipe, Term
from rnn_core.errors import MAX_STEPS, CoreError, check_integer, check_kind


def explain(
    trace: AnyTrace | ModernTrace,
    name: str,
    step: int | None,
    unit: int = 0,
    other: int | None = None,
    *,
    grads: AnyGradients | ModernGradients | None = None,
    answer: ReadoutTrace | None = None,
    answer_grads: ReadoutGradients | None = None,
) -> Explanation:
    """The value `name` at `step` (1..T; 0 for h_0 and c_0; None for weights) and `unit` (from 0), and its equation.

    `other` is the second index of a weight matrix or of its gradient. Gradients need `grads`, from `bptt`; a readout's
    values need `answer`, from `read_out` of trace.hs[1:], and `answer_grads`, from `read_out_backward`.
    To explain many values of one run, make one `Explainer`.

    >>> import rnn_core as rc
    >>> params = rc.RNNParams(W_xh=[[0.5]], W_hh=[[2.0]], b_h=[0.0], activation="linear")
    >>> value = rc.explain(rc.run(params, xs=[[1.0], [3.0]]), "pre", step=2)
    >>> value.value
    2.5
    >>> value.parents[1]  # the first is the weight W_xh
    Place(name='xs', step=2, unit=0, other=None)
    """
    return Explainer(trace, grads, answer, answer_grads).explain(Place(name, step, unit, other))


class Explainer:
    """Explains the values of one run. It finds the numbers of the trace, the gradients and the weights by name."""

    def __init__(
        self,
        trace: AnyTrace | ModernTrace,
        grads: AnyGradients | ModernGradients | None = None,
        answer: ReadoutTrace | None = None,
        answer_grads: ReadoutGradients | None = None,
    ):
        check_kind("trace", trace, AnyTrace | ModernTrace)
        check_kind("grads", grads, AnyGradients | ModernGradients | None)
        check_kind("answer", answer, ReadoutTrace | None)
        check_kind("answer_grads", answer_grads, ReadoutGradients | None)
        if answer is not None and isinstance(trace, ModernTrace):
            raise CoreError("answer", "a readout of a modern cell", "None: its loss starts at `trace.output`")
        if answer is not None and not np.array_equal(answer.hs, trace.hs[1:]):
            raise CoreError("answer", "a readout of other states", "read_out(params, trace.hs[1:])")
        if answer is not None and (grads is None) != (answer_grads is None):
            raise CoreError("grads, answer_grads", "one of them", "both, or none")
        if answer_grads and grads and not np.array_equal(answer_grads.dhs, grads.dhs_direct):
            raise CoreError("answer_grads", "gradients that bptt did not start from", "bptt(trace, answer_grads.dhs)")
        readout = answer.params if answer else None
        self.symbols, self.recipes = symbols(trace.params, readout), recipes(trace.params, readout)
        self._trace, self._grads = trace, grads
        self._made = (trace, answer)  # the sources of values; the next line lists those of gradients
        self._sent_back = (grads, answer_grads)
        self._overridden = overridden_values(trace)

    def explain(self, place: Place) -> Explanation:
        check_kind("name", place.name, str)
        for argument, index in (("step", place.step), ("unit", place.unit), ("other", place.other)):
            if index is not None:
                check_integer(argument, index, -MAX_STEPS, MAX_STEPS)  # `at` checks that the place exists
        value, symbol = self.at(place), self.symbols[place.name]
        recipe, held = self.recipes.get(place.name), self._is_overridden(place)
        if recipe is None or held or (place.step == 0 and not symbol.of):
            return Explanation(place, "held" if held else "given", value, self.symbols)
        terms = tuple(self.terms(recipe, place))
        total = 0.0
        for term in terms:  # added in order, as in the browser; `sum` of newer Pythons rounds differently
            total += term.value
        return Explanation(place, "computed", value, self.symbols, recipe, terms, total)

    def array(self, name: str) -> Array:
        """The array of this name; the error for an unknown name lists the known ones."""
        symbol = self.symbols.get(name)
        owners = [each for each in (self._sent_back if symbol and symbol.of else self._made) if each is not None]
        if symbol and symbol.first is None:
            weight = name.removeprefix("d") if symbol.of else name
            found = next((getattr(each.params, weight) for each in owners if hasattr(each.params, weight)), None)
        else:
            found = None
        if found is None:
            found = next((getattr(each, name) for each in owners if hasattr(each, name)), None)
        if found is None:
            known = [each for each, of in self.symbols.items() if self._grads is not None or not of.of]
            raise CoreError("name", repr(name), "one of " + ", ".join(known))
        return np.asarray(found)

    def _index(self, place: Place) -> tuple[int, ...] | None:
        """The index of the value in its array, or None outside of it: before h_0 or after h_T."""
        symbol, shape = self.symbols[place.name], self.array(place.name).shape
        first = symbol.first
        if symbol.axes[1:] == ("past",) and place.step is not None and place.unit >= place.step:
            return None  # attention has no score for a later step
        given = (None if place.step is None else place.step - (first or 0), place.unit, place.other)
        index = tuple(i for i in given if i is not None)
        wanted = len(shape) == len(index) and (first is None) == (place.step is None)
        return index if wanted and all(0 <= i < size for i, size in zip(index, shape, strict=True)) else None

    def at(self, place: Place) -> float:
        array, index = self.array(place.name), self._index(place)
        if index is None:
            first = self.symbols[place.name].first
            steps = "step None" if first is None else f"step {first} to {first + len(array) - 1}"
            sizes = array.shape if first is None else array.shape[1:]
            raise CoreError("place", tuple(place), f"{steps}, and units below {sizes} in {place.name}")
        return float(array[index])

    def _is_overridden(self, place: Place) -> bool:
        mask = self._overridden.get(place.name)
        if mask is None or not place.step:
            return False
        return bool(mask[place.step - 1, place.unit])

    def terms(self, recipe: Recipe, own: Place) -> Iterator[TermValue]:
        """The terms of the recipe at this place, with its sums expanded."""
        indices = (own.step, own.unit, own.other)
        known = dict(zip(recipe.index, [i for i in indices if i is not None], strict=True))
        for term in recipe.terms:
            if self._truncated(term, own.step):
                continue
            summed = sorted({letter for factor in term.factors for letter in factor.index} - set(known))
            for chosen in product(*(self._range(letter, term) for letter in summed)):
                places = [_place(factor, known | dict(zip(summed, chosen, strict=True))) for factor in term.factors]
                if all(place is None or self._counts(place) for place in places):
                    yield self._term(term, places)

    def _range(self, letter: str, term: Term) -> range:
        """Every value of a summed letter; steps outside an array are dropped later."""
        if letter == "t":
            return range(len(self._trace.xs) + 1)
        if letter == "u":
            return range(1)
        factor = next(factor for factor in term.factors if letter in factor.index)
        return range(self.array(factor.name).shape[factor.index.index(letter)])

    def _counts(self, place: Place) -> bool:
        """False before h_0, after h_T, and for the gradient on an overridden value, through which no gradient passes."""
        if self._index(place) is None:
            return False
        return not (
            self.symbols[place.name].of and self._is_overridden(place._replace(name=place.name.removeprefix("d")))
        )

    def _truncated(self, term: Term, step: int | None) -> bool:
        """Whether truncated BPTT drops this term: at the end of a chunk no gradient passes from step t + 1 to step t."""
        stretch = self._grads.truncate if self._grads is not None else None
        later = any(factor.dt > 0 for factor in term.factors)
        return bool(later and stretch and step and step % stretch == 0)

    def _term(self, term: Term, places: list[Place | None]) -> TermValue:
        factors = tuple(map(self._factor, term.factors, places))
        return TermValue(term.sign, factors, term.sign * math.prod(factor.value for factor in factors))

    def _factor(self, factor: Factor, place: Place | None) -> FactorValue:
        raw = 1.0 if place is None else self.at(place)
        return FactorValue(place, factor.map, raw, MAPS[factor.map](raw))


def _place(factor: Factor, known: Mapping[str, int]) -> Place | None:
    """The place that a factor refers to, given the value of every letter. The constant 1 has none."""
    if not factor.name:
        return None
    index, step = factor.index, None
    if index[0] in STEPS:
        step = known["t"] + factor.dt if index[0] == "t" else known[index[0]] + 1  # the other letters count from 0
        index = index[1:]
    return Place(factor.name, step, *(known[letter] - (letter == "t") for letter in index))


def overridden_values(trace: AnyTrace | ModernTrace) -> dict[str, Mask]:
    """Masks that are true where the run's interventions override a value, by the name of the value."""
    if isinstance(trace, ModernTrace) or not trace.interventions:
        return {}
    states = {"h": "hs", "c": "cs"} if isinstance(trace, LSTMTrace) else {"h": "hs"}
    T, H = len(trace.xs), trace.hs.shape[1]
    masks = InterventionMasks(trace.interventions, T, H, trace.gates, "c" in states)
    names = states | {gate: gate for gate in trace.gates}
    return {field: masks.without_overridden(name, np.ones((T, H))) == 0.0 for name, field in names.items()}
