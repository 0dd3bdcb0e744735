"""A visitor's own series, out of a table: which column holds the dates, which the values, and what is wrong with which row."""

import math
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.forecast.series import fill_gaps
from rnn_core.apps.forecast.settings import LONGEST
from rnn_core.apps.table import Table, is_number
from rnn_core.types import Array


@dataclass(frozen=True)
class OwnSeries:
    values: Array  # (N,) without gaps
    dates: tuple[str, ...]
    value_name: str  # the column's heading; empty without a header
    empty_rows: tuple[int, ...]  # numbers of rows, as an editor counts them, that have no value
    wrong_rows: tuple[int, ...]  # and of those whose value is no number
    cut: int  # rows beyond the longest series, left out at the beginning


class NoNumbers(ValueError):
    """No column holds numbers."""


def own_series(table: Table) -> OwnSeries:
    """The values are the last column that is mostly numbers; the dates are the first of the other columns."""
    columns = [table.column(at) for at in range(max(map(len, table.rows)))]
    shares = [sum(map(is_number, column)) / len(column) for column in columns]
    numeric = [at for at, share in enumerate(shares) if share > 0.5]
    if not numeric:
        raise NoNumbers
    value_at = numeric[-1]
    others = [at for at in range(len(columns)) if at != value_at]
    numbers = np.array([_number(cell) for cell in columns[value_at]])
    bad = [
        (row, cell)
        for row, cell, value in zip(table.numbers, columns[value_at], numbers, strict=True)
        if math.isnan(value)
    ]
    dates = columns[others[0]] if others else [str(k + 1) for k in range(len(table.rows))]
    known = np.flatnonzero(np.isfinite(numbers))
    values, _filled = fill_gaps(numbers)
    dates = dates[known[0] : known[-1] + 1]
    return OwnSeries(
        values[-LONGEST:],
        tuple(dates[-LONGEST:]),
        table.header[value_at] if value_at < len(table.header) else "",
        tuple(row for row, cell in bad if not cell),
        tuple(row for row, cell in bad if cell),
        max(0, len(values) - LONGEST),
    )


def _number(cell: str) -> float:
    """NaN for what is no finite number."""
    value = float(cell.replace(",", ".")) if is_number(cell) else math.nan
    return value if math.isfinite(value) and abs(value) <= 1e12 else math.nan


def likely_season(values: Array) -> int:
    """The lag at which the changes of the series repeat best; 0 where they hardly do."""
    changes = np.diff(values) - np.diff(values).mean()
    lags = range(2, min(len(changes) // 3, 60) + 1)
    power = float(changes @ changes)
    if not len(lags) or power == 0.0:
        return 0
    likeness = [float(changes[lag:] @ changes[:-lag]) / power for lag in lags]
    best = int(np.argmax(likeness))
    return lags[best] if likeness[best] > 0.3 else 0
