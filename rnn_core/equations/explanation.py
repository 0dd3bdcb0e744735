"""What `explain` answers: a value, the terms it is the sum of, the factors of each term, and where each factor lies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple

from rnn_core.equations.notation import (
    LATEX_FUNCTIONS,
    LATEX_MAPS,
    Paint,
    Symbol,
    latex_of,
    plain,
    recipe_latex,
    text_of,
)
from rnn_core.equations.recipes import FUNCTIONS, Recipe

TEXT_MAPS = {
    "identity": "{}",
    "one_minus": "(1 − {})",
    "dsigmoid": "{0}·(1 − {0})",
    "dtanh": "(1 − {}²)",
    "drelu": "[{} > 0]",
    "exp": "e^{}",
}
TEXT_FUNCTIONS = {"identity": "{}", "sigmoid": "σ({})", "tanh": "tanh({})", "relu": "relu({})", "share": "{own}/({})"}


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
    total: float = 0.0  # the sum of the terms

    @property
    def function(self) -> str:
        return self.recipe.function if self.recipe else "identity"

    @property
    def made(self) -> float:
        """What the terms make: `value`, up to rounding."""
        if not self.recipe:
            return self.value
        own = self.terms[self.place.unit].value if self.function == "share" else 0.0
        return FUNCTIONS[self.function](self.total, own)

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


@dataclass(frozen=True)
class _Style:
    """How a formula with numbers is written: as text or as LaTeX."""

    place: Callable[[Place], str]
    number: Callable[[float], str]
    bracket: str  # around a negative factor
    maps: Mapping[str, str]
    functions: Mapping[str, str]
    times: str
    minus: str
    dots: str
    paint: Paint = plain


def explanation_text(explained: Explanation, digits: int = 4, limit: int | None = None) -> str:
    """f_3[1] = σ(0.5·0.2 − 0.3·(−0.7) + 1) = 0.7878; with `limit`, only the first terms and "…".

    A value that was set by hand reads f_3[1] := 0.5, and one that is given x_3[1] = 0.2.
    """
    style = _Style(
        place=partial(place_text, explained.symbols),
        number=partial(number, digits=digits),
        bracket="({})",
        maps=TEXT_MAPS,
        functions=TEXT_FUNCTIONS,
        times="·",
        minus="−",
        dots="…",
    )
    return _written(explained, style, limit)


def explanation_latex(explained: Explanation, digits: int = 4, limit: int | None = None, paint: Paint = plain) -> str:
    """The same in LaTeX, each number in the colour of its symbol."""
    style = _Style(
        place=partial(place_latex, explained.symbols, paint=paint),
        number=partial(_latex_number, digits=digits),
        bracket=r"\left({}\right)",
        maps=LATEX_MAPS,
        functions=LATEX_FUNCTIONS,
        times=r" \cdot ",
        minus="-",
        dots=r"\cdots",
        paint=paint,
    )
    return _written(explained, style, limit)


def _written(explained: Explanation, style: _Style, limit: int | None) -> str:
    name, value = style.place(explained.place), style.number(explained.value)
    if explained.kind != "computed":
        return f"{name} {':=' if explained.kind == 'held' else '='} {value}"
    if not explained.terms:  # nothing flows here: the end of the sequence, or a value set by hand
        return f"{name} = {style.number(0.0)}"
    total = ""
    for term in explained.terms[:limit]:
        minus, product = _product(explained, term, style)
        total += f" {style.minus if minus else '+'} {product}"
    if limit is not None and limit < len(explained.terms):
        total += f" + {style.dots}"
    own = ""
    if explained.function == "share":
        _, own = _product(explained, explained.terms[explained.place.unit], style)
    made = style.functions[explained.function].format(total.removeprefix(" + ").strip(), own=own)
    return f"{name} = {made} = {value}"


def _product(explained: Explanation, term: TermValue, style: _Style) -> tuple[bool, str]:
    """Whether the term is subtracted, and its product. A lone negative number is subtracted."""
    first = term.factors[0]
    flip = len(term.factors) == 1 and first.raw < 0 and first.map == "identity"

    def factor(part: FactorValue) -> str:
        raw = -part.raw if flip else part.raw
        written = style.number(raw)
        if part.place and explained.symbols[part.place.name].ink:
            written = style.paint(explained.symbols[part.place.name].ink, written)
        bracketed = raw < 0 and part.map != "exp"
        return style.maps[part.map].format(style.bracket.format(written) if bracketed else written)

    return (term.sign < 0) != flip, style.times.join(map(factor, term.factors))


def _latex_number(value: float, digits: int) -> str:
    written = f"{value:.{digits}g}"
    mantissa, exponent, power = written.partition("e")
    if exponent:
        return rf"{mantissa} \cdot 10^{{{int(power)}}}"
    return {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\mathrm{NaN}"}.get(written, written)
