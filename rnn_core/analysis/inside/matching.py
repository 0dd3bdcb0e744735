"""One unit in numbers: its histogram and its strongest places. And the other way round: select a range, see which
units switch on there and off outside (as in LSTMVis, Strobelt et al. 2018), and find other places with the same pattern."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError, check_integer

Values = NDArray[np.float32]
MOST_UNITS = 12  # of a pattern


@dataclass(frozen=True)
class Histogram:
    edges: Array  # (n + 1,)
    holds: Array  # (n,) the share of the label's places in each bin
    not_holds: Array  # (n,) the share of the other places


def histogram(values: Values, marks: Mask, bins: int = 24) -> Histogram:
    """The histogram of one unit (T,)."""
    edges = np.linspace(float(values.min()), float(values.max()) + 1e-9, bins + 1)
    holds, others = (np.histogram(values[each], edges)[0] / max(1, int(each.sum())) for each in (marks, ~marks))
    return Histogram(edges, holds, others)


def strongest(values: Values, count: int = 8, apart: int = 30) -> NDArray[np.int64]:
    """The places (count,) of the largest values (T,), each at least `apart` steps from the others."""
    found: list[int] = []
    for place in np.argsort(-values, kind="stable"):
        if all(abs(int(place) - other) >= apart for other in found):
            found.append(int(place))
            if len(found) == count:
                break
    return np.array(found, np.int64)


@dataclass(frozen=True)
class Pattern:
    """The units that switch on where a range begins, and off where it ends."""

    start: int
    end: int  # exclusive
    units: NDArray[np.int64]  # (K,) the clearest first
    sign: Array  # (K,) -1 where the unit is "on" when it is low
    threshold: Array  # (K,) on: sign * value above this
    margin: Array  # (K,) from the weakest value inside to the strongest beside the range, in standard deviations


@dataclass(frozen=True)
class Match:
    start: int
    end: int  # exclusive
    units: int  # of the pattern's K that are on together


def select(values: Values, start: int, end: int, beside: int = 3, within: tuple[int, int] | None = None) -> Pattern:
    """The units that are on at every step of the range, and off at the `beside` steps before and after it. `within`: the sequence of
    the range, where the values are those of many."""
    low, high = within or (0, values.shape[1])
    start = check_integer("start", start, low, high - 1)
    end = check_integer("end", end, start + 1, high)
    outside = np.r_[max(low, start - beside) : start, end : min(high, end + beside)]
    if len(outside) == 0:
        raise CoreError(
            "start and end", "the whole text", "a part of it: units are compared with the steps beside the range"
        )
    spread = np.maximum(values.std(axis=1, dtype=np.float64), 1e-9)
    inside, around = values[:, start:end].astype(np.float64), values[:, outside].astype(np.float64)
    up, down = inside.min(axis=1) - around.max(axis=1), around.min(axis=1) - inside.max(axis=1)
    sign = np.where(up >= down, 1.0, -1.0)
    margin = np.maximum(up, down) / spread
    units = np.argsort(-margin, kind="stable")[:MOST_UNITS]
    units = units[margin[units] > 0]
    sign = sign[units]
    weakest = (sign[:, None] * inside[units]).min(axis=1)
    beside_it = (sign[:, None] * around[units]).max(axis=1)
    return Pattern(start, end, units, sign, (weakest + beside_it) / 2, margin[units])


def matches(
    values: Values, pattern: Pattern, count: int = 10, longest: int = 200, ends: NDArray[np.int64] | None = None
) -> tuple[Match, ...]:
    """Other ranges in which most of the pattern's units are on together: the most units first, then the most similar length. `ends`:
    the step after each sequence, where the values are those of many; no range goes beyond one."""
    K = len(pattern.units)
    if K == 0:
        return ()
    together = units_on(values, pattern)
    wanted = pattern.end - pattern.start
    found: list[Match] = []
    for least in range(K, K // 2, -1):
        for start, end in _runs(together >= least, ends):
            overlaps = any(start < other.end and other.start < end for other in found)
            own = start < pattern.end and pattern.start < end
            if not overlaps and not own and end - start <= longest:
                found.append(Match(int(start), int(end), least))
        if len(found) >= 10 * count:
            break
    found.sort(key=lambda match: (-match.units, abs(match.end - match.start - wanted), match.start))
    return tuple(found[:count])


def units_on(values: Values, pattern: Pattern) -> NDArray[np.int64]:
    """(T,) how many of the pattern's units are on at each step."""
    on = pattern.sign[:, None] * values[pattern.units] > pattern.threshold[:, None]
    return np.asarray(on.sum(axis=0))


def _runs(holds: Mask, ends: NDArray[np.int64] | None) -> list[tuple[int, int]]:
    """The ranges over which it holds, each within one sequence."""
    borders = np.diff(np.concatenate([[0], holds.astype(np.int8), [0]]))
    found: list[tuple[int, int]] = []
    for start, end in zip(np.flatnonzero(borders == 1).tolist(), np.flatnonzero(borders == -1).tolist(), strict=True):
        inside = [] if ends is None else ends[(ends > start) & (ends < end)].tolist()
        found += zip((start, *inside), (*inside, end), strict=True)
    return found
