"""The bits per character of the baselines on the test part: uniform, character frequencies, and an n-gram model."""

from collections.abc import Mapping

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.text import ngram
from rnn_core.apps.text.data import Corpus
from rnn_core.apps.text.settings import Settings
from rnn_core.arrays import Array

UNIFORM, UNIGRAM, NGRAM = (
    "every character equally likely",
    "how frequent each character is",
    "5-gram counts (Kneser–Ney)",
)


def baselines(settings: Settings) -> Mapping[str, Scores]:
    """Each is fitted to the training part, and measured on the test part from its second character on, like the network."""
    corpus, V = settings.corpus, settings.corpus.size
    targets = corpus.test[1:]
    frequent = unigram(corpus)
    counted = ngram.count(corpus.training, V)
    rows = {
        UNIFORM: (np.full(len(targets), 1.0 / V), 1.0 / V),
        UNIGRAM: (frequent[targets], float((targets == frequent.argmax()).mean())),
        NGRAM: (counted.probabilities(corpus.test), float((counted.favourites(corpus.test) == targets).mean())),
    }
    return {
        name: {"bits per character": bits(probabilities), "next character guessed": guessed}
        for name, (probabilities, guessed) in rows.items()
    }


def unigram(corpus: Corpus) -> Array:
    """(V,) the frequencies with add-one smoothing."""
    counts = np.bincount(corpus.training, minlength=corpus.size) + 1.0
    return np.asarray(counts / counts.sum())


def bits(probabilities: Array) -> float:
    return float(-np.log2(probabilities).mean())
