"""How sure an answer may be: a network knows nothing about words that it was never trained on."""

from collections.abc import Sequence

from rnn_core.apps.sentiment.words import Vocabulary

MARKS = frozenset(",.!?;:，。！？；：、")


def known_share(words: Sequence[str], vocabulary: Vocabulary) -> float:
    """The share of the words, without punctuation, that the network was trained on."""
    counted = [word for word in words if word not in MARKS]
    return sum(map(vocabulary.knows, counted)) / len(counted) if counted else 0.0


def tempered(belief: float, share: float) -> float:
    """P(positive), moved towards 1/2 in proportion to the unknown words: with none known it is 1/2."""
    return 0.5 + (belief - 0.5) * share
