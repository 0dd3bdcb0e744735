"""A visitor's own series from a table: the columns of dates and values, and the rows with errors."""

import re
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from rnn_core.apps.forecast.own.dates import is_date, likely_forms, missing_steps, places, usual_seasons
from rnn_core.apps.forecast.own.numerals import is_nothing, is_numeral, numbers_of
from rnn_core.apps.forecast.series import fill_gaps
from rnn_core.apps.forecast.settings import LONGEST
from rnn_core.apps.table import Table, read_table
from rnn_core.arrays import Array

_WHOLE = re.compile(r"[+-]?\d{1,15}")
MOST_DATE_COLUMNS = 3  # columns that resemble dates in the sample and are read in full


@dataclass(frozen=True)
class OwnSeries:
    values: Array  # (N,) without gaps
    dates: tuple[str, ...]
    value_name: str  # the column's heading; empty without a header
    numeric: tuple[str, ...]  # the names of all columns with numbers
    empty_rows: tuple[int, ...]  # numbers of rows, as an editor counts them, that have no value
    wrong_rows: tuple[int, ...]  # numbers of rows whose value is no number
    no_date: tuple[int, ...]  # rows whose date cannot be read, left out
    repeated: tuple[int, ...]  # rows whose date came before, left out
    sorted: bool  # the rows were not in the order of their dates
    missing: int  # dates between the first and the last that have no row
    cut: int  # rows beyond the longest series, left out at the beginning
    unread: int  # rows beyond the longest table, at its end
    seasons: tuple[int, ...]  # that dates at such distances usually have, in time steps


class NoNumbers(ValueError):
    """No column has numbers."""


class TooLarge(ValueError):
    """Every number of the series is larger than numerals.LARGEST."""


def one_a_line(typed: str) -> bytes:
    """The typed text with one number per line. A comma before a space is no decimal comma."""
    plain = typed.strip()
    if "\n" in plain:
        return plain.encode("utf-8", "replace")
    for mark in (r"[;；、，]", r",?\s+"):
        if len(parts := re.split(mark, plain)) > 1:
            return "\n".join(part.strip().replace(",", ".") for part in parts).encode("utf-8", "replace")
    return plain.replace(",", "\n").encode("utf-8", "replace")


def own_table(data: bytes) -> Table:
    """The first row is a header if it has neither a number nor a date. Two columns that a decimal comma has split are
    joined."""
    table = read_table(data, has_header=False)
    first = table.rows[0]
    if not any(is_numeral(cell) or is_date(cell) for cell in first) and len(table.rows) > 1:
        return table.with_header()
    if table.delimiter == "," and _decimal_commas(table):
        return replace(table, rows=tuple((".".join(row),) for row in table.rows))
    return table


def _decimal_commas(table: Table) -> bool:
    """Whether commas are decimal signs: the table has at most two columns, of whole numbers, and the first is no rising count."""
    whole = all(len(row) <= 2 and _WHOLE.fullmatch(row[0]) and _WHOLE.fullmatch(row[-1]) for row in table.rows)
    return whole and not np.all(np.diff([float(row[0]) for row in table.rows]) > 0)


def own_series(table: Table, column: str = "") -> OwnSeries:
    """The dates are the first column with dates. The values are the given column, or the last one with mostly numbers."""
    sample = table.sampled()
    numeric = [at for at in range(table.width) if _mostly_numbers(sample.column(at))]
    date_at, axis = _date_column(table, sample, numeric)
    numeric = [at for at in numeric if at != date_at]
    if not numeric:
        raise NoNumbers
    names = {at: table.name(at) or str(at + 1) for at in numeric}
    value_at = next((at for at in numeric if names[at] == column), numeric[-1])
    others = [at for at in range(table.width) if at != value_at]
    label_at = others[0] if date_at is None and others else date_at
    labels = [str(k + 1) for k in range(len(table.rows))] if label_at is None else table.column(label_at)

    cells, rows = table.column(value_at), table.numbers
    numbers = numbers_of(cells, table.delimiter == ",")
    order = _Order.of(axis) if axis is not None else _Order.as_it_is(len(numbers))
    bad = [at for at in sorted(order.kept) if np.isnan(numbers[at])]
    values, dates = order.arranged(numbers, labels)
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        raise TooLarge
    whole, _filled = fill_gaps(values)
    dates = dates[known[0] : known[-1] + 1]
    return OwnSeries(
        whole[-LONGEST:],
        tuple(dates[-LONGEST:]),
        table.name(value_at),
        tuple(names.values()),
        tuple(rows[at] for at in bad if is_nothing(cells[at])),
        tuple(rows[at] for at in bad if not is_nothing(cells[at])),
        tuple(rows[at] for at in order.no_date),
        tuple(rows[at] for at in order.repeated),
        order.sorted,
        int(order.missing.sum()),
        max(0, len(whole) - LONGEST),
        table.unread,
        () if axis is None else usual_seasons(np.sort(axis)),
    )


def column_samples(table: Table) -> dict[str, Array]:
    """Some values of each column of numbers, in order, to choose a column by. NaN where a cell has no number."""
    sample = table.sampled()
    found = own_series(table)
    at_name = {table.name(at) or str(at + 1): at for at in range(table.width)}
    commas = table.delimiter == ","
    return {name: numbers_of(sample.column(at_name[name]), commas) for name in found.numeric}


def _date_column(table: Table, sample: Table, numeric: list[int]) -> tuple[int | None, Array | None]:
    """The first column of dates, if another column remains for the values."""
    free = (at for at in range(table.width) if numeric not in ([], [at]))
    likely = (at for at in free if likely_forms(sample.column(at), table.name(at)))
    for at in islice(likely, MOST_DATE_COLUMNS):
        axis = places(table.column(at), table.name(at))
        if axis is not None:
            return at, axis
    return None, None


def _mostly_numbers(cells: list[str]) -> bool:
    return sum(map(is_numeral, cells)) > 0.5 * sum(not is_nothing(cell) for cell in cells)


@dataclass(frozen=True)
class _Order:
    """The order of the rows as a series in time: the kept rows, and the number of missing steps after each."""

    kept: tuple[int, ...]
    missing: Array  # (len(kept) - 1,)
    no_date: tuple[int, ...]
    repeated: tuple[int, ...]
    sorted: bool

    @classmethod
    def as_it_is(cls, rows: int) -> "_Order":
        return cls(tuple(range(rows)), np.zeros(rows - 1), (), (), False)

    @classmethod
    def of(cls, axis: Array) -> "_Order":
        known = np.flatnonzero(np.isfinite(axis))
        in_time = known[np.argsort(axis[known], kind="stable")]
        again = np.append(False, np.diff(axis[in_time]) == 0.0)
        kept = in_time[~again]
        missing = missing_steps(axis[kept]) if len(kept) > 1 else np.zeros(0)
        return cls(
            tuple(kept.tolist()),
            missing,
            tuple(np.flatnonzero(np.isnan(axis)).tolist()),
            tuple(sorted(in_time[again].tolist())),
            not np.array_equal(in_time, known),
        )

    def arranged(self, numbers: Array, labels: list[str]) -> tuple[Array, list[str]]:
        """The values with NaN where a date is missing, and a name for each."""
        values: list[float] = []
        dates: list[str] = []
        for at, after in zip(self.kept, [*self.missing.astype(int).tolist(), 0], strict=True):
            values += [float(numbers[at]), *[np.nan] * after]
            dates += [labels[at], *(f"{labels[at]} + {k + 1}" for k in range(after))]
        return np.array(values), dates
