"""Cached results for reviews: of a network, word by word, and of two bags of words."""

import math
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.sentiment.bags import bag
from rnn_core.apps.sentiment.certainty import known_share, tempered
from rnn_core.apps.sentiment.own import OwnReviews
from rnn_core.apps.sentiment.reader import Reader, Reading
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.sentiment.words import MOST_WORDS, UNKNOWN, words
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, kept_for_visitor

Words = tuple[str, ...]


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


@kept_for_visitor(16)
def reading(state: RunState, words: Words) -> Reading:
    return reader(state).read(words)


@kept_for_visitor(64)
def belief(state: RunState, words: Words) -> float:
    """P(positive)."""
    return probability(reader(state).score(words))


def known(state: RunState, words: Words) -> float:
    """The share of the words that the network was trained on."""
    return known_share(words, reader(state).settings.vocabulary)


def tempered_belief(state: RunState, words: Words) -> float:
    """P(positive), the less certain the fewer of the words the network knows."""
    return tempered(belief(state, words), known(state, words))


def tempered_beliefs(state: RunState, words: Words) -> Array:
    """(T+1,) P(positive) before the first word and after each, as `tempered_belief` of the words read so far."""
    beliefs = reading(state, words).beliefs
    after = [tempered(float(belief), known(state, words[:t])) for t, belief in enumerate(beliefs[1:], 1)]
    return np.array([beliefs[0], *after])


def tempered_without(state: RunState, words: Words) -> Array:
    """(T,) P(positive) of the review without this word."""
    scores = reading(state, words).without
    return np.array(
        [
            tempered(probability(float(score)), known(state, words[:t] + words[t + 1 :])) if len(words) > 1 else 0.5
            for t, score in enumerate(scores)
        ]
    )


@kept_for_visitor(64)
def bag_belief(settings: Settings, words: Words, neighbours: bool) -> float:
    return probability(bag(settings.rows, 2 if neighbours else 1).score(words))


@dataclass(frozen=True)
class OwnScore:
    network: float  # shares of right answers
    bag: float
    always: float
    unknown: float  # share of the words
    wrong: tuple[int, ...]  # places of the reviews that the network gets wrong, the surest mistake first


@kept_for_visitor(4)
def scored(state: RunState, settings: Settings, found: OwnReviews) -> OwnScore:
    """A visitor's reviews, read by a network that was not trained on them."""
    ours, kept = reader(state), [words(text)[:MOST_WORDS] for text, _good in found.rows]
    good = np.array([good for _text, good in found.rows])
    ids = [ours.ids(each) for each in kept]
    scores = np.concatenate([ours.scores(ids[at : at + 256]) for at in range(0, len(ids), 256)])
    wrong = np.flatnonzero((scores > 0) != good)
    counted = np.array([bag(settings.rows, 1).score(each) > 0 for each in kept])
    return OwnScore(
        network=1.0 - len(wrong) / len(good),
        bag=float((counted == good).mean()),
        always=float(max(good.mean(), 1.0 - good.mean())),
        unknown=sum(each.count(UNKNOWN) for each in ids) / sum(map(len, ids)),
        wrong=tuple(wrong[np.argsort(-np.abs(scores[wrong]))].tolist()),
    )


def probability(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-500.0, score)))
