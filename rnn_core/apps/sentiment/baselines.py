"""The baselines on the same test data: a constant answer, and two that count words."""

from collections.abc import Sequence

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.sentiment.bags import Bag, kept, kept_in, outputs, trained
from rnn_core.apps.sentiment.classes import answers
from rnn_core.apps.sentiment.data import Examples
from rnn_core.apps.sentiment.settings import Settings

ALWAYS, BAG, NEIGHBOURS = "Always the same answer", "Bag of words", "Bag of words and neighbours"


def correct(found: Sequence[Bag], given: Examples) -> float:
    """The share of right answers."""
    return float(
        np.mean(
            [answers(outputs(found, words)) == label for words, label in zip(given.words, given.labels, strict=True)]
        )
    )


def baselines(settings: Settings) -> dict[str, Scores]:
    """Computed for a visitor's reviews, and read from a file for those of networks that ship (make_data.py)."""
    file = kept_in(settings.reviews)
    if file is None:
        return computed(settings)
    found: dict[str, Scores] = kept(file)["scores"]
    return found


def computed(settings: Settings) -> dict[str, Scores]:
    data = settings.data
    commonest = np.bincount(data.training().labels).argmax()
    tests = data.tests()
    return {
        ALWAYS: {name: float(np.mean(given.labels == commonest)) for name, given in tests.items()},
        BAG: {name: correct(trained(settings.reviews, 1), given) for name, given in tests.items()},
        NEIGHBOURS: {name: correct(trained(settings.reviews, 2), given) for name, given in tests.items()},
    }
