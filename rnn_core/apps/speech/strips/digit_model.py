"""A small language model over digits: how often each digit, or the end, follows the digits before it in a list of numbers."""

from collections import Counter
from collections.abc import Iterable

from rnn_core.blocks.ctc import LanguageModel

SMOOTHING = 1.0  # numbers of the list that a number outside it is worth
SYMBOLS = 11  # ten digits and the end
YEARS = tuple(str(year) for year in range(1900, 2050))


def digit_model(numbers: Iterable[str]) -> LanguageModel:
    """The factor of a digit after a prefix, against digits that are all equally likely: 1 changes nothing.

    >>> years = digit_model(["1984", "1999"])
    >>> round(years((1,), 9), 2), round(years((1,), 8), 2)
    (7.67, 0.33)
    """
    counts: Counter[tuple[int | None, ...]] = Counter()
    for number in numbers:
        symbols: list[int | None] = [*map(int, number), None]
        counts.update(tuple(symbols[:length]) for length in range(len(symbols) + 1))

    def factor(prefix: tuple[int, ...], label: int | None) -> float:
        after, before = counts[(*prefix, label)], counts[prefix]
        return (after * SYMBOLS + SMOOTHING) / (before + SMOOTHING)

    return factor
