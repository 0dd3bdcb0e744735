"""What a tour is, and the one door through which every tour is read: ours, a teacher's file, and a tour in a link.

A tour is a TOML text; docs/tours.md describes it for teachers. A lesson plan is a tour whose steps may have minutes, a note for
the teacher, and a curtain that covers the view at first. Nothing in it is executed, and the browser shows its words as
plain text. A sentence tells the author what cannot be read.
"""

import base64
import re
import tomllib
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from ui.i18n import _
from ui.links.names import is_known, is_page
from ui.widgets.tours.ask import Ask, read_ask
from ui.widgets.tours.fields import (
    LONGEST_VIEW,
    NOTHING,
    TourProblem,
    Words,
    has_fields,
    is_number,
    is_text,
    is_whole,
    optional_words,
    refuse,
    short,
    words,
)

LARGEST = 100_000  # bytes of a file
MOST_STEPS, MOST_PARAMETERS, MOST_MINUTES = 80, 30, 600
LONGEST_PACKED = 30_000  # characters
_TARGET = re.compile(r"[a-z][A-Za-z0-9_]{0,60}")
_OF_TOURS = ("tour", "stop", "own_tour", "student", "hide", "lang", "embed", "embed_options")


@dataclass(frozen=True)
class Goal:
    """A setting that the reader must reach: its name in the link, and its value or the range of its values."""

    setting: str
    value: str | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Step:
    page: str
    query: tuple[tuple[str, str], ...]  # the settings of the view, by their names in the link
    target: str  # the key of an element of the page
    text: Words
    goal: Goal | None = None
    ask: Ask | None = None
    minutes: int | None = None
    note: Words = NOTHING  # for the teacher alone
    hide: bool = False  # a curtain covers the view at first


@dataclass(frozen=True)
class Tour:
    title: Words
    steps: tuple[Step, ...]
    minutes: int | None = None

    @property
    def is_lesson(self) -> bool:
        """Whether it is a plan for a class and not a tour for one reader."""
        return any(step.minutes or step.note.by_language or step.hide for step in self.steps)


def read_tour(data: bytes) -> Tour:
    """The tour of a file; TourProblem when it is broken or hostile."""
    if len(data) > LARGEST:
        raise TourProblem(_("A tour has at most {most} bytes.").format(most=f"{LARGEST:,}"))
    try:
        content = tomllib.loads(data.decode())
    except (ValueError, RecursionError) as problem:
        raise TourProblem(_("The file is not a text in TOML: {problem}").format(problem=short(problem))) from problem
    has_fields(content, _("the tour"), {"en", "zh", "steps"}, {"minutes"})
    steps = content["steps"]
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        raise TourProblem(_("A tour has 1 to {most} steps.").format(most=MOST_STEPS))
    minutes = content.get("minutes")
    if minutes is not None and not is_whole(minutes, 1, MOST_MINUTES):
        raise TourProblem(_("`minutes` is a whole number from 1 to 600."))
    read = tuple(_step(step, _("step {number}").format(number=at)) for at, step in enumerate(steps, 1))
    return Tour(words(content, _("the tour")), read, minutes)


def pack(data: bytes) -> str:
    """A tour's file as a short text for a link."""
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


def unpack(text: str) -> bytes:
    """The file of a tour in a link; TourProblem when there is none."""
    broken = TourProblem(_("The tour in this link cannot be read."))
    if len(text) > LONGEST_PACKED:
        raise broken
    unzip = zlib.decompressobj()
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
        data = unzip.decompress(packed, LARGEST + 1)
    except (ValueError, zlib.error) as problem:
        raise broken from problem
    if not data or not unzip.eof:
        raise broken
    return data


def _step(found: Any, where: str) -> Step:
    has_fields(found, where, {"en", "zh", "view"}, {"target", "goal", "ask", "minutes", "note", "hide"})
    page, query = read_view(found["view"], where)
    target = found.get("target", "stage")
    if not isinstance(target, str) or not _TARGET.fullmatch(target):
        refuse(where, _("`target` is the name of an element, such as `stage` or `dock`"))
    goal = _goal(found["goal"], page, where) if "goal" in found else None
    ask = read_ask(found["ask"], where) if "ask" in found else None
    minutes, hide = found.get("minutes"), found.get("hide", False)
    if minutes is not None and not is_whole(minutes, 1, MOST_MINUTES):
        refuse(where, _("`minutes` is a whole number from 1 to 600"))
    if not isinstance(hide, bool):
        refuse(where, _("`hide` is true or false"))
    note = optional_words(found, "note", where)
    return Step(page, query, target, words(found, where), goal, ask, minutes, note, hide)


def read_view(found: object, where: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A page and its settings: `rnn?preset=sum&T=20`, or such a link of any copy of the app with its address before it."""
    if not isinstance(found, str) or len(found) > LONGEST_VIEW:
        refuse(where, _("`view` is a link of the app, such as `rnn?preset=sum`"))
    path, _mark, text = found.partition("?")
    page = path.rstrip("/").rpartition("/")[2] if "://" in path else path.strip("/")
    page = page or "home"
    if not is_page(page):
        refuse(where, _("the app has no page `{page}`").format(page=short(page)))
    try:
        query = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        refuse(where, _("`view` has too many settings"))
    query = [(name, value) for name, value in query if name not in _OF_TOURS]
    for name, value in query:
        if not is_known(page, name):
            refuse(where, _("the page `{page}` has no setting `{name}`").format(page=page, name=short(name)))
        if not is_text(value):
            refuse(where, _("the value of `{name}` cannot be read").format(name=name))
    if len(dict(query)) < len(query):
        refuse(where, _("a setting of `view` is given twice"))
    return page, tuple(query)


def _goal(found: Any, page: str, where: str) -> Goal:
    where = f"{where}, goal"
    has_fields(found, where, {"setting"}, {"value", "least", "most"})
    setting, value = found["setting"], found.get("value")
    if not isinstance(setting, str) or not is_known(page, setting):
        refuse(where, _("the page `{page}` has no setting `{name}`").format(page=page, name=short(setting)))
    bounds = [found.get(name) for name in ("least", "most")]
    if (value is None) == (bounds == [None, None]):
        refuse(where, _("either `value` is given, or `least` or `most`"))
    if value is not None and not (isinstance(value, str) and is_text(value)):
        refuse(where, _("`value` is a text, as the link writes it"))
    if not all(bound is None or is_number(bound) for bound in bounds):
        refuse(where, _("`least` and `most` are numbers"))
    least, most = (None if bound is None else float(bound) for bound in bounds)
    return Goal(setting, value, least, most)
