"""Dates in many written forms, English and Chinese, and their translation to ISO form, 2021-03-09."""

from collections.abc import Callable
from datetime import date

from rnn_core.apps.translate.grammar.numbers import chinese

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


def ordinal(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1]


FORMS: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d.day} {_month(d)} {d.year}",
    lambda d: f"{_month(d)} {d.day}, {d.year}",
    lambda d: f"{d.day} {_month(d)[:3]} {d.year}",
    lambda d: f"{_month(d)[:3]} {d.day}, {d.year}",
    lambda d: f"{ordinal(d.day)} of {_month(d)} {d.year}",
    lambda d: f"{_month(d)} {ordinal(d.day)}, {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]}, {d.day} {_month(d)} {d.year}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.day}.{d.month}.{d.year}",  # the day first, as in most of Europe
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month}月{d.day}日 星期{CHINESE_WEEKDAYS[d.weekday()]}",
    lambda d: f"{''.join(DIGITS[int(n)] for n in str(d.year))}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}",
    lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
    lambda d: f"{d.month}/{d.day}/{d.year}",  # the month first, as in the United States
    lambda d: f"{d.day}/{d.month}/{d.year}",  # the day first, as nearly everywhere else
    lambda d: f"{d.day:02d}-{_month(d)[:3]}-{d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()][:3]}, {d.day} {_month(d)[:3]} {d.year}",
    lambda d: f"{d.year}年{d.month:02d}月{d.day:02d}日",
)  # links name a form by its place: a new one goes to the end
LETTERS = tuple(sorted(set("abcdefghijklmnopqrstuvwxyz0123456789 ,./-'年月日星期十") | set(DIGITS)))
ISO_LETTERS = tuple("0123456789-")
