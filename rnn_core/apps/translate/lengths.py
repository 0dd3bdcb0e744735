"""The share of exactly right translations by the source's length, which shows the bottleneck of the encoder's state."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.translate.distance import Answers, right_answers
from rnn_core.apps.translate.settings import Settings
from rnn_core.arrays import Array

GROUPS = 6


@dataclass(frozen=True)
class ByLength:
    labels: tuple[str, ...]  # the smallest and largest length of each group; the last group is the part beyond training
    shares: Array  # (G,)
    counts: tuple[int, ...]  # (G,)


def by_length(settings: Settings, answers: Answers) -> ByLength:
    """Groups of about the same size. They depend only on the test data, so that networks can be compared."""
    source_language = settings.languages[0]
    lengths = np.array([len(source_language.cut(pair.source)) for pair in settings.data.held_out("test")])
    right = np.array(right_answers(settings, "test", answers("test")))
    edges = np.unique(np.quantile(lengths, np.linspace(0, 1, GROUPS + 1)[1:], method="inverted_cdf"))
    group = np.searchsorted(edges, lengths)
    labels = [_label(lengths[group == at]) for at in range(len(edges))]
    shares = [float(right[group == at].mean()) for at in range(len(edges))]
    counts = [int((group == at).sum()) for at in range(len(edges))]
    beyond = right_answers(settings, "beyond", answers("beyond"))
    if not beyond:
        return ByLength(tuple(labels), np.array(shares), tuple(counts))
    return ByLength((*labels, ""), np.array([*shares, sum(beyond) / len(beyond)]), (*counts, len(beyond)))


def _label(lengths: Sequence[int]) -> str:
    low, high = min(lengths), max(lengths)
    return str(low) if low == high else f"{low}–{high}"
