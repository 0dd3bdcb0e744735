"""How sure an answer may be: a network knows nothing about words that it was never trained on."""

from collections.abc import Sequence

import numpy as np

from rnn_core.apps.sentiment.words import Vocabulary
from rnn_core.arrays import Array

MARKS = frozenset(",.!?;:，。！？；：、")


def known_share(words: Sequence[str], vocabulary: Vocabulary) -> float:
    """The share of the words, without punctuation, that the network was trained on."""
    counted = [word for word in words if word not in MARKS]
    return sum(map(vocabulary.knows, counted)) / len(counted) if counted else 0.0


def tempered(belief: float, share: float) -> float:
    """P(positive), moved towards 1/2 in proportion to the unknown words: with none known it is 1/2."""
    return 0.5 + (belief - 0.5) * share


def tempered_chances(chances: Array, share: Array | float) -> Array:
    """(..., K) the probability of each class, moved towards 1/K in the same proportion."""
    equal = 1 / chances.shape[-1]
    return np.asarray(equal + (chances - equal) * share)
