"""How good an answer is, on data that nobody was trained on: the trained network's and the trivial ones', side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

Scores = Mapping[str, float]  # by the name of the measure


@dataclass(frozen=True)
class Measure:
    name: str  # in plain English: the key of its translation
    larger_is_better: bool = True
    decimals: int = 3
    percent: bool = False

    def is_better(self, value: float, other: float) -> bool:
        return value > other if self.larger_is_better else value < other
