"""The baselines: the most frequent sentence, the sentence of the most similar picture, and the right words without their order."""

from collections import Counter
from functools import cache

import numpy as np

from rnn_core.apps.caption import data
from rnn_core.apps.caption.bleu import scores_of
from rnn_core.apps.caption.data import Part
from rnn_core.apps.caption.grammar import Words
from rnn_core.apps.caption.settings import Settings
from rnn_core.apps.scores import Scores

FREQUENT, SIMILAR, BAG = "most frequent sentence", "the most similar picture", "the right words, sorted"
KNOWN = 2000  # training scenes that the baselines are computed from


@cache
def _known() -> data.Examples:
    return data.draw("training", np.random.default_rng([6]), KNOWN)


@cache
def _similar(part: Part) -> tuple[int, ...]:
    """For each scene of the part, the number of the training picture with the smallest squared distance in pixels."""
    known = _known().images.reshape(KNOWN, -1).astype(np.float32)
    asked = data.held_out(part).images.reshape(data.COUNTS[part], -1).astype(np.float32)
    distances = (known**2).sum(axis=1) - 2.0 * asked @ known.T
    return tuple(distances.argmin(axis=1).tolist())


def baselines(settings: Settings) -> dict[str, Scores]:
    return _baselines(settings.language)


@cache
def _baselines(language: str) -> dict[str, Scores]:
    known = data.sentences(_known().scenes, language)
    ((frequent, _count),) = Counter(known).most_common(1)

    def sorted_words(part: Part) -> list[Words]:
        return [tuple(sorted(words)) for words in data.sentences(data.held_out(part).scenes, language)]

    return {
        FREQUENT: scores_of(language, lambda part: [frequent] * data.COUNTS[part]),
        SIMILAR: scores_of(language, lambda part: [known[at] for at in _similar(part)]),
        BAG: scores_of(language, sorted_words),
    }
