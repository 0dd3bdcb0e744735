r"""The lines of all gradients, made from the lines of the values by the chain rule.

A line V = f( A B + C ) passes the gradient of V on to each of its factors: times the slope of f, times the other factors
of the same term. The gradient of a value is the sum of what every line that reads it passes on:

    hs[t,j] = one_minus(update_gate[t,j]) hs[t-1,j] + update_gate[t,j] candidate[t,j]

gives, among others (the second from the term that reads the step before, shifted by one step),

    dcandidate[t,j] = dhs[t,j] update_gate[t,j]
    dhs[t,j] = dhs_direct[t,j] + dhs[t+1,j] one_minus(update_gate[t+1,j])

`d<output>_direct` is the loss's own gradient on the value that a readout reads. Slopes are written in terms of the
function's value V, or of its argument where V does not determine them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rnn_core.equations.recipes import STEPS, Factor, Recipe, Term, parse, text_of_factor


@dataclass(frozen=True)
class Slope:
    map: str  # a key of MAPS
    of_value: bool = True  # a function of V; else of the argument
    sign: int = 1


SLOPES: Mapping[str, Slope] = {
    **{name: Slope(f"d{name}") for name in ("sigmoid", "tanh", "relu", "softplus", "log_sigmoid", "elu_plus_one")},
    **{name: Slope(f"d{name}") for name in ("reciprocal", "inverse_root", "root_rest")},
    "exp": Slope("identity"),
    "magnitude": Slope("sign", of_value=False),
    "cos": Slope("sin", of_value=False, sign=-1),
    "sin": Slope("cos", of_value=False),
}
SPARE = {True: "srt", False: "ilmnpqk"}  # what a letter that is taken is renamed to, by whether it is a step


@cache
def gradient_lines(lines: Sequence[str], output: str, without: Collection[str]) -> tuple[str, ...]:
    """A line for the gradient of every value that `output` depends on, except those in `without`."""
    table = {recipe.name: recipe for recipe in map(parse, lines)}
    reached = _reached(table, output, without)
    index = {name: recipe.index for name, recipe in table.items()} | {"xs": ("t", "j")}
    parts: dict[str, list[Term]] = defaultdict(list)
    parts[output].append(Term(1, (Factor(f"d{output}_direct", table[output].index),)))
    for name in reached:
        for source, term in _passed_on(table[name], without):
            index.setdefault(source.name, source.index)
            parts[source.name].append(_aligned(term, source, index[source.name]))
    return tuple(_line(name, index[name], terms) for name, terms in parts.items())


def _reached(table: Mapping[str, Recipe], output: str, without: Collection[str]) -> list[str]:
    """The values with a line that the output depends on, in the order of computation."""
    found, waiting = {output}, [output]
    while waiting:
        names = {factor.name for term in table[waiting.pop()].terms for factor in term.factors}
        new = (names & table.keys()) - found - set(without)
        found |= new
        waiting += new
    return [name for name in table if name in found]


def _passed_on(recipe: Recipe, without: Collection[str]) -> Iterator[tuple[Factor, Term]]:
    """What one line passes on: the factor that it read, and the term that its gradient gets."""
    own = Factor(f"d{recipe.name}", recipe.index)
    if recipe.function == "share":
        yield from _through_softmax(recipe, own)
        return
    for term in recipe.terms:
        for place, factor in enumerate(term.factors):
            if not factor.name or factor.name in without:
                continue
            sign, slopes = _slope(recipe, term)
            others = [*term.factors[:place], *term.factors[place + 1 :]]
            sign *= -1 if factor.map == "one_minus" else 1
            yield factor, Term(term.sign * sign, (own, *slopes, *others))


def _slope(recipe: Recipe, term: Term) -> tuple[int, list[Factor]]:
    if recipe.function == "identity":
        return 1, []
    slope = SLOPES[recipe.function]
    if slope.of_value:
        return slope.sign, [Factor(recipe.name, recipe.index, 0, slope.map)]
    (argument,) = term.factors  # a function of one value
    return slope.sign, [replace(argument, map=slope.map)]


def _through_softmax(recipe: Recipe, own: Factor) -> Iterator[tuple[Factor, Term]]:
    """weights[t,s] = exp(scores[t,s]) / sum over r: dscores = weights (dweights - sum of weights dweights)."""
    (exponential,) = recipe.terms[0].factors
    scores, weights = Factor(exponential.name, recipe.index), Factor(recipe.name, recipe.index)
    yield scores, Term(1, (weights, own))
    yield scores, Term(-1, (weights, replace(weights, index=exponential.index), replace(own, index=exponential.index)))


def _aligned(term: Term, source: Factor, index: tuple[str, ...]) -> Term:
    """The term with the letters that the gradient of `source` has on the left, at the step at which it was read."""
    renamed = dict(zip(source.index, index, strict=True))
    letters = {letter for factor in term.factors for letter in factor.index}
    for letter in sorted(letters - renamed.keys()):
        taken = set(renamed.values()) | set(index)
        free = (each for each in SPARE[letter in STEPS] if each not in taken and each not in letters - {letter})
        renamed[letter] = letter if letter not in taken else next(free)

    def moved(factor: Factor) -> Factor:
        shift = source.dt if "t" in factor.index and "t" in source.index else 0
        return replace(factor, index=tuple(renamed[letter] for letter in factor.index), dt=factor.dt - shift)

    return Term(term.sign, tuple(map(moved, term.factors)))


def _line(name: str, index: tuple[str, ...], terms: Sequence[Term]) -> str:
    total = ""
    for term in sorted(terms, key=lambda term: term.sign < 0):  # a line does not start with a minus where it need not
        product = " ".join(map(text_of_factor, term.factors))
        total += f" {'-' if term.sign < 0 else '+'} {product}"
    return f"d{name}[{','.join(index)}] = " + (total[3:] if total.startswith(" + ") else total[1:])
