"""What `explain` answers: a value, the terms it is the sum of, the factors of each term, and where each factor lies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rnn_core.notation import LATEX_FUNCTIONS, LATEX_MAPS, Paint, Symbol, latex_of, plain, recipe_latex, text_of
from rnn_core.recipes import Recipe

TEXT_MAPS = {
    "identity": "{}",
    "one_minus": "(1 − {})",
    "dsigmoid": "{0}·(1 − {0})",
    "dtanh": "(1 − {}²)",
    "drelu": "[{} > 0]",
}
TEXT_FUNCTIONS = {"identity": "{}", "sigmoid": "σ({})", "tanh": "tanh({})", "relu": "relu({})"}


class Place(NamedTuple):
    """Which value: f_3[1] is Place("forget_gate", 3, 0), W_xf[1,2] is Place("W_xf", None, 0, 1)."""

    name: str
    step: int | None  # 1..T as in the equations, 0 for the initial state; None: no time axis (weights)
    unit: int = 0  # from 0
    other: int | None = None  # the second index of a matrix


@dataclass(frozen=True)
class FactorValue:
    place: Place | None  # None: the constant 1
    map: str  # what is done with the value found there, for example "one_minus"
    raw: float  # the value at that place
    value: float  # after the map


@dataclass(frozen=True)
class TermValue:
    sign: int
    factors: tuple[FactorValue, ...]
    value: float  # sign * product of the factors


@dataclass(frozen=True)
class Explanation:
    place: Place
    kind: Literal["computed", "given", "held"]  # given: an input, a weight, h_0; held: set by hand
    value: float  # as stored in the trace
    symbols: Mapping[str, Symbol] = field(repr=False)  # how the values of this cell are written
    recipe: Recipe | None = None  # None where the value is not computed
    terms: tuple[TermValue, ...] = ()
    total: float = 0.0  # the sum of the terms; `function` of it is the value

    @property
    def function(self) -> str:
        return self.recipe.function if self.recipe else "identity"

    @property
    def parents(self) -> tuple[Place, ...]:
        """The places of the values that this one is made of, each once, in the order of the formula."""
        places = (factor.place for term in self.terms for factor in term.factors)
        return tuple(dict.fromkeys(place for place in places if place is not None))

    def formula(self, paint: Paint = plain) -> str:
        """The equation in LaTeX, for any step and unit; empty where the value is not computed."""
        return recipe_latex(self.recipe, self.symbols, paint) if self.recipe else ""


def place_text(names: Mapping[str, Symbol], place: Place) -> str:
    """f_3[1]: steps as they are, units counted from 1."""
    return text_of(names[place.name], *_indices(place))


def place_latex(names: Mapping[str, Symbol], place: Place, paint: Paint = plain) -> str:
    return latex_of(names[place.name], *_indices(place), paint)


def _indices(place: Place) -> tuple[str, tuple[str, ...]]:
    units = (place.unit,) if place.other is None else (place.unit, place.other)
    return "" if place.step is None else str(place.step), tuple(str(unit + 1) for unit in units)


def number(value: float, digits: int = 4) -> str:
    """A number as people write it: 0.6225, −1.3e-05."""
    return f"{value + 0.0:.{digits}g}".replace("-", "−", 1) if value < 0 else f"{abs(value):.{digits}g}"


def explanation_text(explained: Explanation, digits: int = 4, limit: int | None = None) -> str:
    """f_3[1] = σ(0.5·0.2 − 0.3·(−0.7) + 1) = 0.7878; with `limit`, only the first terms and "…".

    A value that was set by hand reads f_3[1] := 0.5, and one that is given x_3[1] = 0.2.
    """

    def factor(raw: float, part: FactorValue) -> str:
        written = number(raw, digits)
        return TEXT_MAPS[part.map].format(f"({written})" if raw < 0 else written)

    name, value = place_text(explained.symbols, explained.place), number(explained.value, digits)
    if explained.kind != "computed":
        return f"{name} {':=' if explained.kind == 'held' else '='} {value}"
    if not explained.terms:  # nothing flows here: the end of the sequence, or a value set by hand
        return f"{name} = 0"
    total = _sum(explained.terms, factor, "·", "−", "…", limit)
    return f"{name} = {TEXT_FUNCTIONS[explained.function].format(total)} = {value}"


def explanation_latex(explained: Explanation, digits: int = 4, limit: int | None = None, paint: Paint = plain) -> str:
    """The same in LaTeX, each number in the colour of its symbol."""

    def factor(raw: float, part: FactorValue) -> str:
        written = _latex_number(raw, digits)
        if part.place and explained.symbols[part.place.name].ink:
            written = paint(explained.symbols[part.place.name].ink, written)
        return LATEX_MAPS[part.map].format(rf"\left({written}\right)" if raw < 0 else written)

    name = place_latex(explained.symbols, explained.place, paint)
    value = _latex_number(explained.value, digits)
    if explained.kind != "computed":
        return f"{name} {':=' if explained.kind == 'held' else '='} {value}"
    if not explained.terms:
        return f"{name} = 0"
    total = _sum(explained.terms, factor, r" \cdot ", "-", r"\cdots", limit)
    return f"{name} = {LATEX_FUNCTIONS[explained.function].format(total)} = {value}"


def _latex_number(value: float, digits: int) -> str:
    written = f"{value:.{digits}g}"
    mantissa, exponent, power = written.partition("e")
    if exponent:
        return rf"{mantissa} \cdot 10^{{{int(power)}}}"
    return {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\mathrm{NaN}"}.get(written, written)


def _sum(
    terms: tuple[TermValue, ...],
    factor: Callable[[float, FactorValue], str],
    times: str,
    minus: str,
    dots: str,
    limit: int | None,
) -> str:
    """Signed terms in a row; a lone negative number is subtracted."""
    total = ""
    for term in terms[:limit]:
        sign, raws = term.sign, [part.raw for part in term.factors]
        if len(raws) == 1 and raws[0] < 0 and term.factors[0].map == "identity":
            sign, raws = -sign, [-raws[0]]
        total += f" {minus} " if sign < 0 else " + "
        total += times.join(map(factor, raws, term.factors))
    if limit is not None and limit < len(terms):
        total += f" + {dots}"
    return total.removeprefix(" + ").strip()
