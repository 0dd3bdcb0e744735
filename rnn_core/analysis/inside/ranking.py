r"""How well each unit tells a label: the area under the ROC curve, on text that decided nothing, beside two nulls.

The AUC is the probability that the unit is higher at a random place where the label holds than at a random place where it does
not; a tie counts half. With the ranks r of the T values of a unit (equal values share their mean rank), and n places of the label,
$$\mathrm{AUC} = \frac{\sum_{t \in \text{label}} r_t - n (n + 1) / 2}{n\,(T - n)}$$
so that the ranks, computed once, answer for every label.

Two texts are read. The first decides for each unit whether high or low values mean the label, and which unit is best; the second
measures. The first null is the same label at other places: shifted along the text by random distances, which keeps the length of
its runs, as labels shuffled one by one would not. The band is the largest deviation from 1/2 that any unit reaches with any of the
shifted labels. The second null is an untrained network: a letter can be read off any network that has just read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError, check_integer

SHIFTS = 99
_BLOCK = 64  # units whose ranks are converted at once
RIDGE = 1e-2  # of the probe, for standardised units

Values = NDArray[np.float32]  # (H, T)


@dataclass(frozen=True)
class Ranked:
    """Twice the rank of every value within its unit, so that shared ranks are integers too."""

    doubled: NDArray[np.int32]  # (H, T)

    @property
    def steps(self) -> int:
        return int(self.doubled.shape[1])


def ranked(values: Values) -> Ranked:
    doubled = np.empty(values.shape, np.int32)
    for row, own in zip(doubled, values, strict=True):
        order = np.argsort(own)
        sorted_values = own[order]
        first = np.flatnonzero(np.concatenate([[True], sorted_values[1:] != sorted_values[:-1]]))
        sizes = np.diff(np.append(first, len(own)))
        row[order] = np.repeat(2 * first + sizes + 1, sizes)  # ranks from 1: first + 1 .. first + size
    return Ranked(doubled)


def auc(ranks: Ranked, marks: Mask) -> Array:
    """(H,) of one label (T,), or (H, L) of the columns of labels (T, L)."""
    flags = marks.astype(np.float64)
    count, T = flags.sum(axis=0), ranks.steps
    if len(marks) != T:
        raise CoreError("marks", f"{len(marks)} marks", f"{T}, one for each step")
    if np.any(count == 0) or np.any(count == T):
        raise CoreError("marks", "a label that holds everywhere or nowhere", "one that holds at some steps")
    sums = np.empty((len(ranks.doubled), *flags.shape[1:]))
    for start in range(0, len(sums), _BLOCK):
        sums[start : start + _BLOCK] = ranks.doubled[start : start + _BLOCK].astype(np.float64) @ flags
    return np.asarray((sums / 2 - count * (count + 1) / 2) / (count * (T - count)))


def shifted(marks: Mask, shifts: int = SHIFTS, seed: int = 0) -> Mask:
    """(T, shifts): the label at other places, moved round the text by random distances of at least a twentieth of it."""
    T = len(marks)
    rng = np.random.default_rng(seed)
    distances = rng.integers(max(1, T // 20), max(2, T - T // 20), shifts)
    return np.asarray(marks[(np.arange(T)[:, None] - distances) % T])


def null_band(ranks: Ranked, marks: Mask, shifts: int = SHIFTS, seed: int = 0) -> float:
    """The largest |AUC - 1/2| of any unit with any of the shifted labels."""
    check_integer("shifts", shifts, 1, 10_000)
    flags = shifted(marks, shifts, seed).astype(np.float32)
    count, T = float(marks.sum()), ranks.steps
    centred = T + 1.0  # the doubled mean rank: subtracted, the sums keep their digits in float32
    most = 0.0
    for start in range(0, len(ranks.doubled), _BLOCK):
        block = (ranks.doubled[start : start + _BLOCK] - centred).astype(np.float32)
        most = max(most, float(np.abs(block @ flags).max()))
    return most / 2 / (count * (T - count))


@dataclass(frozen=True)
class Fitted:
    """A linear probe: a label as a weighted sum of all units."""

    mean: Array  # (H,)
    scale: Array  # (H,)
    weights: Array  # (H,) of the standardised units; the direction along which the label grows

    def scores(self, values: Values) -> Array:
        """(T,)"""
        direction = (self.weights / self.scale).astype(np.float32)
        return np.asarray(direction @ values, np.float64) - float((self.weights / self.scale) @ self.mean)


@dataclass(frozen=True)
class Gram:
    """The sums over the first text that the probes of all labels share."""

    values: Values  # (H, T)
    mean: Array
    scale: Array
    inverse: Array  # (H, H)


def gram(values: Values) -> Gram:
    T = values.shape[1]
    mean = values.mean(axis=1, dtype=np.float64)
    products = (values @ values.T).astype(np.float64) / T - np.outer(mean, mean)
    scale = np.sqrt(np.maximum(np.diag(products), 1e-12))
    return Gram(values, mean, scale, np.linalg.inv(products / np.outer(scale, scale) + RIDGE * np.eye(len(mean))))


def probe(known: Gram, marks: Mask) -> Fitted:
    """Ridge regression on the label as 0 and 1."""
    flags = marks.astype(np.float32) - np.float32(marks.mean())
    products = np.asarray(known.values @ flags, np.float64) / len(marks) / known.scale
    return Fitted(known.mean, known.scale, known.inverse @ products)


@dataclass(frozen=True)
class Finding:
    """One label: every unit's AUC on the second text, in the direction that the first text gave it."""

    label: str
    share: float  # of the places of the second text where it holds
    auc: Array  # (H,)
    sign: Array  # (H,) +1 where high values mean the label
    order: NDArray[np.int64]  # (H,) the units by their AUC on the first text, the best first
    band: float  # |AUC - 1/2| that shifted labels reach
    probe_auc: float
    probe: Fitted

    @property
    def best(self) -> int:
        return int(self.order[0])

    @property
    def above(self) -> Mask:
        """(H,) the units above the band."""
        return np.asarray(self.auc > 0.5 + self.band)


def find(first: Values, second: Values, labels: Mapping[str, tuple[Mask, Mask]]) -> tuple[Finding, ...]:
    """Every label, from the values of the units over the two texts."""
    ranks, known = (ranked(first), ranked(second)), gram(first)
    return tuple(finding(name, known, ranks, second, marks) for name, marks in labels.items())


def finding(name: str, known: Gram, ranks: tuple[Ranked, Ranked], second: Values, marks: tuple[Mask, Mask]) -> Finding:
    chosen, measured = auc(ranks[0], marks[0]), auc(ranks[1], marks[1])
    sign = np.where(chosen >= 0.5, 1.0, -1.0)
    fitted = probe(known, marks[0])
    scores = ranked(fitted.scores(second)[None].astype(np.float32))
    return Finding(
        label=name,
        share=float(marks[1].mean()),
        auc=0.5 + sign * (measured - 0.5),
        sign=sign,
        order=np.argsort(-np.abs(chosen - 0.5), kind="stable"),
        band=null_band(ranks[1], marks[1]),
        probe_auc=float(auc(scores, marks[1])[0]),
        probe=fitted,
    )


def share_above(findings: Iterable[Finding]) -> float:
    """The share of the units that are above the band of any label."""
    return _share_of_any([each.above for each in findings])


def share_beyond(findings: Iterable[Finding], untrained: Iterable[Finding]) -> float:
    """The share of the units that tell any label better than every unit of an untrained network does."""
    return _share_of_any([own.auc > other.auc.max() for own, other in zip(findings, untrained, strict=True)])


def _share_of_any(rows: list[Mask]) -> float:
    return float(np.any(rows, axis=0).mean()) if rows else 0.0
