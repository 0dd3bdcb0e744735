r"""The equation of every value of a trace as data: one table for Python (`explain.py`) and the browser.

`table.py` has each equation once, one line per value:

    forget_gate[t,j] = sigmoid( W_xf[j,i] xs[t,i] + W_hf[j,i] hs[t-1,i] + b_f[j] )

Reading a line:
* t is the step of the equations: 1..T, and 0 for the initial state. The row in the array is t - `first` of its symbol:
  `first` is 0 for the states and their gradients (T+1 rows), 1 for everything else (T rows), null without a time axis.
* A letter that is not on the left is summed over its whole range, so such a term stands for one product per element.
* A product with a factor outside its array's rows is left out: there is nothing before h_0 or after h_T.
* `f( ... )` around the whole right side is the `function`; `g(...)` around one factor is that factor's `map`.
* A term with the gradient dV[place] is left out where an intervention overrides V: no gradient passes through it.
* In truncated BPTT a term with dt = +1 at step t is left out where t is a multiple of the chunk's length, except t = 0.
* Values without a line of their own (xs, weights, dhs_direct without a readout) are given, and so are hs[0] and cs[0].

`recipes_json(params, readout)` (in notation.py) is the same table for the browser:

    {"symbols": {"forget_gate": {"base": "f", "lower": "", "upper": "", "of": "", "path": "",
                                 "ink": "forget_gate",            // a key of INKS in ui/figures/style.py, or ""
                                 "first": 1, "axes": ["time", "hidden"]}, ...},
     "recipes": {"forget_gate": {
         "name": "forget_gate", "index": ["t", "j"], "function": "sigmoid",
         "terms": [{"sign": 1, "factors": [
             {"name": "W_xf", "index": ["j", "i"], "dt": 0, "map": "identity"},  // W_xf[j][i]
             {"name": "xs",   "index": ["t", "i"], "dt": 0, "map": "identity"}   // xs[t + dt - first][i]
         ]}, ...],
         "latex": "f_{t}[j] = \\sigma\\left(...\\right)"}, ...}}

A factor with name "" is the constant 1. `of` is "" for a value, "L" for a gradient of the loss, "l" for the loss's own
direct part; `path` is the path of a part of a gradient ("f", "o", "w"). Steps are the same in the data and on the page;
units and columns are counted from 0 in the data and from 1 on the page: f_3[1] is the first unit at step 3.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rnn_core.blocks.readout import ReadoutParams
from rnn_core.cells import Params
from rnn_core.equations.table import equations, readout_equations
from rnn_core.errors import check_kind

# Functions of the sum of the terms. "share", of softmax, also takes the unit's own term: own / sum.
FUNCTIONS: Mapping[str, Callable[[float, float], float]] = {
    "identity": lambda total, own: total,
    "sigmoid": lambda total, own: 0.5 * (1.0 + math.tanh(0.5 * total)),
    "tanh": lambda total, own: math.tanh(total),
    "relu": lambda total, own: total if total > 0.0 or math.isnan(total) else 0.0,
    "share": lambda total, own: own / total,
}

# Functions of one factor. The slopes are functions of the function's own value v.
MAPS: Mapping[str, Callable[[float], float]] = {
    "identity": lambda v: v,
    "one_minus": lambda v: 1.0 - v,
    "dsigmoid": lambda v: v * (1.0 - v),
    "dtanh": lambda v: 1.0 - v * v,
    "drelu": lambda v: float(v > 0.0),
    "exp": lambda v: math.exp(v) if v < 709.0 else math.inf,
}


@dataclass(frozen=True)
class Factor:
    name: str  # a field of the trace, of the gradients or of the parameters; "" is the constant 1
    index: tuple[str, ...] = ()  # letters, in the order of the array's axes: ("t", "i") or ("j", "i") or ("j",)
    dt: int = 0  # shift of the letter t
    map: str = "identity"


@dataclass(frozen=True)
class Term:
    sign: int  # +1 or -1
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Recipe:
    name: str
    index: tuple[str, ...]  # ("t", "j") a value; ("j", "i") or ("j",) the gradient of a weight or a bias
    function: str  # a key of FUNCTIONS
    terms: tuple[Term, ...]


_FACTOR = re.compile(r"(?:(\w+)\()?(\w+)(?:\[([^\]]+)\])?\)?")


def _factor(text: str) -> Factor:
    match = _FACTOR.fullmatch(text)
    if match is None:
        raise ValueError(f"not a factor of a recipe: {text!r}")
    mapped, name, index = match.groups()
    if index is None:
        return Factor("")
    letters = tuple(part[0] for part in index.split(","))
    dt = sum(int(part[1:]) for part in index.split(",") if part[1:])
    return Factor(name, letters, dt, mapped or "identity")


def parse(equation: str) -> Recipe:
    left, right = equation.split(" = ")
    target = _factor(left)
    function, _, inside = right.partition("( ")
    if function in FUNCTIONS:
        right = inside.removesuffix(" )")
    else:
        function = "identity"
    pieces = re.split(r" ([+-]) ", right)
    signs = [1, *(1 if sign == "+" else -1 for sign in pieces[1::2])]
    terms = tuple(
        Term(sign, tuple(_factor(text) for text in piece.split()))
        for sign, piece in zip(signs, pieces[::2], strict=True)
    )
    return Recipe(target.name, target.index, function, terms)


def recipes(params: Params, readout: ReadoutParams | None = None) -> Mapping[str, Recipe]:
    """The recipe of each value, gradient and weight gradient of this cell (and of its readout), by its field name."""
    return parsed(lines_of(params, readout))


def lines_of(params: Params, readout: ReadoutParams | None = None) -> tuple[str, ...]:
    """The equations of the recipes. They are equal for all cells of one form, so they can be the key of a cache."""
    check_kind("params", params, Params)
    return (*equations(params), *(readout_equations(readout) if readout else ()))


@cache
def parsed(lines: tuple[str, ...]) -> Mapping[str, Recipe]:
    return MappingProxyType({recipe.name: recipe for recipe in map(parse, lines)})
