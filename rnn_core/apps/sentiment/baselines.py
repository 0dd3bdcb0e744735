"""The baselines on the same test data: a constant answer, and two that count words."""

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.sentiment.bags import kept, trained
from rnn_core.apps.sentiment.data import Examples
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.arrays import Array

ALWAYS, BAG, NEIGHBOURS = "Always the same answer", "Bag of words", "Bag of words and neighbours"


def correct(scores: Array, given: Examples) -> float:
    """The share of right answers; a score above 0 means positive."""
    return float(np.mean((scores > 0) == (given.labels > 0)))


def baselines(settings: Settings) -> dict[str, Scores]:
    """Computed for a visitor's reviews, and read from a file for the generated ones (make_data.py)."""
    if settings.rows:
        return computed(settings)
    found: dict[str, Scores] = kept()["scores"]
    return found


def computed(settings: Settings) -> dict[str, Scores]:
    data = settings.data
    more = 1.0 if data.training().labels.mean() > 0.5 else -1.0  # the majority of the training reviews
    tests = data.tests()
    return {
        ALWAYS: {name: correct(np.full(len(given), more), given) for name, given in tests.items()},
        BAG: {name: correct(trained(settings.rows, 1).scores(given), given) for name, given in tests.items()},
        NEIGHBOURS: {name: correct(trained(settings.rows, 2).scores(given), given) for name, given in tests.items()},
    }
