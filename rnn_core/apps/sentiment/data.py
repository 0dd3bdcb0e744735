"""The reviews for training, validation and test.

The words of a sentence, in any order, determine whether it belongs to training, validation or test, so a test sentence is
new, and so is every reordering of it. Three more test sets differ from the training data: the pairs (the same words
twice, one review positive, one negative; no function of a bag of words can be right on more than half of them), the new
combinations (a negated word whose negation is not in the training data), and the longer sentences.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.sentiment.chinese import CHINESE
from rnn_core.apps.sentiment.english import ENGLISH
from rnn_core.apps.sentiment.grammar import Grammar, Opinion, Review, Writer
from rnn_core.apps.sentiment.words import Vocabulary, words

GRAMMARS = (ENGLISH, CHINESE)
LONGEST_TRAINED = 24  # words
SIZES = {"training": 6000, "validation": 400, "test": 500}  # of each language
PAIR_COUNT, NEW_COUNT, LONGER_COUNT = 250, 400, 400

CORRECT, PAIRS, NEW, LONGER = "Correct", "Same words, other order", "New combinations", "Longer sentences"


@dataclass(frozen=True)
class Examples:
    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    labels: NDArray[np.int64]  # (N,) 1 is positive

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Encoded:
    ids: NDArray[np.int64]  # (N, T) 0 after the end
    lengths: NDArray[np.int64]  # (N,)
    labels: NDArray[np.int64]  # (N,)


def part_of(found: Iterable[str]) -> str:
    """The part of a sentence, from its words; their order does not matter."""
    turn = zlib.crc32(" ".join(sorted(found)).encode()) % 10
    return {0: "test", 1: "validation"}.get(turn, "training")


def is_new(opinion: Opinion, grammar: Grammar) -> bool:
    """Whether the opinion negates a word whose negation is not in the training data."""
    return opinion.negated and opinion.adjective.word in grammar.never_negated


def training() -> Examples:
    return _three_parts()["training"]


def validation() -> Examples:
    return _three_parts()["validation"]


def test() -> Examples:
    return _three_parts()["test"]


@lru_cache
def _three_parts() -> dict[str, Examples]:
    """Reviews of one random stream, divided by their words."""
    found: dict[str, list[Found]] = {part: [] for part in SIZES}
    for grammar in GRAMMARS:
        full = {part: len(found[part]) + size for part, size in SIZES.items()}
        for reviews in _different(grammar, "reviews", lambda writer: (writer.review(),)):
            part = part_of(reviews[0].words)
            if _plain(reviews[0], grammar) and len(found[part]) < full[part]:
                found[part] += reviews
            elif all(len(found[part]) == full[part] for part in SIZES):
                break
    return {part: examples(reviews) for part, reviews in found.items()}


@lru_cache
def pairs() -> Examples:
    """Reviews 2k and 2k + 1 have the same words in a different order."""

    def wanted(found: Found, grammar: Grammar) -> bool:
        return _plain(found, grammar) and part_of(found.words) == "test"

    return _both_languages("pairs", PAIR_COUNT, Writer.pair, wanted)


@lru_cache
def new_combinations() -> Examples:
    """Reviews whose deciding opinion is a new combination."""

    def wanted(found: Found, grammar: Grammar) -> bool:
        return any(is_new(each, grammar) for each in found.review.deciding) and len(found.words) <= LONGEST_TRAINED

    return _both_languages("new", NEW_COUNT, lambda writer: (writer.review(),), wanted)


@lru_cache
def longer() -> Examples:
    """Reviews with four neutral clauses, and otherwise as in training."""

    def wanted(found: Found, grammar: Grammar) -> bool:
        return not any(is_new(each, grammar) for each in found.review.opinions) and len(found.words) > LONGEST_TRAINED

    return _both_languages("longer", LONGER_COUNT, lambda writer: (writer.review(neutral_clauses=4),), wanted)


@dataclass(frozen=True)
class Found:
    review: Review
    words: tuple[str, ...]


def _plain(found: Found, grammar: Grammar) -> bool:
    """Whether the review is neither a new combination nor longer than the training reviews."""
    return len(found.words) <= LONGEST_TRAINED and not any(is_new(each, grammar) for each in found.review.opinions)


def _both_languages(
    stream: str,
    count: int,
    draw: Callable[[Writer], tuple[Review, ...]],
    wanted: Callable[[Found, Grammar], bool],
) -> Examples:
    kept: list[Found] = []
    for grammar in GRAMMARS:
        different = _different(grammar, stream, draw)
        good = (found for found in different if all(wanted(each, grammar) for each in found))
        kept += [each for found in islice(good, count) for each in found]
    return examples(kept)


def _different(
    grammar: Grammar, stream: str, draw: Callable[[Writer], tuple[Review, ...]]
) -> Iterator[tuple[Found, ...]]:
    """An endless stream of different draws, from a random generator of its own."""
    writer = Writer(grammar, zlib.crc32(f"{stream} {grammar.language}".encode()))
    seen: set[str] = set()
    while True:
        reviews = draw(writer)
        if reviews[0].text not in seen:
            seen.add(reviews[0].text)
            yield tuple(Found(review, words(review.text)) for review in reviews)


def examples(found: Iterable[Found]) -> Examples:
    kept = tuple(found)
    labels = np.array([each.review.positive for each in kept], dtype=np.int64)
    return Examples(tuple(each.review.text for each in kept), tuple(each.words for each in kept), labels)


def encoded(given: Examples, vocabulary: Vocabulary) -> Encoded:
    lengths = np.array([len(each) for each in given.words])
    ids = np.zeros((len(given), int(lengths.max())), dtype=np.int64)
    for row, found in enumerate(given.words):
        ids[row, : len(found)] = vocabulary.ids(found)
    return Encoded(ids, lengths, given.labels)


@dataclass(frozen=True)
class Data:
    """The training, validation and test data of a network."""

    training: Callable[[], Examples]
    validation: Callable[[], Examples]
    tests: Callable[[], Mapping[str, Examples]]  # by the name of the measure


def _tests() -> Mapping[str, Examples]:
    return {CORRECT: test(), PAIRS: pairs(), NEW: new_combinations(), LONGER: longer()}


GENERATED = Data(training, validation, _tests)
