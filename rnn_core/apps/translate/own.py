"""The preparation of a visitor's own text, or the reason why the network cannot read it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, cast

from rnn_core.apps.translate import dates, numbers
from rnn_core.apps.translate.data import Task
from rnn_core.apps.translate.settings import Settings
from rnn_core.apps.translate.tokens import MOST_TOKENS

Reason = Literal["empty", "too long", "unknown", "other direction", "no whole number"]
_SAME = str.maketrans(
    "萬兩两壹贰貳叁肆伍陆陸柒捌玖拾佰仟號号‐‑–—−", "万二二一二二三四五六六七八九十百千日日-----"
)  # other ways to write the same
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


def own_text(given: str, settings: Settings) -> OwnText | Refused:
    task, source_language = cast(Task, settings.task), settings.languages[0]
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", given[:2000])).casefold().translate(_SAME)
    text = text.strip(" .!?;。")
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
            text = text.replace("零", "〇")
    symbols = source_language.cut(text)
    if len(symbols) > MOST_TOKENS:
        return Refused("too long", length=len(symbols))
    unknown = tuple(dict.fromkeys(symbol for symbol in symbols if symbol not in source_language.symbols))
    if unknown:
        other = {"en-zh": numbers.CHINESE_LETTERS, "zh-en": tuple("abcdefghijklmnopqrstuvwxyz- "), "dates": ()}[task]
        turned = bool(other) and all(letter in other for letter in text)
        return Refused("other direction" if turned else "unknown", unknown[:MOST_NAMED])
    return OwnText(text, tuple(source_language.encode(text)), from_digits)


def truth(text: str, settings: Settings) -> str | None:
    """The right translation, if the text is a number or a date in the grammar's form."""
    if settings.task == "dates":
        day = dates.from_form(text)
        return None if day is None else day.isoformat()
    number = numbers.from_english(text) if settings.task == "en-zh" else numbers.from_chinese(text)
    if number is None:
        return None
    return numbers.chinese(number) if settings.task == "en-zh" else numbers.english(number)
