"""Labels of a series by rule: for each value whether something holds after it was read.

Their names are plain English, the keys of their translations. A rule looks at the present value and at earlier ones only, because
the network has not read the later ones.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError, check_array, check_integer

OWN = "own ranges"  # the ranges that the visitor has marked
LEAST_PLACES = 3  # of both kinds, that a label needs in each part
_TREND = 5  # steps over which a trend is measured

Range = tuple[int, int]  # the first and the last step


def _changes(values: Array) -> Array:
    return np.diff(values, prepend=values[:1])


def _above(share: float) -> Callable[[Array, int], Mask]:
    """Above this share of the values of the first part."""
    return lambda values, first: np.asarray(values > np.quantile(values[:first], share))


def _large_change(values: Array, first: int) -> Mask:
    sizes = np.abs(_changes(values))
    return np.asarray(sizes > np.quantile(sizes[:first], 0.75))


def _turned(sign: float) -> Callable[[Array, int], Mask]:
    def turned(values: Array, _first: int) -> Mask:
        changes = sign * _changes(values)
        return np.asarray((changes > 0) & (np.append(0.0, changes[:-1]) < 0))

    return turned


def _trend(values: Array, _first: int) -> Mask:
    before = np.concatenate([np.full(_TREND, values[0]), values[:-_TREND]]) if len(values) > _TREND else values
    return np.asarray(values > before)


RULES: Mapping[str, Callable[[Array, int], Mask]] = {
    "rising": lambda values, _first: np.asarray(_changes(values) > 0),
    "above the value five steps ago": _trend,
    "in the upper half": _above(0.5),
    "in the highest fifth": _above(0.8),
    "in the lowest fifth": lambda values, first: np.asarray(values < np.quantile(values[:first], 0.2)),
    "a large change": _large_change,
    "just turned up": _turned(1.0),
    "just turned down": _turned(-1.0),
}
SEASONS = ("first quarter of the season", "second quarter of the season", "third quarter of the season")


def labels(values: Array, first: int, season: int = 0, own: Sequence[Range] = ()) -> dict[str, Mask]:
    """The labels (T,) that hold, and do not hold, often enough in both parts; the first part has `first` values."""
    values = check_array("values", values, ("T",))
    first = check_integer("first", first, 1, len(values) - 1)
    found = {name: rule(values, first) for name, rule in RULES.items()}
    if season >= 4:
        quarter = np.arange(len(values)) % season * 4 // season
        found |= {name: np.asarray(quarter == number) for number, name in enumerate(SEASONS)}
    if own:
        found[OWN] = marked(own, len(values))
    return {name: marks for name, marks in found.items() if is_measurable(marks, first)}


def marked(ranges: Sequence[Range], steps: int) -> Mask:
    """(T,) the steps of any of the ranges."""
    found = np.zeros(steps, np.bool_)
    for start, end in ranges:
        if not 0 <= start <= end:
            raise CoreError("ranges", f"{start} to {end}", "a first step and a later last step")
        found[start : end + 1] = True
    return found


def is_measurable(marks: Mask, first: int) -> bool:
    return all(LEAST_PLACES <= int(part.sum()) <= len(part) - LEAST_PLACES for part in (marks[:first], marks[first:]))
