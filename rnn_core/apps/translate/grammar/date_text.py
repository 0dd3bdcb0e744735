"""The rules by which the page judges a date: its readings as ISO dates, or the reason why there is no such day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from rnn_core.apps.translate.grammar.date_forms import FIRST_SHORT, without_year
from rnn_core.apps.translate.grammar.dates import DIGITS, MONTHS, WEEKDAYS
from rnn_core.apps.translate.grammar.numbers import chinese
from rnn_core.apps.translate.grammar.plain import plain

_SAME = str.maketrans(
    {"零": "〇", "号": "日", "號": "日", "’": "'", "‘": "'", "`": "'", "(": " ", ")": " ", "[": " ", "]": " "}
)
_CHINESE = "〇一二三四五六七八九十年月日星期"
_NUMBER = {chinese(n): n for n in range(1, 32)}
_WEEKDAY = "|".join(f"{name}|{name[:3]}" for name in WEEKDAYS)
_YEAR, _DAY, _NAME = r"(?P<y>\d{4}|'?\d\d)", r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"(?P<m>[a-z]{3,9})\.?"
_FIGURES = r"(?P<{}>\d{{1,2}})"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:the )?{_DAY}(?: of |\. | |-|/){_NAME}(?:(?:, ?| |-|/){_YEAR})?",
        rf"{_NAME}(?: |-|/){_DAY}(?:(?:, ?| |-|/){_YEAR})?",
        rf"(?P<y>\d{{4}})(?:, ?| |-|/){_NAME}(?: |-|/){_DAY}",
        r"(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})(?:\.(?P<y>\d{4}|\d\d))?",
        r"(?P<d>\d{1,2})(?P<either>[-/])(?P<m>\d{1,2})(?:(?P=either)(?P<y>\d{4}|\d\d))?",
        r"(?:(?P<y>[\d〇一二三四五六七八九]{4}|[\d〇一二三四五六七八九]{2})年)?"
        r"(?P<m>[\d一二三四五六七八九十]+)月(?P<d>[\d一二三四五六七八九十]+)日",
    )
)


@dataclass(frozen=True)
class NoSuchDay:
    month: int
    day: int
    year: int | None


def normal(text: str) -> str:
    """The normal form: texts that differ in signs alone become equal. The text is in small letters already."""
    text = re.sub("(?:周|週|礼拜|禮拜|星期)([一二三四五六日天])", r"星期\1", text.translate(_SAME)).replace(
        "星期天", "星期日"
    )
    text = re.sub(rf" ?([{_CHINESE}]) ?", r"\1", text)
    text = re.sub(r"(?<=\d) ?([-/.]) ?(?=\d)", r"\1", text)
    return re.sub(r" +", " ", text).strip(" ,.")


def readings(text: str) -> tuple[str, ...] | NoSuchDay:
    """The ISO dates that a normal text can mean; none where it is in no form that is known. A weekday is not compared."""
    bare = re.sub(rf"^(?:{_WEEKDAY})\b\.?,? ?(?=.)|(?:, | )(?:{_WEEKDAY})\.?$|星期.", "", text)
    for pattern in _PATTERNS:
        found = pattern.fullmatch(bare)
        if found is None:
            continue
        parts = found.groupdict()
        year, month, day = _year(parts["y"]), _small(parts["m"]), _small(parts["d"])
        if not parts["m"].isdecimal() and not month:
            continue  # a word that names no month
        first = _iso(year, month, day)
        if not parts.get("either"):
            return (first,) if isinstance(first, str) else first
        second = _iso(year, day, month)
        valid = tuple(dict.fromkeys(each for each in (first, second) if isinstance(each, str)))
        return valid if valid or isinstance(first, str) else first
    return ()


def day_of(text: str) -> date | None:
    """The first reading of any text that names a day with its year."""
    found = readings(normal(plain(text)))
    if isinstance(found, NoSuchDay) or not found or found[0].startswith("-"):
        return None
    return date.fromisoformat(found[0])


def _iso(year: int | None, month: int, day: int) -> str | NoSuchDay:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2000 if year is None else year, month)[1]:
        return NoSuchDay(month, day, year)
    return without_year(month, day) if year is None else f"{year:04d}-{month:02d}-{day:02d}"


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    digits = "".join(str(DIGITS.index(n)) if n in DIGITS else n for n in text.removeprefix("'"))
    year = int(digits)
    if len(digits) == 2:
        return FIRST_SHORT + (year - FIRST_SHORT) % 100
    return year or None


def _small(text: str) -> int:
    """A month or a day; 0, which neither can be, where it is none."""
    if text.isdecimal() and text.isascii():
        return int(text)
    named = [at for at, month in enumerate(MONTHS, 1) if text in (month, month[:3]) or (at, text) == (9, "sept")]
    return named[0] if named else _NUMBER.get(text, 0)
