r"""An n-gram model: counts of the characters after the last n-1 ones in the training text, with Kneser-Ney smoothing.

$$p_k(w \mid u) = \frac{\max(c(u w) - D_k, 0)}{c(u)} + \frac{D_k\, N_+(u)}{c(u)}\; p_{k-1}(w \mid u'), \qquad
D_k = \frac{n_1}{n_1 + 2 n_2}$$

u is the context, u' the same without its first character, N_+(u) how many different characters followed u, and n_1, n_2
how many entries were counted once and twice. The longest order counts how often uw was seen; every shorter one counts
after how many different characters it was seen, because it only matters where the longer one has few counts. Below
order 1 every character is equally probable. For an unseen context, the model uses the shorter one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.text.data import Symbols
from rnn_core.arrays import Array

ORDER = 5
MOST_CELLS = 2_000_000  # of a table of distributions
Codes = NDArray[np.int64]  # several characters as one number, in base V


@dataclass(frozen=True)
class Level:
    """One order k: contexts of k-1 characters."""

    entries: Codes  # (E,) sorted: u and w as one number
    counts: Array  # (E,)
    contexts: Codes  # (C,) sorted
    totals: Array  # (C,) c(u)
    followers: Array  # (C,) N_+(u)
    discount: float


@dataclass(frozen=True)
class NGram:
    size: int  # V
    levels: tuple[Level, ...]  # order 1 first

    @property
    def order(self) -> int:
        return len(self.levels)

    def probabilities(self, text: Symbols) -> Array:
        """(N-1,) of each character but the first, given the characters before it, of which there are fewer than n-1 at the beginning."""
        result = np.zeros(len(text) - 1)
        for at in range(1, min(self.order, len(text))):
            result[at - 1] = self._of(self.grams(text[: at + 1], at + 1)[-1:], at + 1)[0]
        if len(text) > self.order - 1:
            result[self.order - 2 :] = self._of(self.grams(text, self.order), self.order)
        return result

    def distribution(self, context: Symbols) -> Array:
        """(V,) the probability of each next character."""
        kept = context[-(self.order - 1) :] if self.order > 1 else context[:0]
        return np.asarray(self._after(np.array([_code(kept, self.size)]), len(kept) + 1)[0])

    def favourites(self, text: Symbols) -> Symbols:
        """(N-1,) the most probable character at each place but the first."""
        early = [int(self.distribution(text[:at]).argmax()) for at in range(1, min(self.order - 1, len(text)))]
        contexts, back = np.unique(self.grams(text[:-1], self.order - 1), return_inverse=True)
        block = max(1, MOST_CELLS // self.size)
        found = [
            self._after(contexts[first : first + block], self.order).argmax(axis=1)
            for first in range(0, len(contexts), block)
        ]
        return np.concatenate([np.array(early, np.int64), *([np.concatenate(found)[back]] if found else [])])

    def grams(self, text: Symbols, length: int) -> Codes:
        return _grams(text, length, self.size)

    def _of(self, grams: Codes, order: int) -> Array:
        """The probability of the last character of each gram of `order` characters."""
        p = np.full(len(grams), 1.0 / self.size)
        for k, level in enumerate(self.levels[:order], start=1):
            entries = grams % self.size**k
            count, seen = _look_up(entries, level.entries, level.counts), entries // self.size
            total = _look_up(seen, level.contexts, level.totals)
            followers = _look_up(seen, level.contexts, level.followers)
            known = np.maximum(total, 1.0)
            mixed = np.maximum(count - level.discount, 0.0) / known + level.discount * followers / known * p
            p = np.where(total > 0, mixed, p)
        return p

    def _after(self, contexts: Codes, order: int) -> Array:
        """(n, V) the probability of each character after each context of order-1 characters: the formula for every w at once."""
        if order == 0:
            return np.full((len(contexts), self.size), 1.0 / self.size)
        shorter, back = np.unique(contexts % self.size ** max(0, order - 2), return_inverse=True)
        rows, level = self._after(shorter, order - 1)[back], self.levels[order - 1]
        total = _look_up(contexts, level.contexts, level.totals)
        known = np.maximum(total, 1.0)
        left_over = level.discount * _look_up(contexts, level.contexts, level.followers) / known
        rows *= np.where(total > 0, left_over, 1.0)[:, None]
        first = np.searchsorted(level.entries, contexts * self.size)
        many = np.searchsorted(level.entries, (contexts + 1) * self.size) - first
        row = np.repeat(np.arange(len(contexts)), many)
        entry = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + np.repeat(first, many)
        rows[row, level.entries[entry] % self.size] += (level.counts[entry] - level.discount) / known[row]
        return rows


def count(text: Symbols, size: int, order: int = ORDER) -> NGram:
    """The counts of a training text in V = `size` symbols."""
    levels = []
    for k in range(1, order + 1):
        if k == order:
            entries, counts = np.unique(_grams(text, k, size), return_counts=True)
        else:  # of every different gram one longer, what is left without its first character
            longer = np.unique(_grams(text, k + 1, size))
            entries, counts = np.unique(longer % size**k, return_counts=True)
        contexts, first = np.unique(entries // size, return_index=True)
        followers = np.diff(np.append(first, len(entries)))
        once, twice = (counts == 1).sum(), (counts == 2).sum()
        discount = once / (once + 2 * twice) if once and twice else 0.5
        levels.append(
            Level(
                entries,
                counts.astype(float),
                contexts,
                np.add.reduceat(counts, first).astype(float),
                followers.astype(float),
                float(discount),
            )
        )
    return NGram(size, tuple(levels))


def _grams(text: Symbols, length: int, size: int) -> Codes:
    """(N - length + 1,) every run of `length` characters as one number, the last character its last digit."""
    codes = np.zeros(max(0, len(text) - length + 1), np.int64)
    for place in range(length):
        codes = codes * size + text[place : len(codes) + place]
    return codes


def _code(symbols: Symbols, size: int) -> int:
    code = 0
    for symbol in symbols:
        code = code * size + int(symbol)
    return code


def _look_up(wanted: Codes, keys: Codes, values: Array) -> Array:
    """The value of each wanted key; 0 for a missing key."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], 0.0)
