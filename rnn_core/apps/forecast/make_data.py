"""Copies the real series out of an installed statsmodels: `python -m rnn_core.apps.forecast.make_data` (after
`pip install statsmodels`, which the app itself does not need). Every one of them is stated there to be in the public domain.
"""

import csv
import importlib.util
from collections import defaultdict
from pathlib import Path

from rnn_core.apps.forecast.series import DATA

Rows = list[tuple[str, str]]


def source(name: str) -> list[dict[str, str]]:
    found = importlib.util.find_spec("statsmodels")
    if found is None or found.origin is None:
        raise SystemExit("statsmodels is not installed: pip install statsmodels")
    path = Path(found.origin).parent / "datasets" / name / f"{name}.csv"
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def sunspots() -> Rows:
    return [(row["YEAR"].removesuffix(".0"), row["SUNACTIVITY"]) for row in source("sunspots")]


def nile() -> Rows:
    return [(row["year"], row["volume"]) for row in source("nile")]


def co2() -> Rows:
    """Weekly values as means of months; a month without any stays empty."""
    months: dict[str, list[float]] = defaultdict(list)
    for row in source("co2"):
        month = f"{row['date'][:4]}-{row['date'][4:6]}"
        months[month] += [float(row["co2"])] if row["co2"] else []
    return [(month, f"{sum(seen) / len(seen):.2f}" if seen else "") for month, seen in months.items()]


def elnino() -> Rows:
    months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    return [(f"{row['YEAR']}-{k:02d}", row[month]) for row in source("elnino") for k, month in enumerate(months, 1)]


def unemployment() -> Rows:
    return [(f"{row['year'][:4]}-Q{row['quarter'][:1]}", row["unemp"]) for row in source("macrodata")]


def main() -> None:
    DATA.mkdir(exist_ok=True)
    for make in (sunspots, nile, co2, elnino, unemployment):
        with (DATA / f"{make.__name__}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("date", "value"), *make()])


if __name__ == "__main__":
    main()
