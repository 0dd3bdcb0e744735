"""The fields of a tour's file: texts in one language or in both, and the sentences that say what is wrong with a field."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from ui.i18n import LANGUAGES, Language, _, language

LONGEST_TEXT, LONGEST_VIEW = 600, 2_000  # characters
_LARGEST_NUMBER = 1e15
_SHOWN = 40  # characters of a wrong value in a sentence


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


def has_fields(found: object, where: str, known: set[str], optional: Collection[str] = ()) -> None:
    """A table that has no other fields than these. A text needs one language only, so `en` and `zh` may each be missing."""
    if not isinstance(found, dict):
        refuse(where, _("a table is expected here"))
    for name in found.keys() - known - set(optional):
        refuse(where, _("there is no field `{name}`").format(name=short(name)))
    for name in known - found.keys() - set(LANGUAGES):
        refuse(where, _("the field `{name}` is missing").format(name=name))


def optional_words(found: Mapping[str, Any], name: str, where: str) -> Words:
    if name not in found:
        return NOTHING
    has_fields(found[name], where, {"en", "zh"})
    return words(found[name], where)


def words(found: Mapping[str, object], where: str) -> Words:
    texts: list[tuple[Language, str]] = []
    for lang in LANGUAGES:
        text = found.get(lang)
        if text is None:
            continue
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT or not is_text(text):
            refuse(where, _("`{lang}` is a text of at most {most} characters").format(lang=lang, most=LONGEST_TEXT))
        texts.append((lang, " ".join(text.split())))
    if not texts:
        refuse(where, _("a text in `en` or in `zh` is missing"))
    return Words(tuple(texts))


def is_text(text: str) -> bool:
    """Without control characters and those that change the direction of writing."""
    return len(text) <= LONGEST_VIEW and not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]", text
    )


def is_whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST_NUMBER


def short(value: object) -> str:
    text = str(value) if isinstance(value, str | Exception) else type(value).__name__
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def refuse(where: str, problem: str) -> NoReturn:
    raise TourProblem(_("In {where}: {problem}.").format(where=where, problem=problem))
