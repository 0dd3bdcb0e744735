"""Dates in many written forms, English and Chinese, and their translation to ISO form, 2021-03-09."""

import re
from collections.abc import Callable
from datetime import date

from rnn_core.apps.translate.numbers import chinese

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DIGITS = "〇一二三四五六七八九"
CHINESE_WEEKDAYS = "一二三四五六日"


def _ordinal(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1]


FORMS: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d.day} {_month(d)} {d.year}",
    lambda d: f"{_month(d)} {d.day}, {d.year}",
    lambda d: f"{d.day} {_month(d)[:3]} {d.year}",
    lambda d: f"{_month(d)[:3]} {d.day}, {d.year}",
    lambda d: f"{_ordinal(d.day)} of {_month(d)} {d.year}",
    lambda d: f"{_month(d)} {_ordinal(d.day)}, {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]}, {d.day} {_month(d)} {d.year}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.day}.{d.month}.{d.year}",  # the day first, as in most of Europe
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month}月{d.day}日 星期{CHINESE_WEEKDAYS[d.weekday()]}",
    lambda d: f"{''.join(DIGITS[int(n)] for n in str(d.year))}年{chinese(d.month)}月{chinese(d.day)}日",
)
LETTERS = tuple(sorted(set("".join(MONTHS + WEEKDAYS)) | set("0123456789 ,./thndrdstof年月日星期十") | set(DIGITS)))
ISO_LETTERS = tuple("0123456789-")

_NUMBER = {chinese(n): n for n in range(1, 32)}
_PATTERNS = (
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<m>[a-z]+) (?P<y>\d{4})",
    r"(?P<m>[a-z]+) (?P<d>\d{1,2})(?:st|nd|rd|th)?, (?P<y>\d{4})",
    r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})",
    r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
    r"(?P<y>[\d〇一二三四五六七八九]{4})年(?P<m>[\d一二三四五六七八九十]+)月(?P<d>[\d一二三四五六七八九十]+)日",
)


def from_form(text: str) -> date | None:
    """The date of a text in exactly one of the forms; the weekday may be wrong or missing."""
    bare = re.sub(r"^[a-z]+day, | ?星期.$", "", text)
    for pattern in _PATTERNS:
        found = re.fullmatch(pattern, bare)
        if found is None:
            continue
        year = "".join(str(DIGITS.index(n)) if n in DIGITS else n for n in found["y"])
        month, day = (_small(found[part]) for part in ("m", "d"))
        try:
            return date(int(year), month, day)
        except ValueError:
            return None
    return None


def _small(text: str) -> int:
    """A month or a day; 0, which neither can be, where it is none."""
    if text.isdecimal() and text.isascii():
        return int(text)
    named = [at for at, month in enumerate(MONTHS, 1) if text in (month, month[:3])]
    return named[0] if named else _NUMBER.get(text, 0)
