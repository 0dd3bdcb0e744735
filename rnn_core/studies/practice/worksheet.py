"""Worksheets: a small cell with numbers of one decimal, every value of one pass forward and backward, and one step of gradient descent.

The loss is L = ½ Σ_j (h_T[j] − y[j])², so its gradient on the last state is h_T − y. Equal settings give equal sheets.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from rnn_core.arrays import Array, Cell
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.equations.digits import written
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import TEXT_FUNCTIONS, TEXT_MAPS, Place, explanation_text, place_text
from rnn_core.equations.notation import text_of, time_index
from rnn_core.equations.recipes import Factor, Recipe, Term
from rnn_core.errors import CoreError
from rnn_core.params.build import weights_of
from rnn_core.passes.bptt import bptt
from rnn_core.studies.practice.evaluate import parents, recipe_at
from rnn_core.studies.practice.friendly import MAGNITUDES, friendly_run, is_saturated
from rnn_core.studies.practice.values import tolerance

MOST_INPUTS, MOST_UNITS, MOST_STEPS = 2, 2, 3
TRIES = 200
SMALLEST_STATE = 0.02
SMALLEST_GRADIENT = 0.05  # of the largest: with nothing but zeros there would be no step


@dataclass(frozen=True)
class SheetSettings:
    cell: Cell
    X: int
    H: int
    T: int
    seed: int
    rate: float = 0.5  # step size of gradient descent


@dataclass(frozen=True)
class SheetLine:
    """One value to compute."""

    name: str  # as text: f_1[1], ∂L/∂W_xh[1,1]
    value: float
    solution: str  # the whole line with its arithmetic

    @property
    def tolerance(self) -> float:
        return tolerance(self.value)


@dataclass(frozen=True)
class Sheet:
    settings: SheetSettings
    weights: dict[str, Array]
    xs: Array  # (T, X)
    start: dict[str, Array]  # h_0, and c_0 of an LSTM
    target: Array  # (H,)
    equations: tuple[str, ...]
    forward: tuple[tuple[SheetLine, ...], ...]  # for each time step
    loss: tuple[SheetLine, ...]
    backward: tuple[SheetLine, ...]
    gradients: tuple[SheetLine, ...]
    update: tuple[SheetLine, ...]

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        every_step = [line for step in self.forward for line in step]
        return (*every_step, *self.loss, *self.backward, *self.gradients, *self.update)


def make_sheet(settings: SheetSettings) -> Sheet:
    """The first draw of the seed in which no gate is saturated and the gradient is large enough to be read."""
    for attempt in range(TRIES):
        rng = np.random.default_rng([11, settings.seed, settings.X, settings.H, settings.T, attempt])
        drawn = friendly_run(settings.cell, {}, settings.X, settings.H, settings.T, rng)
        target = np.asarray(rng.choice(MAGNITUDES, settings.H) * rng.choice([-1.0, 1.0], settings.H))
        direct = np.zeros((settings.T, settings.H))
        direct[-1] = drawn.trace.hs[-1] - target
        grads = bptt(drawn.trace, direct)
        if is_saturated(drawn):
            continue
        sheet = _written(settings, drawn.trace, grads, target)
        if _is_readable(sheet):
            return sheet
    raise CoreError("seed", settings.seed, "a seed with readable numbers")


def _is_readable(sheet: Sheet) -> bool:
    """No state near 0, and a gradient that is large enough to be read."""
    forward = [abs(line.value) for step in sheet.forward for line in step]
    return min(forward) >= SMALLEST_STATE and max(abs(line.value) for line in sheet.gradients) >= SMALLEST_GRADIENT


@dataclass
class _Order:
    """The values in an order in which each comes after those that it needs."""

    explainer: Explainer
    places: dict[Place, None] = field(default_factory=dict)

    def add(self, place: Place) -> None:
        if place not in self.places and recipe_at(self.explainer, place) is not None:
            for parent in parents(self.explainer, place):
                self.add(parent)
            self.places[place] = None


def _written(settings: SheetSettings, trace: AnyTrace, grads: AnyGradients, target: Array) -> Sheet:
    explainer = Explainer(trace, grads)
    order = _Order(explainer)
    for unit in range(settings.H):
        order.add(Place("hs", settings.T, unit))
    forward = tuple(order.places)
    weights = weights_of(trace.params)
    wanted = [Place(f"d{name}", None, *at) for name, value in weights.items() for at in np.ndindex(value.shape)]
    for place in wanted:
        order.add(place)
    backward = [place for place in order.places if place not in forward and place not in wanted]
    backward.sort(key=lambda place: -(place.step or 0))
    names = dict.fromkeys(place.name for place in order.places)
    return Sheet(
        settings,
        weights,
        trace.xs,
        {letter: getattr(trace, f"{letter}s")[0] for letter in ("h", "c") if hasattr(trace, f"{letter}s")},
        target,
        tuple(equation_text(explainer, explainer.recipes[name]) for name in names),
        tuple(tuple(_lines(explainer, (p for p in forward if p.step == t))) for t in range(1, settings.T + 1)),
        tuple(_loss(trace.hs[-1], target, settings.T)),
        tuple(_lines(explainer, backward)),
        tuple(_lines(explainer, wanted)),
        tuple(_update(explainer, wanted, settings.rate)),
    )


def _lines(explainer: Explainer, places: Iterable[Place]) -> Iterator[SheetLine]:
    for place in places:
        explained = explainer.explain(place)
        name, *parts = explanation_text(explained).replace("= − ", "= −").replace("(− ", "(−").split(" = ")
        solution = " = ".join([name, *dict.fromkeys(parts)])  # a sum of one number is written once
        yield SheetLine(_loss_letter(name), explained.value, _loss_letter(solution))


def _loss_letter(text: str) -> str:
    return text.replace("∂l/", "∂ℓ/")


def _loss(h: Array, target: Array, T: int) -> Iterator[SheetLine]:
    squares = " + ".join(f"({written(float(a))} − {_bracketed(b)})²" for a, b in zip(h, target, strict=True))
    loss = float(0.5 * ((h - target) ** 2).sum())
    yield SheetLine("L", loss, f"L = ½·[{squares}] = {written(loss)}")
    for unit, (state, wanted) in enumerate(zip(h, target, strict=True), start=1):
        name = f"∂ℓ/∂h_{T}[{unit}]"
        difference = float(state - wanted)
        yield SheetLine(
            name, difference, f"{name} = {_bracketed(state)} − {_bracketed(wanted)} = {written(difference)}"
        )


def _update(explainer: Explainer, gradients: Sequence[Place], rate: float) -> Iterator[SheetLine]:
    for place in gradients:
        weight, gradient = explainer.at(place._replace(name=place.name[1:])), explainer.at(place)
        name = place_text(explainer.symbols, place._replace(name=place.name[1:]))
        new = weight - rate * gradient
        arithmetic = f"{written(weight)} − {written(rate)}·{_bracketed(gradient)}"
        yield SheetLine(f"{name} ←", new, f"{name} ← {arithmetic} = {written(new)}")


def _bracketed(value: float) -> str:
    text = written(float(value))
    return f"({text})" if value < 0 else text


def equation_text(explainer: Explainer, recipe: Recipe) -> str:
    """The equation with letters, as text: h_t[j] = tanh(Σ_i W_xh[j,i]·x_t[i] + b_h[j])."""

    def factor(part: Factor) -> str:
        if not part.name:
            return "1"
        symbol = explainer.symbols[part.name]
        timed = symbol.first is not None
        text = text_of(symbol, time_index(part.dt) if timed else "", part.index[timed:])
        return TEXT_MAPS[part.map].format(text)

    def term(part: Term) -> str:
        summed = sorted({letter for each in part.factors for letter in each.index} - set(recipe.index))
        return "".join(f"Σ_{letter} " for letter in summed) + "·".join(map(factor, part.factors))

    total = ""
    for part in recipe.terms:
        joint = "−" if part.sign < 0 else "+" if total else ""
        total += f" {joint} {term(part)}" if joint else term(part)
    left = factor(Factor(recipe.name, recipe.index))
    return _loss_letter(f"{left} = {TEXT_FUNCTIONS[recipe.function].format(total.strip())}")
