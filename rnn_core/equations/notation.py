r"""The notation of each value: f_3[1] in text, $f_{3}[1]$ in LaTeX, $\partial L / \partial f_{3}[1]$ for its gradient.

The notation has letters but no words, so that every language shares it. The page chooses the colours: functions that
write LaTeX take `paint(ink, latex) -> latex`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from types import MappingProxyType

from rnn_core.blocks.readout import ReadoutParams
from rnn_core.cells import LSTMParams, Params
from rnn_core.equations.recipes import Factor, Recipe, Term, lines_of, parsed
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


def symbols(params: Params, readout: ReadoutParams | None = None) -> Mapping[str, Symbol]:
    """A symbol for every name that the recipes of this cell (and of its readout) use."""
    return _symbols(lines_of(params, readout), isinstance(params, LSTMParams))


@cache
def _symbols(lines: tuple[str, ...], lstm: bool) -> Mapping[str, Symbol]:
    table = parsed(lines)
    used = {factor.name for recipe in table.values() for term in recipe.terms for factor in term.factors}
    names = (used | set(table)) - {""}
    letters = LSTM_LETTERS if lstm else GRU_LETTERS
    return MappingProxyType({name: _symbol(name, letters) for name in sorted(names)})


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


def text_of(symbol: Symbol, step: str, units: tuple[str, ...]) -> str:
    """f_3[1], a^f_3[1], W_xf[1,2], ∂L/∂f_3[1], ∂L/∂W_xf[1,2]."""
    lower = symbol.lower or step
    name = symbol.base + (f"^{symbol.upper}" if symbol.upper else "") + (f"_{lower}" if lower else "") + _index(units)
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
}
LATEX_FUNCTIONS = {
    "identity": "{}",
    "sigmoid": r"\sigma\left({}\right)",
    "tanh": r"\tanh\left({}\right)",
    "relu": r"\mathrm{{relu}}\left({}\right)",
    "share": r"\frac{{{own}}}{{{}}}",
}


def time_index(dt: int) -> str:
    return f"t{dt:+d}" if dt else "t"


def recipe_latex(recipe: Recipe, names: Mapping[str, Symbol], paint: Paint = plain) -> str:
    """The equation of one value, element by element, with its sums written out as sums."""

    def factor(part: Factor) -> str:
        if not part.name:
            return "1"
        units = tuple(letter for letter in part.index if letter != "t")
        step = time_index(part.dt) if "t" in part.index else ""
        return LATEX_MAPS[part.map].format(latex_of(names[part.name], step, units, paint))

    def term(part: Term) -> str:
        letters = sorted({letter for f in part.factors for letter in f.index} - set(recipe.index))
        sums = "".join(rf"\sum_{{{letter}}} " for letter in letters)
        return sums + r"\, ".join(map(factor, part.factors))

    total = ""
    for part in recipe.terms:
        joint = "-" if part.sign < 0 else "+" if total else ""
        total += f" {joint} {term(part)}" if joint else term(part)
    left = factor(Factor(recipe.name, recipe.index))
    own = factor(replace(recipe.terms[0].factors[0], index=recipe.index))  # the numerator of a share
    return f"{left} = {LATEX_FUNCTIONS[recipe.function].format(total.strip(), own=own)}"


def recipes_json(params: Params, readout: ReadoutParams | None = None) -> str:
    """The recipes as JSON, for the browser; the docstring of recipes.py shows the format."""
    return _json(lines_of(params, readout), isinstance(params, LSTMParams))


@cache
def _json(lines: tuple[str, ...], lstm: bool) -> str:
    names, table = _symbols(lines, lstm), parsed(lines)
    return json.dumps(
        {
            "symbols": {name: asdict(symbol) for name, symbol in names.items()},
            "recipes": {name: asdict(r) | {"latex": recipe_latex(r, names)} for name, r in table.items()},
        }
    )
