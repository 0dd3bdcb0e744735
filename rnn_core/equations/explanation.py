"""The result of `explain`: a value, the terms of its sum, the factors of each term, and the place of each factor."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple

from rnn_core.equations.digits import true_digits, written
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
from rnn_core.equations.recipes import FUNCTIONS, MAPS, Recipe

TEXT_MAPS = {
    "identity": "{}",
    "one_minus": "(1 − {})",
    "dsigmoid": "{0}·(1 − {0})",
    "dtanh": "(1 − {}²)",
    "drelu": "[{} > 0]",
    "exp": "e^{}",
    "dsoftplus": "(1 − e^(−{}))",
    "dlog_sigmoid": "(1 − e^({}))",
    "delu_plus_one": "min({}, 1)",
    "dreciprocal": "(−({})²)",
    "dinverse_root": "(−½·({})³)",
    "droot_rest": "({0} − 1/{0})",
    "sign": "sign({})",
    "sin": "sin({})",
    "cos": "cos({})",
}
TEXT_FUNCTIONS = {
    "identity": "{}",
    "sigmoid": "σ({})",
    "tanh": "tanh({})",
    "relu": "relu({})",
    "share": "{own}/({})",
    "exp": "exp({})",
    "softplus": "softplus({})",
    "log_sigmoid": "log σ({})",
    "elu_plus_one": "1 + elu({})",
    "reciprocal": "1/({})",
    "inverse_root": "1/√({})",
    "root_rest": "√(1 − exp(2·({})))",
    "magnitude": "|{}|",
    "cos": "cos({})",
    "sin": "sin({})",
}


class Place(NamedTuple):
    """The name and indices of a value: f_3[1] is Place("forget_gate", 3, 0), W_xf[1,2] is Place("W_xf", None, 0, 1)."""

    name: str
    step: int | None  # 1..T as in the equations, 0 for the initial state; None: no time axis (weights)
    unit: int = 0  # from 0
    other: int | None = None  # the second index of a matrix


@dataclass(frozen=True)
class FactorValue:
    place: Place | None  # None: the constant 1
    map: str  # the function of the value at that place, for example "one_minus"
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
    kind: Literal["computed", "given", "held"]  # given: an input, a weight, h_0; held: overridden by an intervention
    value: float  # as stored in the trace
    symbols: Mapping[str, Symbol] = field(repr=False)  # the notation of this cell's values
    recipe: Recipe | None = None  # None where the value is not computed
    terms: tuple[TermValue, ...] = ()
    total: float = 0.0  # the sum of the terms

    @property
    def function(self) -> str:
        return self.recipe.function if self.recipe else "identity"

    @property
    def recomputed(self) -> float:
        """The function of the terms' sum: `value`, up to rounding."""
        if not self.recipe:
            return self.value
        own = self.terms[self.place.unit].value if self.function == "share" else 0.0
        return FUNCTIONS[self.function](self.total, own)

    @property
    def parents(self) -> tuple[Place, ...]:
        """The places of the values that this one depends on, each once, in the order of the formula."""
        places = (factor.place for term in self.terms for factor in term.factors)
        return tuple(dict.fromkeys(place for place in places if place is not None))

    def formula(self, paint: Paint = plain) -> str:
        """The equation in LaTeX, for any step and unit; empty where the value is not computed."""
        return recipe_latex(self.recipe, self.symbols, paint) if self.recipe else ""


def place_text(names: Mapping[str, Symbol], place: Place) -> str:
    """f_3[1]: steps as in `place`, units counted from 1."""
    return text_of(names[place.name], *_indices(place))


def place_latex(names: Mapping[str, Symbol], place: Place, paint: Paint = plain) -> str:
    return latex_of(names[place.name], *_indices(place), paint)


def _indices(place: Place) -> tuple[str, tuple[str, ...]]:
    units = (place.unit,) if place.other is None else (place.unit, place.other)
    return "" if place.step is None else str(place.step), tuple(str(unit + 1) for unit in units)


@dataclass(frozen=True)
class _Style:
    """The style of a formula with numbers: text or LaTeX."""

    place: Callable[[Place], str]
    number: Callable[[float, int], str]  # a value with this many digits
    bracket: str  # around a negative factor
    maps: Mapping[str, str]
    functions: Mapping[str, str]
    times: str
    minus: str
    dots: str
    paint: Paint = plain


def explanation_text(explained: Explanation, digits: int = 4, limit: int | None = None) -> str:
    """f_3[1] = σ(0.5·0.2 − 0.3·(−0.7) + 1) = 0.7878; with `limit`, only the largest terms and "…".

    Numbers have at least `digits` digits, and more where the equation is only then true as written (see digits.py). An
    overridden value reads f_3[1] := 0.5, and a given one x_3[1] = 0.2.

    >>> import rnn_core as rc
    >>> params = rc.RNNParams(W_xh=[[0.5]], W_hh=[[2.0]], b_h=[0.0], activation="linear")
    >>> explanation_text(rc.explain(rc.run(params, xs=[[1.0], [3.0]]), "hs", step=1))
    'h_1[1] = 0.5·1 + 2·0 + 0 = 0.5'
    """
    style = _Style(
        place=partial(place_text, explained.symbols),
        number=written,
        bracket="({})",
        maps=TEXT_MAPS,
        functions=TEXT_FUNCTIONS,
        times="·",
        minus="−",
        dots="…",
    )
    return _written(explained, style, digits, limit)


def explanation_latex(explained: Explanation, digits: int = 4, limit: int | None = None, paint: Paint = plain) -> str:
    """The same in LaTeX, each number in the colour of its symbol."""
    style = _Style(
        place=partial(place_latex, explained.symbols, paint=paint),
        number=_latex_number,
        bracket=r"\left({}\right)",
        maps=LATEX_MAPS,
        functions=LATEX_FUNCTIONS,
        times=r" \cdot ",
        minus="-",
        dots=r"\cdots",
        paint=paint,
    )
    return _written(explained, style, digits, limit)


def _written(explained: Explanation, style: _Style, least: int, limit: int | None) -> str:
    name = style.place(explained.place)
    if explained.kind != "computed":
        return f"{name} {':=' if explained.kind == 'held' else '='} {style.number(explained.value, least)}"
    if not explained.terms:  # no gradient arrives: the end of the sequence, or an overridden value
        return f"{name} = {style.number(0.0, least)}"
    shown = _largest(explained.terms, limit)
    digits, of_value = _digits(explained, least, shown)
    total = ""
    for place in shown:
        minus, product = _product(explained, explained.terms[place], digits[place], style)
        total += f" {style.minus if minus else '+'} {product}"
    if limit is not None and limit < len(explained.terms):
        total += f" + {style.dots}"
    own = ""
    if explained.function == "share":
        _, own = _product(explained, explained.terms[explained.place.unit], digits[explained.place.unit], style)
    computed = style.functions[explained.function].format(total.removeprefix(" + ").strip(), own=own)
    return f"{name} = {computed} = {style.number(explained.value, of_value)}"


def _largest(terms: tuple[TermValue, ...], limit: int | None) -> tuple[int, ...]:
    """The indices of the largest terms, at most `limit`, in order."""
    by_size = sorted(range(len(terms)), key=lambda at: -abs(terms[at].value))
    return tuple(sorted(by_size[:limit]))


def _digits(explained: Explanation, least: int, shown: Sequence[int]) -> tuple[list[list[int]], int]:
    """The digits of every factor of every term, and of the value. Terms that are not shown count as exact."""
    exact = [[factor.raw for factor in term.factors] for term in explained.terms]

    def compute(operands: Sequence[float]) -> float:
        rest = iter(operands)
        raws = [[next(rest) for _raw in row] if place in shown else row for place, row in enumerate(exact)]
        products = [
            term.sign * math.prod(MAPS[factor.map](raw) for factor, raw in zip(term.factors, row, strict=True))
            for term, row in zip(explained.terms, raws, strict=True)
        ]
        own = products[explained.place.unit] if explained.function == "share" else 0.0
        return FUNCTIONS[explained.function](sum(products), own)

    operands = [raw for place in shown for raw in exact[place]]
    found, of_value = true_digits(operands, explained.value, compute, least, (least, max(2, least - 1)))
    rest = iter(found)
    return [[next(rest) if place in shown else least for _raw in row] for place, row in enumerate(exact)], of_value


def _product(explained: Explanation, term: TermValue, digits: Sequence[int], style: _Style) -> tuple[bool, str]:
    """Whether the term is subtracted, and its product. A lone negative number is subtracted."""
    first = term.factors[0]
    flip = len(term.factors) == 1 and first.raw < 0 and first.map == "identity"

    def factor(part: FactorValue, count: int) -> str:
        raw = -part.raw if flip else part.raw
        text = style.number(raw, count)
        raised = "10" in text and style.times.strip() in text and part.map in ("dtanh", "exp")
        bracketed = raised or (raw < 0 and part.map != "exp")
        if part.place and explained.symbols[part.place.name].ink:
            text = style.paint(explained.symbols[part.place.name].ink, text)
        return style.maps[part.map].format(style.bracket.format(text) if bracketed else text)

    return (term.sign < 0) != flip, style.times.join(map(factor, term.factors, digits))


def _latex_number(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return r"\mathrm{NaN}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    mantissa, exponent, power = f"{value:.{digits}g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(power)}}}" if exponent else mantissa
