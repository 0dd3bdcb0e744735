"""Scores on test data, of the trained network and of the baselines."""

from collections.abc import Mapping
from dataclasses import dataclass

Scores = Mapping[str, float]  # by the name of the measure


@dataclass(frozen=True)
class Measure:
    name: str  # in plain English: the key of its translation
    larger_is_better: bool = True
    decimals: int | None = None  # unset: three significant digits
    percent: bool = False

    def is_better(self, value: float, other: float) -> bool:
        return value > other if self.larger_is_better else value < other

    def words(self, value: float | None) -> str:
        if value is None:
            return "–"
        if self.percent:
            return f"{value:.1%}"
        return f"{value:.3g}" if self.decimals is None else f"{value:.{self.decimals}f}"
