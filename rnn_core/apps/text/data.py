"""The texts and their split into whole documents for training, validation and test.

Of ten documents (chapters, poems, modules) one is for validation and one for the test. A visitor's own text is cut where
nine tenths and eight tenths of it are. The alphabet consists of the training part's characters: rare ones, and those
of the other parts only, are <unknown>.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.text.own import unpack

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

    symbols: tuple[str, ...]  # (V,) one character each
    training: Symbols  # (N,)
    validation: Symbols
    test: Symbols

    @property
    def size(self) -> int:
        return len(self.symbols)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {character: place for place, character in enumerate(self.symbols)}

    def encode(self, text: str) -> Symbols:
        return np.array([self._places.get(character, 0) for character in text], np.int64)

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


def corpus(text: str, own: str) -> Corpus:
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
    symbols = (UNKNOWN, *common)
    known = Corpus(symbols, *[np.zeros(0, np.int64)] * 3)
    return Corpus(symbols, *[known.encode(part) for part in (split.training, split.validation, split.test)])
