"""Exercises of the first kind: compute one number of the very cell that is shown, forward or backward."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from zlib import crc32

import numpy as np

from rnn_core.arrays import Cell
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Explanation, Place
from rnn_core.errors import CoreError
from rnn_core.studies.practice.evaluate import Dependence, Known, parents, recipe_at
from rnn_core.studies.practice.friendly import FriendlyRun, friendly_run, is_saturated
from rnn_core.studies.practice.mistakes import Mistake, mistakes

RELATIVE, ABSOLUTE = 0.005, 0.0006  # an answer this near counts as right: half a per cent, or the digits that are shown
NEARLY = 0.05
NEARLY_MISTAKE = 0.02  # of the value with a mistake, where it was rounded on the way
SMALLEST, LARGEST = 0.02, 20.0  # of an answer
SMALLEST_READ = 0.001
FEWEST_MISTAKES = 3
TRIES = 400

Number: TypeAlias = float | Literal["asked", "later"]  # later: it follows from the asked value, or is not shown


@dataclass(frozen=True)
class ValueTask:
    """A question about one number of a cell; the numbers come from a seed."""

    name: str
    page: str  # the topic
    cell: Cell
    asked: str  # a name of the trace or of the gradients
    step: int | None = 2  # None: a weight
    form: Mapping[str, Any] = field(default_factory=dict)
    sizes: tuple[int, int, int] = (2, 2, 3)  # X, H, T
    hidden: tuple[str, ...] = ()  # values that are not shown, so that they must be computed on the way


@dataclass(frozen=True)
class Row:
    """One row of the table of given numbers: a value of one unit at all steps."""

    name: str
    unit: int
    first: int  # the step of the first number
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class ValueExercise:
    task: ValueTask
    run: FriendlyRun
    explainer: Explainer
    target: Place
    weights: tuple[str, ...]  # the weights that are shown
    rows: tuple[Row, ...]
    lines: tuple[Place, ...]  # computed on the way, the target last
    mistakes: tuple[Mistake, ...]

    @property
    def answer(self) -> float:
        return self.explainer.at(self.target)

    def explain(self, place: Place | None = None) -> Explanation:
        return self.explainer.explain(place or self.target)


def tolerance(value: float) -> float:
    return max(RELATIVE * abs(value), ABSOLUTE)


@dataclass(frozen=True)
class Verdict:
    kind: Literal["right", "nearly", "rounded", "point", "mistake", "unknown"]  # point: its place is wrong
    mistake: Mistake | None = None
    has_wrong_sign: bool = False  # beside the mistake


def judge(exercise: ValueExercise, typed: float) -> Verdict:
    answer = exercise.answer
    if abs(typed - answer) <= tolerance(answer):
        return Verdict("right")
    for each in exercise.mistakes:
        if abs(typed - each.value) <= tolerance(each.value):
            return Verdict("mistake", each)
    if typed and any(typed == float(format(answer, form)) for form in (".1g", ".2g", ".1f", ".2f")):
        return Verdict("rounded")
    if abs(typed - answer) <= NEARLY * abs(answer) + ABSOLUTE:
        return Verdict("nearly")
    if any(abs(typed * 10.0**places - answer) <= tolerance(answer) for places in (-3, -2, -1, 1, 2, 3)):
        return Verdict("point")
    near = [each for each in exercise.mistakes if abs(typed - each.value) <= NEARLY_MISTAKE * abs(each.value)]
    if len(near) == 1:
        return Verdict("mistake", near[0])
    turned = [each for each in exercise.mistakes if abs(typed + each.value) <= tolerance(each.value)]
    return Verdict("mistake", turned[0], has_wrong_sign=True) if len(turned) == 1 else Verdict("unknown")


def make_exercise(task: ValueTask, seed: int) -> ValueExercise:
    """The exercise with the numbers of this seed: the first draw whose numbers are readable and whose mistakes differ."""
    for attempt in range(TRIES):
        rng = np.random.default_rng([crc32(task.name.encode()), seed, attempt])
        friendly = friendly_run(task.cell, task.form, *task.sizes, rng)
        if is_saturated(friendly):
            continue
        explainer = friendly.explainer()
        target = _target(task, explainer, rng)
        if not SMALLEST <= abs(explainer.at(target)) <= LARGEST or explainer.explain(target).kind != "computed":
            continue
        made = _with_table(task, friendly, explainer, target)
        if len(made.mistakes) >= FEWEST_MISTAKES and _is_readable(made):
            return made
    raise CoreError("seed", seed, f"a seed with readable numbers for {task.name}")


def _target(task: ValueTask, explainer: Explainer, rng: np.random.Generator) -> Place:
    shape = explainer.array(task.asked).shape
    units = shape if task.step is None else shape[1:]
    return Place(task.asked, task.step, *(int(rng.integers(size)) for size in units))


def _with_table(task: ValueTask, friendly: FriendlyRun, explainer: Explainer, target: Place) -> ValueExercise:
    def is_known(place: Place) -> bool:
        return place.name not in task.hidden or recipe_at(explainer, place) is None

    follows = Dependence(explainer, target)
    lines = tuple(_lines(explainer, target, is_known, []))
    read = [place for line in lines for place in parents(explainer, line)]
    names = dict.fromkeys(place.name for place in read if explainer.symbols[place.name].first is not None)
    if target.step is not None:
        names[target.name] = None
    weights = dict.fromkeys(place.name for place in read if explainer.symbols[place.name].first is None)
    found = mistakes(explainer, target, is_known, lines)
    rows = tuple(row for name in names for row in _rows(explainer, name, target, is_known, follows))
    kept = tuple(distinct(explainer.at(target), found))
    return ValueExercise(task, friendly, explainer, target, tuple(weights), rows, lines, kept)


def _lines(explainer: Explainer, place: Place, is_known: Known, found: list[Place]) -> list[Place]:
    """The values to compute, each after those that it needs."""
    for parent in parents(explainer, place):
        if not is_known(parent) and parent not in found:
            _lines(explainer, parent, is_known, found)
    found.append(place)
    return found


def _rows(explainer: Explainer, name: str, target: Place, is_known: Known, follows: Dependence) -> Iterator[Row]:
    array, first = explainer.array(name), explainer.symbols[name].first or 0

    def number(place: Place) -> Number:
        if place == target:
            return "asked"
        return explainer.at(place) if is_known(place) and not follows(place) else "later"

    for unit in range(array.shape[1]):
        steps = range(first, first + len(array))
        yield Row(name, unit, first, tuple(number(Place(name, step, unit)) for step in steps))


def distinct(answer: float, found: Iterable[Mistake]) -> Iterator[Mistake]:
    """The mistakes whose values differ from the answer and from each other by more than the tolerance: others say nothing."""
    taken = [answer]
    for each in found:
        if math.isfinite(each.value) and all(abs(each.value - one) > 3.0 * tolerance(one) for one in taken):
            taken.append(each.value)
            yield each


def _is_readable(made: ValueExercise) -> bool:
    """No number that is read is so small that it would be written with a power of ten."""
    places = {place for line in made.lines for place in parents(made.explainer, line)}
    values = [abs(made.explainer.at(place)) for place in places]
    return all(value == 0.0 or value >= SMALLEST_READ for value in values)
