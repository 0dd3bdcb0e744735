"""What a claim's computation returns: whether each case of the claim holds, the numbers found, and what to draw of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from rnn_core.arrays import Array

Verdict = Literal["true", "false", "depends"]
Found = float | int | str


@dataclass(frozen=True)
class Series:
    """One line of a claim's picture. `name` is a key that the app translates."""

    name: str
    values: Array
    first: int = 1


@dataclass(frozen=True)
class Picture:
    x: str  # keys of the titles of both axes
    y: str
    series: tuple[Series, ...]
    log: bool = False


@dataclass(frozen=True)
class Finding:
    holds: tuple[bool, ...]  # one answer for each case of which the claim speaks
    numbers: Mapping[str, Found] = field(default_factory=dict)  # the text writes them as [[name]]
    picture: Picture | None = None

    @property
    def verdict(self) -> Verdict:
        """True if every case agrees with the claim, false if none does.

        >>> Finding((True, False)).verdict
        'depends'
        """
        return "true" if all(self.holds) else "depends" if any(self.holds) else "false"


def percent(share: float) -> str:
    return f"{round(100 * share)} %"


def degrees_between(a: Array, b: Array) -> float:
    """The angle between two gradients, all their numbers taken as one vector."""
    cosine = float(a.ravel() @ b.ravel() / (np.linalg.norm(a) * np.linalg.norm(b)))
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))
