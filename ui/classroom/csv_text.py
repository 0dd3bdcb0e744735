"""A table as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"  # Excel reads UTF-8 only after this mark


def csv_text(rows: Iterable[Sequence[str | float]]) -> str:
    """Texts that a spreadsheet would take for a formula begin with an apostrophe; numbers stay numbers."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([[_cell(each) for each in row] for row in rows])
    return MARK + file.getvalue()


def _cell(value: str | float) -> str:
    if isinstance(value, int | float):
        return repr(value)
    return f"'{value}" if value.startswith(_FORMULA) else value
