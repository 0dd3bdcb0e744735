"""What a reader has found in a picture, how it is judged, and the suppression of windows that found the same digit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.finding.scenes import Truth
from rnn_core.arrays import Array

OVERLAP = 0.5  # of a right box with the true one
SAME = 0.3  # of two windows that found the same digit


@dataclass(frozen=True)
class Found:
    digit: int
    chance: float
    box: Array  # (4,) left, top, right, bottom, in pixels
    cell: int  # the place of its window


def iou(one: Array, others: Array) -> Array:
    """(n,) intersection over union of a box (4,) with others (n, 4)."""
    shared = np.minimum(one[2:], others[:, 2:]) - np.maximum(one[:2], others[:, :2])
    inner = np.clip(shared, 0.0, None).prod(axis=1)
    area = np.clip(others[:, 2:] - others[:, :2], 0.0, None).prod(axis=1)
    return np.asarray(inner / np.maximum((one[2:] - one[:2]).prod() + area - inner, 1e-9))


def suppressed(found: Sequence[Found]) -> list[Found]:
    """Non-maximum suppression: the surest first; what overlaps one that is kept is dropped."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: -one.chance):
        if not kept or iou(each.box, np.array([other.box for other in kept])).max() <= SAME:
            kept.append(each)
    return kept


def matches(found: Sequence[Found], truth: Truth) -> list[int | None]:
    """For each one that was found, the true digit that it is: the same digit, boxes that overlap, each at most once."""
    taken: set[int] = set()
    answer: list[int | None] = []
    for each in found:
        overlap = iou(each.box, truth.boxes) if len(truth.boxes) else np.zeros(0)
        right = [
            at
            for at in np.argsort(-overlap).tolist()
            if overlap[at] >= OVERLAP and truth.digits[at] == each.digit and at not in taken
        ]
        answer.append(right[0] if right else None)
        taken.update(right[:1])
    return answer


@dataclass(frozen=True)
class Judged:
    """Sums over pictures."""

    right: int
    found: int
    true: int
    pictures_right: int
    pictures: int
    windows: int

    @property
    def precision(self) -> float:
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.true, 1)

    @property
    def everything_right(self) -> float:
        return self.pictures_right / max(self.pictures, 1)


def judged(answers: Sequence[Sequence[Found]], truths: Sequence[Truth], windows: int) -> Judged:
    right = found = true = whole = 0
    for answer, truth in zip(answers, truths, strict=True):
        hits = sum(at is not None for at in matches(answer, truth))
        right, found, true = right + hits, found + len(answer), true + len(truth.digits)
        whole += hits == len(answer) == len(truth.digits)
    return Judged(right, found, true, whole, len(truths), windows)
