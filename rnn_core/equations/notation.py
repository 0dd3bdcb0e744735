r"""The notation of each value: f_3[1] in text, $f_{3}[1]$ in LaTeX, $\partial L / \partial f_{3}[1]$ for its gradient.

The notation has letters but no words, so that every language shares it. The page chooses the colours: functions that
write LaTeX take `paint(ink, latex) -> latex`.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from types import MappingProxyType

from rnn_core.blocks.readout import ReadoutParams
from rnn_core.cells import LSTMParams
from rnn_core.cells.modern.base import ModernParams
from rnn_core.equations.lookup import AnyParams, lines_of, parsed
from rnn_core.equations.modern_notation import gradient_names, letters
from rnn_core.equations.recipes import Factor, Recipe, Term
from rnn_core.equations.table import GRU_LETTERS, LSTM_LETTERS

Paint = Callable[[str, str], str]  # (key of INKS, LaTeX) -> LaTeX in that colour


def plain(ink: str, latex: str) -> str:
    return latex


@dataclass(frozen=True)
class Symbol:
    base: str  # "f", "W", "tanh c"
    ink: str  # key of INKS in ui/figures/style.py, or "" for the colour of text
    axes: tuple[str, ...]  # of "time", "hidden", "input", "output"
    first: int | None  # step of row 0; None without a time axis
    lower: str = ""  # W_{xf}
    upper: str = ""  # a^{f}
    of: str = ""  # "": a value; "L": the gradient of the loss on it; "l": the loss's own direct part of that
    path: str = ""  # the path of a part of a gradient: "f" along the cell state, "o" from h, "w" through the peepholes


# Name: (letter, ink, axis of its units, step of row 0)
_NAMED = {
    "xs": ("x", "x", "input", 1),
    "hs": ("h", "h", "hidden", 0),
    "cs": ("c", "c", "hidden", 0),
    "tanh_c": ("tanh c", "c", "hidden", 1),
    "reset_h": ("q", "reset_gate", "hidden", 1),  # the state or product after the reset gate
    "scores": ("s", "y", "output", 1),
    "ys": ("y", "y", "output", 1),
}
_WEIGHT = re.compile(r"([Wbw])_(\w+)")


def symbols(params: AnyParams, readout: ReadoutParams | None = None) -> Mapping[str, Symbol]:
    """A symbol for every name that the recipes of this cell (and of its readout) use."""
    if isinstance(params, ModernParams):
        return _modern_symbols(params)
    return _symbols(lines_of(params, readout), isinstance(params, LSTMParams))


@cache
def _symbols(lines: tuple[str, ...], lstm: bool) -> Mapping[str, Symbol]:
    table = parsed(lines)
    used = {factor.name for recipe in table.values() for term in recipe.terms for factor in term.factors}
    names = (used | set(table)) - {""}
    letters = LSTM_LETTERS if lstm else GRU_LETTERS
    return MappingProxyType({name: _symbol(name, letters) for name in sorted(names)})


def _modern_symbols(params: ModernParams) -> Mapping[str, Symbol]:
    own = {
        name: Symbol(each.base, each.ink, each.axes, each.first, each.lower, each.upper)
        for name, each in letters(params).items()
    }
    gradients = {
        name: replace(own[value], of="l" if name.endswith("_direct") else "L", ink="gradient")
        for name, value in gradient_names(params)
    }
    direct = f"d{params.output}_direct"
    return MappingProxyType(own | gradients | {direct: replace(gradients[direct], first=1)})


def _symbol(name: str, letters: Mapping[str, str]) -> Symbol:
    weight = _WEIGHT.fullmatch(name)
    if weight:
        kind, lower = weight.groups()
        rows = "output" if lower[-1] == "y" else "hidden"
        columns = "input" if lower[0] == "x" else "hidden"
        return Symbol(kind, "", (rows, columns) if kind == "W" else (rows,), None, lower=lower)
    if name in _NAMED:
        base, ink, axis, first = _NAMED[name]
        return Symbol(base, ink, ("time", axis), first)
    if name in ("pre", "pre_x", "pre_h"):
        return Symbol("a", "h", ("time", "hidden"), 1, upper=name[4:])
    for gate, letter in letters.items():
        if name == gate:
            return Symbol(letter, gate, ("time", "hidden"), 1)
        part = name.removeprefix(f"{gate}_")  # the part from x, from h or from c; "pre" is their sum
        if part in ("pre", "x", "h", "c"):
            return Symbol("a", gate, ("time", "hidden"), 1, upper=letter + part.removesuffix("pre"))
    return _gradient_symbol(name, letters)


def _gradient_symbol(name: str, letters: Mapping[str, str]) -> Symbol:
    if name == "dhs_direct":
        return replace(_symbol("hs", letters), of="l", ink="gradient", first=1)
    if name == "dcs_direct":
        return replace(_symbol("cs", letters), of="l", ink="gradient", first=1)
    path = {
        "dcs_through_forget": "f",
        "dcs_through_output": "o",
        "dcs_through_peepholes": "w",
        "dhs_through_carry": "z",
    }.get(name, "")
    if not name.startswith("d"):
        raise KeyError(f"no symbol for {name}")
    value = _symbol(name[1:3] if path else name.removeprefix("d"), letters)  # dcs_... or dhs_...
    return replace(value, of="L", ink="gradient", path=path)


def _index(units: tuple[str, ...]) -> str:
    return f"[{','.join(units)}]" if units else ""


# The letters of the modern cells outside of formulas; x, y and z with a hat or bar have no letter of their own.
_GREEK = {
    "Delta": "Δ",
    "Lambda": "Λ",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "eta": "η",
}
_GREEK |= {"theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ"}
_GREEK |= {"varphi": "φ", "phi": "ϕ", "omega": "ω", "ell": "ℓ"}
_ACCENTS = {"bar": "\u0304", "hat": "\u0302", "tilde": "\u0303"}


def in_text(letter: str) -> str:
    r"""A letter of a formula as text: \Delta is Δ, \bar A is Ā."""
    if not letter.startswith("\\"):
        return letter
    name, _space, rest = letter[1:].partition(" ")
    if name in _ACCENTS:
        return unicodedata.normalize("NFC", in_text(rest) + _ACCENTS[name])
    return _GREEK[name]


def text_of(symbol: Symbol, step: str, units: tuple[str, ...]) -> str:
    """f_3[1], a^f_3[1], W_xf[1,2], ∂L/∂f_3[1], ∂L/∂W_xf[1,2]."""
    lower = symbol.lower or step
    name = (
        in_text(symbol.base)
        + (f"^{in_text(symbol.upper)}" if symbol.upper else "")
        + (f"_{lower}" if lower else "")
        + _index(units)
    )
    if not symbol.of:
        return name
    path = f" via {symbol.path}" if symbol.path else ""
    return f"∂{symbol.of}/∂{name}{path}"


def latex_of(symbol: Symbol, step: str, units: tuple[str, ...], paint: Paint = plain) -> str:
    lower = symbol.lower or step
    base = r"\tanh c" if symbol.base == "tanh c" else symbol.base
    name = base + (f"^{{{symbol.upper}}}" if symbol.upper else "") + (f"_{{{lower}}}" if lower else "") + _index(units)
    if symbol.of:
        loss = r"\ell" if symbol.of == "l" else symbol.of
        name = rf"\frac{{\partial {loss}}}{{\partial {name}}}"
        if symbol.path:
            name = rf"\left.{name}\right|_{{{symbol.path}}}"
    return paint(symbol.ink, name) if symbol.ink else name


LATEX_MAPS = {
    "identity": "{}",
    "one_minus": r"\left(1 - {}\right)",
    "dsigmoid": r"{0}\left(1 - {0}\right)",
    "dtanh": r"\left(1 - {}^2\right)",
    "exp": "e^{{{}}}",
    "drelu": r"\mathbf{{1}}\left[{} > 0\right]",
    "dsoftplus": r"\left(1 - e^{{-{}}}\right)",
    "dlog_sigmoid": r"\left(1 - e^{{{}}}\right)",
    "delu_plus_one": r"\min\left({}, 1\right)",
    "dreciprocal": r"\left(-{}^2\right)",
    "dinverse_root": r"\left(-\tfrac{{1}}{{2}} {}^3\right)",
    "droot_rest": r"\left({0} - 1/{0}\right)",
    "sign": r"\mathrm{{sign}}\left({}\right)",
    "sin": r"\sin {}",
    "cos": r"\cos {}",
}
LATEX_FUNCTIONS = {
    "identity": "{}",
    "sigmoid": r"\sigma\left({}\right)",
    "tanh": r"\tanh\left({}\right)",
    "relu": r"\mathrm{{relu}}\left({}\right)",
    "share": r"\frac{{{own}}}{{{}}}",
    "exp": r"\exp\left({}\right)",
    "softplus": r"\mathrm{{softplus}}\left({}\right)",
    "log_sigmoid": r"\log \sigma\left({}\right)",
    "elu_plus_one": r"1 + \mathrm{{elu}}\left({}\right)",
    "reciprocal": r"\left({}\right)^{{-1}}",
    "inverse_root": r"\left({}\right)^{{-1/2}}",
    "root_rest": r"\sqrt{{1 - e^{{2 {}}}}}",
    "magnitude": r"\left|{}\right|",
    "cos": r"\cos\left({}\right)",
    "sin": r"\sin\left({}\right)",
}


def time_index(dt: int) -> str:
    return f"t{dt:+d}" if dt else "t"


def recipe_latex(recipe: Recipe, names: Mapping[str, Symbol], paint: Paint = plain) -> str:
    """The equation of one value, element by element, with its sums written out as sums."""

    def factor(part: Factor) -> str:
        if not part.name:
            return "1"
        timed = names[part.name].first is not None
        units = tuple(letter for letter in part.index[timed:] if letter != "u")
        step = (time_index(part.dt) if part.index[0] == "t" else part.index[0]) if timed else ""
        return LATEX_MAPS[part.map].format(latex_of(names[part.name], step, units, paint))

    def term(part: Term) -> str:
        letters = sorted({letter for f in part.factors for letter in f.index} - {*recipe.index, "u"})
        sums = "".join(rf"\sum_{{{letter}}} " for letter in letters)
        return sums + r"\, ".join(map(factor, part.factors))

    total = ""
    for part in recipe.terms:
        joint = "-" if part.sign < 0 else "+" if total else ""
        total += f" {joint} {term(part)}" if joint else term(part)
    left = factor(Factor(recipe.name, recipe.index))
    own = factor(replace(recipe.terms[0].factors[0], index=recipe.index))  # the numerator of a share
    return f"{left} = {LATEX_FUNCTIONS[recipe.function].format(total.strip(), own=own)}"


def recipes_json(params: AnyParams, readout: ReadoutParams | None = None) -> str:
    """The recipes as JSON, for the browser; the docstring of recipes.py shows the format."""
    lines = lines_of(params, readout)
    if isinstance(params, ModernParams):
        names = _modern_symbols(params)
        as_text = {
            name: replace(each, base=in_text(each.base), upper=in_text(each.upper)) for name, each in names.items()
        }
        return _written(names, lines, as_text)
    return _json(lines, isinstance(params, LSTMParams))


@cache
def _json(lines: tuple[str, ...], lstm: bool) -> str:
    return _written(_symbols(lines, lstm), lines)


def _written(names: Mapping[str, Symbol], lines: tuple[str, ...], as_text: Mapping[str, Symbol] | None = None) -> str:
    """`as_text`: the symbols with letters that need no LaTeX, where `names` have such."""
    table = parsed(lines)
    return json.dumps(
        {
            "symbols": {name: asdict(symbol) for name, symbol in (as_text or names).items()},
            "recipes": {name: asdict(r) | {"latex": recipe_latex(r, names)} for name, r in table.items()},
        }
    )
