"""The texts and their split into whole documents for training, validation and test.

Of ten documents (chapters, poems, modules) one is for validation and one for the test. A visitor's own text is cut where
nine tenths and eight tenths of it are. The alphabet consists of the training part's characters: rare ones, and those
of the other parts only, are <unknown>. A network may read word pieces instead, which are those characters and their merges.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.text.own import unpack
from rnn_core.apps.text.pieces import Merges, learn

Symbols = NDArray[np.int64]

FOLDER = Path(__file__).parent / "files"
BETWEEN = {"english": "\n\n", "chinese": "\n\n", "python": "\n\n\n"}  # between two documents, as the network reads them
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
LEAST_SEEN = 3  # occurrences in the training part that a character needs for its own symbol
MOST_SYMBOLS = 2_000


@dataclass(frozen=True)
class Parts:
    """The three parts as text."""

    training: str
    validation: str
    test: str


@dataclass(frozen=True)
class Corpus:
    """The three parts as symbols. Symbol 0 is <unknown>."""

    symbols: tuple[str, ...]  # (V,) one character each, or several in a word piece
    training: Symbols  # (N,)
    validation: Symbols
    test: Symbols
    merges: Merges | None = None  # None: the symbols are characters

    @property
    def size(self) -> int:
        return len(self.symbols)

    @cached_property
    def lengths(self) -> Symbols:
        """(V,) the characters of each symbol."""
        return np.array([len(symbol) for symbol in self.symbols], np.int64)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {symbol: place for place, symbol in enumerate(self.symbols)}

    def cut(self, text: str | Sequence[str]) -> Sequence[str]:
        """The characters or the word pieces of a text. A text that is cut already stays so."""
        return self.merges.cut(text) if self.merges is not None and isinstance(text, str) else text

    def encode(self, text: str | Sequence[str]) -> Symbols:
        return np.array([self._places.get(symbol, 0) for symbol in self.cut(text)], np.int64)

    def decode(self, symbols: Iterable[int]) -> str:
        return "".join(self.symbols[symbol] for symbol in symbols)


def parts(text: str, own: str) -> Parts:
    return _own_parts(own) if text == "own" else _our_parts(text)


@cached_until_cleared(8)
def _own_parts(own: str) -> Parts:
    whole = unpack(own)
    first, second = int(0.8 * len(whole)), int(0.9 * len(whole))
    return Parts(whole[:first], whole[first:second], whole[second:])


@cache
def _our_parts(text: str) -> Parts:
    documents = documents_of(text)
    kept: dict[str, list[str]] = {"training": [], "validation": [], "test": []}
    for number, document in enumerate(documents):
        kept[part_of(number)].append(document)
    return Parts(**{part: BETWEEN[text].join(some) + BETWEEN[text] for part, some in kept.items()})


def documents_of(text: str) -> list[str]:
    return (FOLDER / f"{text}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\f\n")


def part_of(number: int) -> str:
    return {4: "validation", 9: "test"}.get(number % 10, "training")


def corpus(text: str, own: str, merges: int = 0) -> Corpus:
    """In characters, or in word pieces after so many merges."""
    if merges:
        return _in_pieces(text, own, merges)
    return _own_corpus(own) if text == "own" else _our_corpus(text)


@cached_until_cleared(8)
def _own_corpus(own: str) -> Corpus:
    return _in_symbols(_own_parts(own))


@cache
def _our_corpus(text: str) -> Corpus:
    return _in_symbols(_our_parts(text))


def _in_symbols(split: Parts) -> Corpus:
    seen = Counter(split.training)
    del seen[UNKNOWN]
    common = sorted(character for character, times in seen.most_common(MOST_SYMBOLS) if times >= LEAST_SEEN)
    return _encoded(split, (UNKNOWN, *common))


@cached_until_cleared(8)
def _in_pieces(text: str, own: str, count: int) -> Corpus:
    merges, alphabet = learned_merges(text, own).first(count), corpus(text, own).symbols
    return _encoded(parts(text, own), (*alphabet, *merges.pieces), merges)


@cached_until_cleared(8)
def learned_merges(text: str, own: str) -> Merges:
    """All merges of the training part; characters outside of the alphabet stay alone."""
    training, alphabet = parts(text, own).training, corpus(text, own).symbols
    return learn(training, never="".join(set(training) - set(alphabet)))


def _encoded(split: Parts, symbols: tuple[str, ...], merges: Merges | None = None) -> Corpus:
    empty = np.zeros(0, np.int64)
    known = Corpus(symbols, empty, empty, empty, merges)
    return replace(
        known,
        training=known.encode(split.training),
        validation=known.encode(split.validation),
        test=known.encode(split.test),
    )
