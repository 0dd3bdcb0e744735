"""A column of dates in any of the usual forms, as places on one axis, so that order and gaps can be seen."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import numpy as np

from rnn_core.apps.table import sampled
from rnn_core.arrays import Array

MOSTLY = 0.8  # the share of cells that must be dates
LIKELY = 0.5  # and in a sample of them, for the whole column to be read
DAY = 86_400  # seconds
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TIME = r"(?:[T ]+(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?(?: ?Z|[+-]\d\d:?\d\d)?)?"
_YEAR, _SHORT = r"(?P<y>\d{4})", r"(?P<y>\d{4}|\d\d)"
_MONTH, _NAME, _DAY = r"(?P<m>\d\d?)", r"(?P<name>[A-Za-z]{3,9})\.?", r"(?P<d>\d\d?)"
# Where two of them fit, the first one whose dates run in one direction is taken.
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}{_TIME}",
        rf"{_DAY}[-/.]{_MONTH}[-/.]{_SHORT}{_TIME}",
        rf"{_MONTH}[-/.]{_DAY}[-/.]{_SHORT}{_TIME}",
        rf"{_YEAR}年 ?{_MONTH}月 ?{_DAY}[日号]{_TIME}",
        rf"{_YEAR}年 ?{_MONTH}月",
        rf"{_YEAR}年",
        rf"{_DAY}[. -]+{_NAME},?[ -]{_SHORT}{_TIME}",
        rf"{_NAME} {_DAY},? {_YEAR}{_TIME}",
        rf"{_NAME},?[ -]{_SHORT}",
        rf"{_YEAR}[ -]{_NAME}",
        rf"{_YEAR}[-/]{_MONTH}",
        rf"{_MONTH}/{_YEAR}",
        rf"{_YEAR}[- ]?[Qq](?P<quarter>[1-4])",
        rf"[Qq](?P<quarter>[1-4])[-/ ]?{_YEAR}",
        r"(?P<y>[12]\d{3})(?P<m>[01]\d)(?P<d>[0-3]\d)",
        r"(?P<y>[12]\d{3})",
    )
)
PLAIN_NUMBERS = 2  # the last forms are numbers as well: dates only where the column is called so, or is in order
HEADINGS = frozenset(
    ("date", "day", "month", "year", "time", "datum", "jahr", "日期", "日", "月份", "年", "年份", "时间")
)


SEASONS_OF_MONTHS = {1.0: (12,), 3.0: (4,)}  # by the distance of two dates
SEASONS_OF_SECONDS = {
    7.0 * DAY: (52,),
    float(DAY): (7, 365),
    3600.0: (24, 168),
    1800.0: (48, 336),
    900.0: (96,),
}
FIRST_OF_SECONDS = 1e6  # axes of months are smaller


def is_date(cell: str) -> bool:
    """Whether the cell has the form of a date that no number has."""
    return any(_parts(form, cell) for form in FORMS[:-PLAIN_NUMBERS])


def places(cells: Sequence[str], heading: str = "") -> Array | None:
    """(N,) months or seconds, NaN where a cell is no date; None if the column has no dates."""
    axes = (_places_in(form, cells, heading, MOSTLY) for form in likely_forms(sampled(cells), heading))
    return max((axis for axis in axes if axis is not None), key=_likeness_to_time, default=None)


def likely_forms(sample: Sequence[str], heading: str = "") -> list[re.Pattern[str]]:
    """The forms in which a column with these cells may be written."""
    return [form for form in FORMS if _places_in(form, sample, heading, LIKELY) is not None]


def _places_in(form: re.Pattern[str], cells: Sequence[str], heading: str, share: float) -> Array | None:
    parts = [_parts(form, cell) for cell in cells]
    if sum(each is not None for each in parts) < max(2, share * len(cells)):
        return None
    axis = _on_axis(parts)
    is_clear = form not in FORMS[-PLAIN_NUMBERS:] or heading.lower() in HEADINGS
    return axis if is_clear or _is_orderly(axis) else None


def _parts(form: re.Pattern[str], cell: str) -> tuple[int, int, int, int] | None:
    """Year, month, day (0 where the form has none) and second of the day."""
    fits = form.fullmatch(cell.strip())
    if fits is None:
        return None
    given = fits.groupdict()
    year = int(given["y"])
    if len(given["y"]) == 2:  # as POSIX has it: 69 is 1969
        year += 1900 if year >= 69 else 2000
    if given.get("name"):
        short = given["name"][:3].lower()
        if short not in MONTHS:
            return None
        month = MONTHS.index(short) + 1
    elif given.get("quarter"):
        month = 3 * int(given["quarter"]) - 2
    else:
        month = int(given.get("m") or 1)
    day = int(given.get("d") or 0)
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    hour, minute, second = (int(given.get(part) or 0) for part in ("hour", "minute", "second"))
    return year, month, day, 3600 * hour + 60 * minute + second


def _on_axis(parts: Sequence[tuple[int, int, int, int] | None]) -> Array:
    """The dates in months if every one denotes a whole month (no day, or always the same one), else in seconds."""
    known = [each for each in parts if each is not None]
    by_month = len({each[2:] for each in known}) == 1 or all(_ends_month(*each[:3]) and not each[3] for each in known)
    return np.array(
        [
            np.nan
            if each is None
            else 12.0 * each[0] + each[1]
            if by_month
            else DAY * float(date(each[0], each[1], each[2] or 1).toordinal()) + each[3]
            for each in parts
        ]
    )


def _ends_month(year: int, month: int, day: int) -> bool:
    return day == monthrange(year, month)[1]


def _likeness_to_time(axis: Array) -> tuple[float, float]:
    """The share of steps in the more frequent direction, and then of steps of one length."""
    steps = np.diff(axis[np.isfinite(axis)])
    _lengths, counts = np.unique(np.abs(steps), return_counts=True)
    return float(max((steps > 0).mean(), (steps < 0).mean())), float(counts.max() / len(steps))


def _is_orderly(axis: Array) -> bool:
    steps = np.diff(axis[np.isfinite(axis)])
    return bool(np.all(steps > 0) or np.all(steps < 0))


def missing_steps(axis: Array) -> Array:
    """(N-1,) how many dates lie between each date and the next, of rising dates that mostly have one distance.

    Nothing is missing where the distances are no multiples of it: working days have weekends between them.
    """
    steps = np.diff(axis)
    lengths, counts = np.unique(steps, return_counts=True)
    usual = lengths[counts.argmax()]
    between = steps / usual - 1.0
    regular = counts.max() >= 0.9 * len(steps) and np.array_equal(between, np.round(between))
    few = between.sum() <= len(axis) / 2
    return np.asarray(between if regular and few else np.zeros(len(steps)))


def usual_seasons(axis: Array) -> tuple[int, ...]:
    """The seasons that dates at this distance usually have, in time steps: months have a year of 12, hours a day of 24."""
    lengths, counts = np.unique(np.diff(axis[np.isfinite(axis)]), return_counts=True)
    if not len(lengths):
        return ()
    step = abs(float(lengths[counts.argmax()]))
    months = float(np.nanmax(axis)) < FIRST_OF_SECONDS
    return (SEASONS_OF_MONTHS if months else SEASONS_OF_SECONDS).get(step, ())
