"""The preparation of a visitor's own text, or the reason why the network cannot read it."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from rnn_core.apps.translate import own_pairs
from rnn_core.apps.translate.data import OWN, Task
from rnn_core.apps.translate.grammar import numbers
from rnn_core.apps.translate.grammar.date_text import NoSuchDay, normal, readings
from rnn_core.apps.translate.grammar.plain import plain
from rnn_core.apps.translate.settings import Settings
from rnn_core.apps.translate.tokens import MOST_TOKENS, Language

Reason = Literal["empty", "too long", "unknown", "other direction", "no whole number", "no such day"]
MOST_NAMED = 6


@dataclass(frozen=True)
class OwnText:
    text: str  # as the network reads it
    tokens: tuple[int, ...]
    from_digits: bool  # the input was digits, such as 342, which are now words


@dataclass(frozen=True)
class Refused:
    reason: Reason
    unknown: tuple[str, ...] = ()  # the symbols that are not known, at most a few
    length: int = 0
    day: NoSuchDay | None = None


def own_text(given: str, settings: Settings) -> OwnText | Refused:
    source_language = settings.languages[0]
    if settings.task == OWN:
        return _of_own_pairs(own_pairs.plain(given), source_language)
    task, text = cast(Task, settings.task), plain(given)
    if not text:
        return Refused("empty")
    digits = text.replace(",", "").replace(" ", "")
    from_digits = task != "dates" and digits.isascii() and digits.isdecimal() and len(digits) <= 6
    if from_digits:
        write = numbers.english if task == "en-zh" else numbers.chinese
        text = write(int(digits))
    elif task != "dates" and re.fullmatch(r"[-+.,\d% ]+", text):
        return Refused("no whole number")
    match task:
        case "en-zh":
            text = re.sub(r" ?, ?", " ", text)
        case "zh-en":
            text = text.replace(" ", "").replace("〇", "零")
        case "dates":
            text = normal(text)
            if isinstance(found := readings(text), NoSuchDay):
                return Refused("no such day", day=found)
    symbols = source_language.cut(text)
    if len(symbols) > MOST_TOKENS:
        return Refused("too long", length=len(symbols))
    unknown = tuple(dict.fromkeys(symbol for symbol in symbols if symbol not in source_language.symbols))
    if unknown:
        other = {"en-zh": numbers.CHINESE_LETTERS, "zh-en": tuple("abcdefghijklmnopqrstuvwxyz- "), "dates": ()}[task]
        turned = bool(other) and all(letter in other for letter in text)
        return Refused("other direction" if turned else "unknown", unknown[:MOST_NAMED])
    return OwnText(text, tuple(source_language.encode(text)), from_digits)


def _of_own_pairs(text: str, source_language: Language) -> OwnText | Refused:
    if not text:
        return Refused("empty")
    if len(text) > MOST_TOKENS:
        return Refused("too long", length=len(text))
    unknown = tuple(dict.fromkeys(letter for letter in text if letter not in source_language.symbols))
    if len(unknown) == len(set(text)):
        return Refused("unknown", unknown[:MOST_NAMED])
    return OwnText(text, tuple(source_language.encode(text)), from_digits=False)


def truths(text: str, settings: Settings) -> tuple[str, ...]:
    """The right translations, if the text is a number or a date in a form that the grammar knows: two where a date has two
    readings. Of a visitor's pairs: what the file says."""
    if settings.task == OWN:
        return tuple(dict.fromkeys(target for source, target in own_pairs.unpack(settings.rows) if source == text))[:2]
    if settings.task == "dates":
        found = readings(text)
        return () if isinstance(found, NoSuchDay) else found
    number = numbers.from_english(text) if settings.task == "en-zh" else numbers.from_chinese(text)
    if number is None:
        return ()
    return (numbers.chinese(number) if settings.task == "en-zh" else numbers.english(number),)
