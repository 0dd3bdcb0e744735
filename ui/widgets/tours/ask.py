"""The question of a step: several answers to choose from, a number, an order, a sketched curve, or an open question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ui.i18n import LANGUAGES, _
from ui.widgets.tours.fields import NOTHING, Words, has_fields, is_number, optional_words, refuse, words

AskKind = Literal["choice", "number", "order", "sketch", "open"]
MOST_ANSWERS, MOST_ITEMS, LONGEST_AXIS = 6, 8, 60
_SLACK = 0.01  # of a number: as far as an answer may lie from it, as a share
Range = tuple[float, float]


@dataclass(frozen=True)
class Number:
    right: float | None = None
    within: float | None = None

    @property
    def tolerance(self) -> float:
        """How far a right answer may lie from the number."""
        return abs(self.right or 0.0) * _SLACK if self.within is None else self.within


@dataclass(frozen=True)
class Sketch:
    """The axes on which a curve is sketched."""

    x: Range
    y: Range
    x_name: Words = NOTHING
    y_name: Words = NOTHING


@dataclass(frozen=True)
class Ask:
    """At most one of `answers`, `number`, `items` and `sketch` is given: without any it is an open question."""

    text: Words
    answers: tuple[Words, ...]
    right: int  # the place of the right answer
    reason: Words
    number: Number | None = None
    items: tuple[Words, ...] = ()  # in their right order
    sketch: Sketch | None = None

    @property
    def kind(self) -> AskKind:
        if self.number:
            return "number"
        if self.sketch:
            return "sketch"
        return "choice" if self.answers else "order" if self.items else "open"

    @property
    def shown_items(self) -> list[int]:
        """The places of the items as they are shown, the same in every language."""
        first = next((lang for lang in LANGUAGES if all(lang in dict(item.by_language) for item in self.items)), None)
        return unsorted([dict(item.by_language).get(first, str(item)) if first else str(item) for item in self.items])


def unsorted(items: Sequence[str]) -> list[int]:
    """Items are shown by their names; where that is the right order already, backwards."""
    shown = sorted(range(len(items)), key=lambda at: items[at])
    if shown == list(range(len(items))):
        shown.reverse()
    return shown


def read_ask(found: Any, where: str) -> Ask:
    where = f"{where}, ask"
    forms = ("answers", "number", "items", "sketch")
    has_fields(found, where, {"en", "zh"}, {*forms, "reason"})
    if sum(name in found for name in forms) > 1:
        refuse(where, _("a question has only one of `answers`, `number`, `items` and `sketch`"))
    text, reason = words(found, where), optional_words(found, "reason", where)
    if "answers" in found:
        return Ask(text, *_answers(found["answers"], where), reason)
    if "items" in found:
        return Ask(text, (), 0, reason, items=_items(found["items"], where))
    number = _number(found["number"], where) if "number" in found else None
    sketch = _sketch(found["sketch"], where) if "sketch" in found else None
    return Ask(text, (), 0, reason, number=number, sketch=sketch)


def _answers(answers: Any, where: str) -> tuple[tuple[Words, ...], int]:
    if not isinstance(answers, list) or not 2 <= len(answers) <= MOST_ANSWERS:
        refuse(where, _("a question has 2 to {most} answers").format(most=MOST_ANSWERS))
    for answer in answers:
        has_fields(answer, where, {"en", "zh"}, {"right"})
    right = [place for place, answer in enumerate(answers) if answer.get("right") is True]
    if len(right) != 1:
        refuse(where, _("one answer, and no other, has `right = true`"))
    return tuple(words(each, where) for each in answers), right[0]


def _items(items: Any, where: str) -> tuple[Words, ...]:
    if not isinstance(items, list) or not 2 <= len(items) <= MOST_ITEMS:
        refuse(where, _("`items` has 2 to {most} texts, in their right order").format(most=MOST_ITEMS))
    for item in items:
        has_fields(item, where, {"en", "zh"})
    read = tuple(words(item, where) for item in items)
    if len(set(read)) < len(read):
        refuse(where, _("two of `items` are the same"))
    return read


def _number(found: Any, where: str) -> Number:
    has_fields(found, where, set(), {"right", "within"})
    right, within = found.get("right"), found.get("within")
    if not all(value is None or is_number(value) for value in (right, within)) or (within is not None and within < 0):
        refuse(where, _("`right` and `within` are numbers, and `within` is not negative"))
    return Number(None if right is None else float(right), None if within is None else float(within))


def _sketch(found: Any, where: str) -> Sketch:
    where = f"{where}, sketch"
    has_fields(found, where, {"x", "y"}, {"x_name", "y_name"})
    x, y = (_range(found[name], name, where) for name in "xy")
    names = [optional_words(found, name, where) for name in ("x_name", "y_name")]
    if any(len(text) > LONGEST_AXIS for name in names for _lang, text in name.by_language):
        refuse(where, _("the name of an axis has at most {most} characters").format(most=LONGEST_AXIS))
    return Sketch(x, y, *names)


def _range(found: Any, name: str, where: str) -> Range:
    is_range = isinstance(found, list) and len(found) == 2 and all(map(is_number, found))
    if not is_range or not float(found[0]) < float(found[1]):
        refuse(where, _("`{name}` is a list of two numbers, the smaller one first").format(name=name))
    return float(found[0]), float(found[1])
