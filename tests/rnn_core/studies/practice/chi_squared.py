"""Whether counts could come from a fair draw."""

from collections.abc import Sequence


def chi_squared(counts: Sequence[int]) -> float:
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 / expected for count in counts)


def critical(freedom: int) -> float:
    """A fair draw exceeds this once in a thousand times (Wilson and Hilferty's approximation)."""
    part = 2.0 / (9.0 * freedom)
    return float(freedom * (1.0 - part + 3.09 * part**0.5) ** 3)
