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
* Modern cells: `s` and `r` are steps too. In front (key[s,i]) they are the step of the row; behind t (scores[t,s]) they
  count from 0, up to t - 1. `u` has one value: it is the index of a single number, and formulas leave it out.
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

STEPS = "tsr"  # the letters of steps

# Functions of the sum of the terms. "share", of softmax, also takes the unit's own term: own / sum.
FUNCTIONS: Mapping[str, Callable[[float, float], float]] = {
    "identity": lambda total, own: total,
    "sigmoid": lambda total, own: 0.5 * (1.0 + math.tanh(0.5 * total)),
    "tanh": lambda total, own: math.tanh(total),
    "relu": lambda total, own: total if total > 0.0 or math.isnan(total) else 0.0,
    "share": lambda total, own: own / total,
    "exp": lambda total, own: _exp(total),
    "softplus": lambda total, own: max(total, 0.0) + math.log1p(math.exp(-abs(total))),
    "log_sigmoid": lambda total, own: min(total, 0.0) - math.log1p(math.exp(-abs(total))),
    "elu_plus_one": lambda total, own: total + 1.0 if total > 0.0 else math.exp(total),
    "reciprocal": lambda total, own: 1.0 / total if total else math.copysign(math.inf, total),
    "inverse_root": lambda total, own: 1.0 / math.sqrt(total) if total > 0.0 else math.nan,
    "root_rest": lambda total, own: math.sqrt(-math.expm1(2.0 * total)),  # sqrt(1 - a^2) of a = e^total
    "magnitude": lambda total, own: abs(total),
    "cos": lambda total, own: math.cos(total),
    "sin": lambda total, own: math.sin(total),
}

# Functions of one factor. The slopes are functions of the function's own value v.
MAPS: Mapping[str, Callable[[float], float]] = {
    "identity": lambda v: v,
    "one_minus": lambda v: 1.0 - v,
    "dsigmoid": lambda v: v * (1.0 - v),
    "dtanh": lambda v: 1.0 - v * v,
    "drelu": lambda v: float(v > 0.0),
    "exp": lambda v: _exp(v),
    "dsoftplus": lambda v: -math.expm1(-v),
    "dlog_sigmoid": lambda v: -math.expm1(v),
    "delu_plus_one": lambda v: min(v, 1.0),
    "dreciprocal": lambda v: -v * v,
    "dinverse_root": lambda v: -0.5 * v**3,
    "droot_rest": lambda v: v - 1.0 / v if v else -math.inf,
    "sign": lambda v: float((v > 0.0) - (v < 0.0)),  # these three: slopes in terms of the argument
    "sin": math.sin,
    "cos": math.cos,
}


def _exp(value: float) -> float:
    return math.exp(value) if value < 709.0 else math.inf


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
    first = -1 if right.startswith("- ") else 1
    pieces = re.split(r" ([+-]) ", right.removeprefix("- "))
    signs = [first, *(1 if sign == "+" else -1 for sign in pieces[1::2])]
    terms = tuple(
        Term(sign, tuple(_factor(text) for text in piece.split()))
        for sign, piece in zip(signs, pieces[::2], strict=True)
    )
    return Recipe(target.name, target.index, function, terms)


def text_of_factor(factor: Factor) -> str:
    """A factor as a line writes it."""
    if not factor.name:
        return "1"
    letters = [letter + (f"{factor.dt:+d}" if factor.dt and letter == "t" else "") for letter in factor.index]
    place = f"{factor.name}[{','.join(letters)}]"
    return place if factor.map == "identity" else f"{factor.map}({place})"
