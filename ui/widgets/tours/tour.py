"""What a tour is, and the one door through which every tour is read: ours, a teacher's file, and a tour in a link.

A tour is a TOML text; docs/tours.md describes it for teachers. A lesson plan is a tour whose steps may have minutes, a note for
the teacher, and a curtain that covers the view at first. Nothing in it is executed, and the browser shows its words as
plain text. A sentence tells the author what cannot be read.
"""

import base64
import re
import tomllib
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from ui.i18n import LANGUAGES, Language, _, language
from ui.links.names import is_known, is_page

LARGEST = 100_000  # bytes of a file
MOST_STEPS, MOST_ANSWERS, MOST_PARAMETERS, MOST_MINUTES = 80, 6, 30, 600
LONGEST_TEXT, LONGEST_VIEW, LONGEST_PACKED = 600, 2_000, 30_000  # characters
_TARGET = re.compile(r"[a-z][A-Za-z0-9_]{0,60}")
_SHOWN = 40  # characters of a wrong value in a sentence
_OF_TOURS = ("tour", "stop", "own_tour", "student", "hide", "lang", "embed", "embed_options")


class TourProblem(ValueError):
    """A tour that cannot be read; the message is for whoever wrote it."""


@dataclass(frozen=True)
class Words:
    """One text in one language or in both."""

    by_language: tuple[tuple[Language, str], ...]

    def __str__(self) -> str:
        """The text in the reader's language if it exists in it, else in the other one."""
        texts = dict(self.by_language)
        return texts.get(language()) or next(iter(texts.values()), "")


NOTHING = Words(())


@dataclass(frozen=True)
class Goal:
    """A setting that the reader must reach: its name in the link, and its value or the range of its values."""

    setting: str
    value: str | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Ask:
    text: Words
    answers: tuple[Words, ...]  # none: an open question, whose answer is written freely
    right: int  # the place of the right answer
    reason: Words


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
        raise TourProblem(_("The file is not a text in TOML: {problem}").format(problem=_short(problem))) from problem
    _has_fields(content, _("the tour"), {"en", "zh", "steps"}, {"minutes"})
    steps = content["steps"]
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        raise TourProblem(_("A tour has 1 to {most} steps.").format(most=MOST_STEPS))
    minutes = content.get("minutes")
    if minutes is not None and not _is_whole(minutes, 1, MOST_MINUTES):
        raise TourProblem(_("`minutes` is a whole number from 1 to 600."))
    read = tuple(_step(step, _("step {number}").format(number=at)) for at, step in enumerate(steps, 1))
    return Tour(_words(content, _("the tour")), read, minutes)


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


def _has_fields(found: object, where: str, known: set[str], optional: Collection[str] = ()) -> None:
    """A table that has no other fields than these. A text needs one language only, so `en` and `zh` may each be missing."""
    if not isinstance(found, dict):
        _refuse(where, _("a table is expected here"))
    for name in found.keys() - known - set(optional):
        _refuse(where, _("there is no field `{name}`").format(name=_short(name)))
    for name in known - found.keys() - set(LANGUAGES):
        _refuse(where, _("the field `{name}` is missing").format(name=name))


def _step(found: Any, where: str) -> Step:
    _has_fields(found, where, {"en", "zh", "view"}, {"target", "goal", "ask", "minutes", "note", "hide"})
    page, query = read_view(found["view"], where)
    target = found.get("target", "stage")
    if not isinstance(target, str) or not _TARGET.fullmatch(target):
        _refuse(where, _("`target` is the name of an element, such as `stage` or `dock`"))
    goal = _goal(found["goal"], page, where) if "goal" in found else None
    ask = _ask(found["ask"], where) if "ask" in found else None
    minutes, hide = found.get("minutes"), found.get("hide", False)
    if minutes is not None and not _is_whole(minutes, 1, MOST_MINUTES):
        _refuse(where, _("`minutes` is a whole number from 1 to 600"))
    if not isinstance(hide, bool):
        _refuse(where, _("`hide` is true or false"))
    note = _optional_words(found, "note", where)
    return Step(page, query, target, _words(found, where), goal, ask, minutes, note, hide)


def read_view(found: object, where: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A page and its settings: `rnn?preset=sum&T=20`, or such a link of any copy of the app with its address before it."""
    if not isinstance(found, str) or len(found) > LONGEST_VIEW:
        _refuse(where, _("`view` is a link of the app, such as `rnn?preset=sum`"))
    path, _mark, text = found.partition("?")
    page = path.rstrip("/").rpartition("/")[2] if "://" in path else path.strip("/")
    page = page or "home"
    if not is_page(page):
        _refuse(where, _("the app has no page `{page}`").format(page=_short(page)))
    try:
        query = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        _refuse(where, _("`view` has too many settings"))
    query = [(name, value) for name, value in query if name not in _OF_TOURS]
    for name, value in query:
        if not is_known(page, name):
            words = _("the page `{page}` has no setting `{name}`")
            _refuse(where, words.format(page=page, name=_short(name)))
        if not _is_text(value):
            _refuse(where, _("the value of `{name}` cannot be read").format(name=name))
    if len(dict(query)) < len(query):
        _refuse(where, _("a setting of `view` is given twice"))
    return page, tuple(query)


def _goal(found: Any, page: str, where: str) -> Goal:
    where = f"{where}, goal"
    _has_fields(found, where, {"setting"}, {"value", "least", "most"})
    setting, value = found["setting"], found.get("value")
    if not isinstance(setting, str) or not is_known(page, setting):
        _refuse(where, _("the page `{page}` has no setting `{name}`").format(page=page, name=_short(setting)))
    bounds = [found.get(name) for name in ("least", "most")]
    if (value is None) == (bounds == [None, None]):
        _refuse(where, _("either `value` is given, or `least` or `most`"))
    if value is not None and not (isinstance(value, str) and _is_text(value)):
        _refuse(where, _("`value` is a text, as the link writes it"))
    if not all(bound is None or (_is_number(bound) and abs(bound) < 1e15) for bound in bounds):
        _refuse(where, _("`least` and `most` are numbers"))
    least, most = (None if bound is None else float(bound) for bound in bounds)
    return Goal(setting, value, least, most)


def _ask(found: Any, where: str) -> Ask:
    where = f"{where}, ask"
    _has_fields(found, where, {"en", "zh"}, {"answers", "reason"})
    reason = _optional_words(found, "reason", where)
    if "answers" not in found:
        return Ask(_words(found, where), (), 0, reason)
    answers = found["answers"]
    if not isinstance(answers, list) or not 2 <= len(answers) <= MOST_ANSWERS:
        _refuse(where, _("a question has 2 to {most} answers").format(most=MOST_ANSWERS))
    for answer in answers:
        _has_fields(answer, where, {"en", "zh"}, {"right"})
    right = [place for place, answer in enumerate(answers) if answer.get("right") is True]
    if len(right) != 1:
        _refuse(where, _("one answer, and no other, has `right = true`"))
    return Ask(_words(found, where), tuple(_words(each, where) for each in answers), right[0], reason)


def _optional_words(found: Mapping[str, Any], name: str, where: str) -> Words:
    if name not in found:
        return NOTHING
    _has_fields(found[name], where, {"en", "zh"})
    return _words(found[name], where)


def _words(found: Mapping[str, object], where: str) -> Words:
    texts: list[tuple[Language, str]] = []
    for lang in LANGUAGES:
        text = found.get(lang)
        if text is None:
            continue
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT or not _is_text(text):
            _refuse(where, _("`{lang}` is a text of at most {most} characters").format(lang=lang, most=LONGEST_TEXT))
        texts.append((lang, " ".join(text.split())))
    if not texts:
        _refuse(where, _("a text in `en` or in `zh` is missing"))
    return Words(tuple(texts))


def _is_text(text: str) -> bool:
    """Without control characters and those that change the direction of writing."""
    return len(text) <= LONGEST_VIEW and not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]", text
    )


def _is_whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _short(value: object) -> str:
    text = str(value) if isinstance(value, str | Exception) else type(value).__name__
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _refuse(where: str, problem: str) -> NoReturn:
    raise TourProblem(_("In {where}: {problem}.").format(where=where, problem=problem))
