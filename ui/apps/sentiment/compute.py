"""Cached results for reviews: of a network, word by word, and of two bags of words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.sentiment import certainty, classes
from rnn_core.apps.sentiment.bags import bags, outputs
from rnn_core.apps.sentiment.data import CORRECT
from rnn_core.apps.sentiment.own import OwnReviews
from rnn_core.apps.sentiment.reader import Reader, Reading
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.sentiment.words import MOST_WORDS, UNKNOWN, words
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, kept_for_visitor

Words = tuple[str, ...]
Integers = NDArray[np.int64]


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


@kept_for_visitor(16)
def reading(state: RunState, words: Words) -> Reading:
    return reader(state).read(words)


@kept_for_visitor(64)
def chances(state: RunState, words: Words) -> Array:
    """(K,) the probability of each class."""
    return np.asarray(classes.chances(reader(state).outputs([reader(state).ids(words)]))[0])


def belief(state: RunState, words: Words) -> float:
    """P(positive), and half of P(neutral) where there is a neutral class: 0 is negative, 1/2 undecided or neutral."""
    return float(classes.balance(chances(state, words)))


def known(state: RunState, words: Words) -> float:
    """The share of the words that the network was trained on."""
    return certainty.known_share(words, reader(state).settings.vocabulary)


def tempered_chances(state: RunState, words: Words) -> Array:
    """(K,) the probability of each class, the less certain the fewer of the words the network knows."""
    return certainty.tempered_chances(chances(state, words), known(state, words))


def tempered_belief(state: RunState, words: Words) -> float:
    """`belief`, the less certain the fewer of the words the network knows."""
    return certainty.tempered(belief(state, words), known(state, words))


def tempered_roads(state: RunState, words: Words) -> Array:
    """(T+1, K) the tempered probabilities before the first word and after each."""
    shares = np.array([1.0, *(known(state, words[:t]) for t in range(1, len(words) + 1))])
    return certainty.tempered_chances(reading(state, words).chances, shares[:, None])


def tempered_without(state: RunState, words: Words) -> Array:
    """(T, K) the tempered probabilities of the review without this word."""
    shares = np.array([known(state, words[:t] + words[t + 1 :]) for t in range(len(words))])
    return certainty.tempered_chances(reading(state, words).chances_without, shares[:, None])


@kept_for_visitor(64)
def bag_chances(settings: Settings, words: Words, neighbours: bool) -> Array:
    """(K,) the probability of each class."""
    return classes.chances(outputs(bags(settings.reviews, 2 if neighbours else 1), words))


def bag_belief(settings: Settings, words: Words, neighbours: bool) -> float:
    return float(classes.balance(bag_chances(settings, words, neighbours)))


@dataclass(frozen=True)
class OwnScore:
    network: float  # shares of right answers
    bag: float
    always: float
    unknown: float  # share of the words
    wrong: tuple[int, ...]  # places of the reviews that the network gets wrong, the surest mistake first
    confusion: Integers  # (K, K) of each class, and what the network answered


@kept_for_visitor(4)
def scored(state: RunState, settings: Settings, found: OwnReviews) -> OwnScore:
    """A visitor's reviews, read by a network that was not trained on them. Where either knows no neutral class, the answer is
    the more probable of the two others."""
    ours, kept = reader(state), [words(text)[:MOST_WORDS] for text, _class in found.rows]
    right = np.array([label for _text, label in found.rows])
    both = min(settings.classes, 3 if (right == classes.NEUTRAL).any() else 2)
    ids = [ours.ids(each) for each in kept]
    given = np.concatenate([ours.outputs(ids[at : at + 256]) for at in range(0, len(ids), 256)])
    counted = np.array([outputs(bags(settings.reviews, 1), each) for each in kept])
    if both == 2:
        given, counted = (classes.score(each)[:, None] for each in (given, counted))
    answers, sure = classes.answers(given), classes.chances(given).max(axis=1)
    wrong = np.flatnonzero(answers != right)
    return OwnScore(
        network=1.0 - len(wrong) / len(right),
        bag=float((classes.answers(counted) == right).mean()),
        always=float(np.bincount(right).max() / len(right)),
        unknown=sum(each.count(UNKNOWN) for each in ids) / sum(map(len, ids)),
        wrong=tuple(wrong[np.argsort(-sure[wrong])].tolist()),
        confusion=classes.confusion(right, answers, both),
    )


@kept(2)
def test_confusion(state: RunState, settings: Settings) -> Integers:
    """(K, K) of each class of the test data, and what the network answered."""
    given = settings.data.tests()[CORRECT]
    return classes.confusion(given.labels, classes.answers(reader(state).of_examples(given)), settings.classes)
