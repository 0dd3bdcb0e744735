"""Columns of numbers in their usual notations: 1,234.5 or 1.234,5 or 1 234,5, with a currency or a percent sign."""

import math
import re
from collections.abc import Sequence

import numpy as np

from rnn_core.arrays import Array

LARGEST = 1e12
NOTHING = frozenset(("", "na", "n/a", "nan", "null", "none", "-", "--", "–", "—", ".", "..", "...", "无", "缺"))

_NUMERAL = re.compile(r"[+-]?(\d[\d.,]*|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE)
_SIGNS = re.compile(r"[\s'’_$€£¥￥%％]")  # between, before and after the digits
_ENGLISH = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


def is_numeral(cell: str) -> bool:
    return _NUMERAL.fullmatch(_bare(cell)) is not None


def is_nothing(cell: str) -> bool:
    """Whether the cell marks a missing value."""
    return cell.strip().lower() in NOTHING


def numbers_of(cells: Sequence[str], comma_separates: bool) -> Array:
    """(N,) the values, NaN for what is none. `comma_separates`: in the file, commas separate columns."""
    bare = [_bare(cell) for cell in cells]
    with_comma = [cell for cell in bare if "," in cell and _NUMERAL.fullmatch(cell)]
    english = bool(with_comma) and all(_ENGLISH.fullmatch(cell) for cell in with_comma)
    english &= comma_separates or any("." in cell or cell.count(",") > 1 for cell in with_comma)
    points_group = any(-1 < cell.find(".") < cell.find(",") or cell.count(".") > 1 for cell in bare)
    return np.array([_value(cell, english, points_group and not english) for cell in bare])


def _bare(cell: str) -> str:
    return _SIGNS.sub("", cell).replace("−", "-")


def _value(cell: str, english: bool, points_group: bool) -> float:
    if not _NUMERAL.fullmatch(cell):
        return math.nan
    if english:
        cell = cell.replace(",", "")
    elif points_group:
        cell = cell.replace(".", "")
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        return math.nan
    return value if math.isfinite(value) and abs(value) <= LARGEST else math.nan
