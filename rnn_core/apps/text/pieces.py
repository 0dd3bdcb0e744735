"""Byte-pair encoding (Sennrich, Haddow and Birch 2016): symbols of several characters, learned from a text.

At first every character is a piece. Then, again and again, the most frequent pair of neighbours becomes one piece. Pairs are
counted within words alone, with the space before them, so that no piece reaches from one word into the next; where a script has no
spaces, a word is what stands between two punctuation marks.
"""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

MOST_MERGES = 1_000
LEAST_SEEN = 3  # occurrences that a pair needs
LONGEST = 16  # characters of a piece: ruled lines would give longer ones
LEARNED_FROM = 300_000  # characters at the beginning of the training text: more change few of the merges
WORD = re.compile(r" ?\w{1,32}| ?[^\w\s]{1,32}|\s{1,32}")  # longer ones are cut: each merge reads a whole word again

Pair = tuple[str, str]


@dataclass(frozen=True)
class Merges:
    """Pairs that become one piece, in the order in which they were learned."""

    pairs: tuple[Pair, ...]
    counts: tuple[int, ...]  # occurrences of each pair when it was merged

    def first(self, count: int) -> "Merges":
        return Merges(self.pairs[:count], self.counts[:count])

    @property
    def pieces(self) -> tuple[str, ...]:
        """What the merges add to the characters; different pairs may give the same piece."""
        return tuple(dict.fromkeys(one + other for one, other in self.pairs))

    @cached_property
    def _ranks(self) -> dict[Pair, int]:
        return {pair: rank for rank, pair in enumerate(self.pairs)}

    def cut(self, text: str) -> list[str]:
        """The text in pieces. Each word is cut as in learning: the pair that was learned first is merged first."""
        known: dict[str, list[str]] = {}
        pieces: list[str] = []
        for word in words_of(text):
            if word not in known:
                known[word] = self._cut_word(word)
            pieces += known[word]
        return pieces

    def _cut_word(self, word: str) -> list[str]:
        pieces, ranks = list(word), self._ranks
        while len(pieces) > 1:
            pair = min(pairwise(pieces), key=lambda pair: ranks.get(pair, len(ranks)))
            if pair not in ranks:
                break
            pieces = _merged(pieces, pair)
        return pieces


def words_of(text: str) -> list[str]:
    """The text in words, each with the space before it; nothing is left out."""
    return [found[0] for found in WORD.finditer(text)]


def learn(text: str, most: int = MOST_MERGES, never: str = "") -> Merges:
    """Up to `most` merges of a training text; the characters of `never` stay alone."""
    words = Counter(words_of(text[:LEARNED_FROM]))
    counting = _Counting([list(word) for word in words], list(words.values()), frozenset(never))
    merges = [merge for _number, merge in zip(range(most), counting.merges(), strict=False)]
    return Merges(tuple(pair for pair, _count in merges), tuple(count for _pair, count in merges))


@dataclass
class _Counting:
    """The different words of a text, as far as they are merged, and the pairs in them."""

    words: list[list[str]]
    times: list[int]  # occurrences of each word
    never: frozenset[str]
    counts: Counter[Pair] = field(default_factory=Counter)
    places: dict[Pair, set[int]] = field(default_factory=lambda: defaultdict(set))  # the words that had the pair

    def __post_init__(self) -> None:
        for at in range(len(self.words)):
            self._count(at, +1)

    def merges(self) -> Iterator[tuple[Pair, int]]:
        """The most frequent pair, and of equally frequent ones the first in the alphabet, with its count. Each is merged when the
        next is asked for.
        """
        queue = [(-count, pair) for pair, count in self.counts.items()]
        heapq.heapify(queue)
        while queue:
            count, pair = heapq.heappop(queue)
            if -count != self.counts[pair]:  # it was counted before other merges
                heapq.heappush(queue, (-self.counts[pair], pair))
                continue
            if -count < LEAST_SEEN:
                return
            yield pair, -count
            for changed in self._merge(pair):
                heapq.heappush(queue, (-self.counts[changed], changed))

    def _merge(self, pair: Pair) -> set[Pair]:
        """The new pairs."""
        found: set[Pair] = set()
        for at in self.places.pop(pair):
            self._count(at, -1)
            self.words[at] = _merged(self.words[at], pair)
            found |= {each for each in self._count(at, +1) if pair[0] + pair[1] in each}
        return found

    def _count(self, at: int, sign: int) -> list[Pair]:
        pairs = [
            pair
            for pair in pairwise(self.words[at])
            if self.never.isdisjoint(pair) and len(pair[0]) + len(pair[1]) <= LONGEST
        ]
        for pair in pairs:
            self.counts[pair] += sign * self.times[at]
            if sign > 0:
                self.places[pair].add(at)
        return pairs


def _merged(pieces: Sequence[str], pair: Pair) -> list[str]:
    result: list[str] = []
    for piece in pieces:
        if result and (result[-1], piece) == pair:
            result[-1] += piece
        else:
            result.append(piece)
    return result
