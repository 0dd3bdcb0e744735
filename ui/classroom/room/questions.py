"""A question of a room: what students see before the reveal, what they see after it, and which answers it takes.

A question is kept as JSON, and `question_of` checks what it reads, because plans come from files too.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast, get_args
from urllib.parse import parse_qsl

from ui.browser import door
from ui.classroom.room import limits
from ui.i18n import LANGUAGES, Language
from ui.links.names import is_page

Kind = Literal["choice", "number", "order", "sketch"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Answer = int | float | tuple[int, ...] | tuple[float, ...]
MOST_VALUES, MOST_CURVES, MOST_ROWS, MOST_CELLS = 400, 10, 40, 20
_LONG = 4000  # characters of a lesson's own texts


@dataclass(frozen=True)
class Words:
    """The texts of a question in one language, with the marks of formulas.py."""

    text: str
    note: str = ""
    options: tuple[str, ...] = ()  # of a choice, or the items of an order
    x: str = ""  # the axes of a sketch
    y: str = ""
    reason: str = ""  # shown after the reveal
    curves: tuple[str, ...] = ()  # the names of the curves


@dataclass(frozen=True)
class Axes:
    """The axes of a sketch. With `is_log`, heights are powers of ten: −3 means 10⁻³."""

    x: tuple[float, float]
    y: tuple[float, float]
    is_log: bool = False
    start: float | None = None  # the height of every curve at its beginning, if it is given


@dataclass(frozen=True)
class Question:
    kind: Kind
    words: Mapping[Language, Words]
    right: Answer | None = None  # of a sketch the computed curve, evenly spread over the axis
    tolerance: float = 0.0  # of a number
    orders: tuple[tuple[int, int], ...] = ()  # pairs (earlier, later): an order is right when it keeps all of them
    axes: Axes | None = None
    curves: tuple[tuple[float, ...], ...] = ()  # further computed curves, such as a bound
    table: tuple[tuple[str, ...], ...] = ()  # given numbers, the first row in the head
    view: str = ""  # the address of the view that answers it

    def public(self, lang: Language) -> dict[str, Any]:
        """What everybody may see while it is asked."""
        words = self.words[lang]
        return {
            "kind": self.kind,
            "text": words.text,
            "note": words.note,
            "options": words.options,
            "x": words.x,
            "y": words.y,
            "axes": None if self.axes is None else asdict(self.axes),
            "table": self.table,
        }

    def solution(self, lang: Language) -> dict[str, Any]:
        words = self.words[lang]
        return {
            "right": self.right,
            "tolerance": self.tolerance,
            "orders": self.orders,
            "reason": words.reason,
            "curves": [
                {"name": name, "values": values} for name, values in zip(words.curves, self.curves, strict=True)
            ],
            "view": self.view,
        }

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"words": {lang: asdict(words) for lang, words in self.words.items()}}

    def is_right(self, answer: Answer) -> bool | None:
        """Whether the answer is right; None where nothing is right or wrong: a sketch, and a question without an answer."""
        if self.kind == "order" and isinstance(answer, tuple):
            if self.orders:
                return all(answer.index(first) < answer.index(later) for first, later in self.orders)
            return None if self.right is None else answer == self.right
        if self.right is None or self.kind == "sketch":
            return None
        if self.kind == "choice":
            return answer == self.right
        return abs(cast(float, answer) - cast(float, self.right)) <= self.tolerance


def read_answer(question: Question, sent: object) -> Answer:
    """What a browser may send, or `door.Refused`."""
    reader: door.Reader[Any]
    if question.kind == "choice":
        reader = door.whole(0, len(question.words["en"].options) - 1)
    elif question.kind == "number":
        reader = door.number(-limits.LARGEST_NUMBER, limits.LARGEST_NUMBER)
    elif question.kind == "order":
        reader = _permutation(len(question.words["en"].options))
    else:
        assert question.axes is not None
        reader = door.several(door.number(*question.axes.y), limits.POINTS, limits.POINTS)
    answer: Answer = reader(sent)
    if question.kind == "sketch":
        answer = tuple(float(f"{value:.4g}") for value in cast(tuple[float, ...], answer))
    return answer


def _permutation(count: int) -> door.Reader[tuple[int, ...]]:
    places = door.several(door.whole(0, count - 1), count, count)

    def reader(sent: object) -> tuple[int, ...]:
        order = places(sent)
        if len(set(order)) < count:
            raise door.Refused
        return order

    return reader


def view_of(address: object) -> str:
    """The address of a view, `slug?name=value`, from any link of the app; "" for none. Raises `door.Refused` for all else."""
    text = door.text(limits.LONGEST_VIEW)(address).strip()
    if not text:
        return ""
    if not text.isprintable():
        raise door.Refused
    path, _mark, query = text.partition("#")[0].partition("?")
    page = path.partition("://")[2].partition("/")[2] if "://" in path else path
    page = page.strip("/").rpartition("/")[2] or "home"
    if not is_page(page) or page == "room":
        raise door.Refused
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        raise door.Refused from None
    kept = [
        pair
        for pair in query.split("&")
        if pair.partition("=")[0] not in ("lang", "embed", "embed_options", "tour", "stop")
    ]
    return f"{page}?{'&'.join(kept)}" if pairs and any(kept) else page


def _anything(sent: object) -> object:
    return sent


_words = door.record(
    text=door.text(_LONG),
    note=door.text(_LONG),
    options=door.several(door.text(_LONG), 0, limits.MOST_OPTIONS),
    x=door.text(limits.LONGEST_OPTION),
    y=door.text(limits.LONGEST_OPTION),
    reason=door.text(_LONG),
    curves=door.several(door.text(limits.LONGEST_OPTION), 0, MOST_CURVES),
)
_value = door.number(-limits.LARGEST_NUMBER, limits.LARGEST_NUMBER)
_range = door.several(_value, 2, 2)
_curve = door.several(_value, 2, MOST_VALUES)
_place = door.whole(0, limits.MOST_OPTIONS - 1)
_question = door.record(
    kind=door.one_of(KINDS),
    words=door.record(**dict.fromkeys(LANGUAGES, _words)),
    right=_anything,  # depends on the kind
    tolerance=_value,
    orders=door.several(door.several(_place, 2, 2), 0, limits.MOST_OPTIONS**2),
    axes=door.optional(door.record(x=_range, y=_range, is_log=door.one_of((True, False)), start=door.optional(_value))),
    curves=door.several(_curve, 0, MOST_CURVES),
    table=door.several(door.several(door.text(100), 1, MOST_CELLS), 0, MOST_ROWS),
    view=view_of,
)


def question_of(found: object) -> Question:
    """A question from JSON, or `door.Refused`."""
    read = _question(found)
    axes = Axes(**read["axes"]) if read["axes"] else None
    words = {lang: Words(**read["words"][lang]) for lang in LANGUAGES}
    counts = {len(each.options) for each in words.values()}
    kind, curves = read["kind"], read["curves"]
    is_whole = (
        len(counts) == 1
        and all(each.text.strip() for each in words.values())
        and all(len(each.curves) == len(curves) for each in words.values())
        and (axes is None) == (kind != "sketch")
        and (axes is None or (axes.x[0] < axes.x[1] and axes.y[0] < axes.y[1]))
        and (counts.pop() >= 2 or kind not in ("choice", "order"))
    )
    if not is_whole:
        raise door.Refused
    made = Question(kind, words, None, **{name: read[name] for name in ("tolerance", "orders")}, axes=axes, curves=curves, table=read["table"], view=read["view"])  # fmt: skip
    if read["right"] is None:
        return made
    right = _curve(read["right"]) if kind == "sketch" else read_answer(made, read["right"])
    return Question(**{**made.__dict__, "right": right})


def in_both(words: Words) -> dict[Language, Words]:
    """A teacher's own words, in whatever language they are."""
    return dict.fromkeys(LANGUAGES, words)


def dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def loads(text: str) -> Any:
    """JSON without NaN and infinity; None if it is none."""
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite) if text else None
    except (ValueError, RecursionError):
        return None


def _refuse(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value
