"""Dates written at random as people write them, for training and for held-out scores.

A form is put together from parts: the order of day, month and year, how each of them is written, the separators, and a
weekday. The texts are as `date_text.normal` leaves them: in small letters, without brackets.
"""

from datetime import date
from typing import NamedTuple

import numpy as np

from rnn_core.apps.translate.grammar.dates import CHINESE_WEEKDAYS, DIGITS, MONTHS, WEEKDAYS, ordinal
from rnn_core.apps.translate.grammar.numbers import chinese

FIRST_SHORT = 1969  # a year of two digits lies in the hundred years from here on


class Written(NamedTuple):
    text: str
    iso: str
    other: str = ""  # the second reading, where day and month can change places


def without_year(month: int, day: int) -> str:
    """ISO 8601's form of a day in any year."""
    return f"--{month:02d}-{day:02d}"


def other_reading(iso: str) -> str:
    """Day and month exchanged; empty where that is no other day."""
    head, month, day = iso[:-6], int(iso[-5:-3]), int(iso[-2:])
    return f"{head}-{day:02d}-{month:02d}" if day <= 12 and day != month else ""


def written(day: date, rng: np.random.Generator, year: bool) -> Written:
    """The day in a random form. `year`: whether its year must be written."""
    writer = _Writer(day, rng, year or rng.random() > 0.13)
    kinds = (
        writer.day_first,
        writer.month_first,
        writer.year_first,
        writer.figures,
        writer.either_order,
        writer.chinese,
    )
    shares = (0.24, 0.22, 0.08, 0.16, 0.12, 0.18)
    text, either = kinds[rng.choice(len(kinds), p=shares)]()
    iso = day.isoformat() if writer.year else without_year(day.month, day.day)
    return Written(text.rstrip("."), iso, other_reading(iso) if either else "")


class _Writer:
    def __init__(self, day: date, rng: np.random.Generator, year: bool) -> None:
        self.date, self.rng, self.year = day, rng, year

    def one_of(self, *choices: str) -> str:
        return choices[self.rng.integers(len(choices))]

    def happens(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def short_year(self) -> str:
        """Two digits; empty for a year that they cannot name."""
        year = self.date.year
        return f"{year % 100:02d}" if FIRST_SHORT <= year < FIRST_SHORT + 100 else ""

    def month(self) -> str:
        name = MONTHS[self.date.month - 1]
        short = "sept" if self.date.month == 9 and self.happens(0.3) else name[:3]
        return self.one_of(name, name, short, short, f"{short}.")

    def day(self) -> str:
        day = self.date.day
        return self.one_of(f"{day}", f"{day}", f"{day:02d}", ordinal(day))

    def weekday(self) -> str:
        name = WEEKDAYS[self.date.weekday()]
        return self.one_of(name, name, name[:3], f"{name[:3]}.")

    def with_weekday(self, text: str, before: float, behind: float = 0.0) -> str:
        chance = self.rng.random()
        if chance < before:
            return self.weekday() + self.one_of(", ", " ") + text
        return text + self.one_of(", ", " ") + self.weekday() if chance < before + behind else text

    def with_year(self, text: str, *separators: str) -> str:
        if not self.year:
            return text
        short = self.short_year() if self.happens(0.25) else ""
        return text + self.one_of(*separators) + (self.one_of("'", "") + short if short else f"{self.date.year}")

    def day_first(self) -> tuple[str, bool]:
        if self.happens(0.2):  # 9-mar-1987
            mark = self.one_of("-", "-", "/")
            day = self.one_of(f"{self.date.day}", f"{self.date.day:02d}")
            return self.with_year(f"{day}{mark}{MONTHS[self.date.month - 1][:3]}", mark), False
        if self.happens(0.25):
            text = f"{self.one_of('the ', '')}{ordinal(self.date.day)} of {MONTHS[self.date.month - 1]}"
        else:
            text = f"{self.day()}{'.' if self.happens(0.06) else ''} {self.month()}"
        text = self.with_year(text, " ", " ", ", ")
        article = "the " if self.happens(0.05) and not text.startswith("the") else ""
        return self.with_weekday(article + text, 0.4, 0.05), False

    def month_first(self) -> tuple[str, bool]:
        if self.happens(0.1):  # mar-09-1987
            mark = self.one_of("-", "/")
            return self.with_year(f"{MONTHS[self.date.month - 1][:3]}{mark}{self.date.day:02d}", mark), False
        return self.with_weekday(self.with_year(f"{self.month()} {self.day()}", ", ", ", ", " "), 0.4, 0.05), False

    def year_first(self) -> tuple[str, bool]:
        name = MONTHS[self.date.month - 1]
        if self.happens(0.3):
            return f"{self.date.year}-{name[:3]}-{self.date.day:02d}" if self.year else self.month_first()[0], False
        year = f"{self.date.year}{self.one_of(' ', ' ', ', ')}" if self.year else ""
        return self.with_weekday(f"{year}{self.month()} {self.day()}", 0.1, 0.15), False

    def figures(self) -> tuple[str, bool]:
        """The date in figures, in a form that has only one reading."""
        y, m, d = f"{self.date.year}", f"{self.date.month}", f"{self.date.day}"
        if self.happens(0.6):
            m, d = m.zfill(2), d.zfill(2)
        if not self.year:
            return f"{d}.{m}", False
        if self.happens(0.35):
            short = self.short_year() if self.happens(0.3) else ""
            return self.with_weekday(f"{d}.{m}.{short or y}", 0.1), False
        if self.happens(0.12):
            return f"{y}{m.zfill(2)}{d.zfill(2)}", False
        mark = self.one_of("-", "/", "/", ".")
        return self.with_weekday(f"{y}{mark}{m}{mark}{d}", 0.1, 0.1), False

    def either_order(self) -> tuple[str, bool]:
        """Day first or month first, which the text does not tell."""
        m, d = f"{self.date.month}", f"{self.date.day}"
        if self.happens(0.5):
            m, d = m.zfill(2), d.zfill(2)
        mark = self.one_of("/", "/", "-")
        text = mark.join((d, m) if self.happens(0.5) else (m, d))
        short = self.short_year() if self.happens(0.3) else ""
        return f"{text}{mark}{short or self.date.year}" if self.year else text, True

    def chinese(self) -> tuple[str, bool]:
        m, d = f"{self.date.month}", f"{self.date.day}"
        y = self.short_year() if self.happens(0.2) else ""
        y = y or f"{self.date.year}"
        if self.happens(0.35):
            y, m, d = "".join(DIGITS[int(n)] for n in y), chinese(self.date.month), chinese(self.date.day)
        elif self.happens(0.35):
            m, d = m.zfill(2), d.zfill(2)
        text = f"{y}年{m}月{d}日" if self.year else f"{m}月{d}日"
        weekday = f"星期{CHINESE_WEEKDAYS[self.date.weekday()]}"
        chance = self.rng.random()
        return text + weekday if chance < 0.3 else weekday + text if chance < 0.36 else text, False
