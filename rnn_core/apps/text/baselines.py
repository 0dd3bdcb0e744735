"""The bits per character of the baselines on the test part: uniform, character frequencies, and an n-gram model."""

from collections.abc import Mapping

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.text import ngram
from rnn_core.apps.text.data import Corpus, corpus
from rnn_core.apps.text.settings import Settings
from rnn_core.arrays import Array

UNIFORM, UNIGRAM, NGRAM, PIECES = (
    "every character equally likely",
    "how frequent each character is",
    "5-gram counts (Kneser–Ney)",
    "5-gram counts of word pieces",
)


def baselines(settings: Settings) -> Mapping[str, Scores]:
    """Each is fitted to the training part, and measured on the test part from its second character on, like the network.

    They read characters; beside a network that reads word pieces, pieces are counted as well.
    """
    characters = corpus(settings.text, settings.own)
    V, targets = characters.size, characters.test[1:]
    frequent = unigram(characters)
    counted = ngram.count(characters.training, V)
    rows = {
        UNIFORM: (np.full(len(targets), 1.0 / V), 1.0 / V),
        UNIGRAM: (frequent[targets], float((targets == frequent.argmax()).mean())),
        NGRAM: (
            counted.probabilities(characters.test),
            float((counted.favourites(characters.test) == targets).mean()),
        ),
    }
    found: dict[str, Scores] = {
        name: {"bits per character": bits(probabilities), "next character guessed": guessed}
        for name, (probabilities, guessed) in rows.items()
    }
    return found | ({PIECES: {"bits per character": _bits_of_pieces(settings.corpus)}} if settings.merges else {})


def _bits_of_pieces(pieces: Corpus) -> float:
    """Per character, so that it can be compared with models of characters."""
    probabilities = ngram.count(pieces.training, pieces.size).probabilities(pieces.test)
    return float(-np.log2(probabilities).sum() / pieces.lengths[pieces.test[1:]].sum())


def unigram(corpus: Corpus) -> Array:
    """(V,) the frequencies with add-one smoothing."""
    counts = np.bincount(corpus.training, minlength=corpus.size) + 1.0
    return np.asarray(counts / counts.sum())


def bits(probabilities: Array) -> float:
    return float(-np.log2(probabilities).mean())
