"""Three independent streams of sessions: training, validation and test."""

from functools import lru_cache

import numpy as np

from rnn_core.apps.recommend.process import Clicks, draw
from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.recommend.shop import Part, sessions_of

TRAINING, VALIDATION, TEST = 1, 2, 3  # the streams of random numbers
VALIDATED, TESTED = 500, 2000  # sessions


@lru_cache(maxsize=4)
def training_sessions(sessions: int) -> Clicks:
    """(N, LONGEST): the training sessions of the network and of the baselines that count."""
    return draw(np.random.default_rng(TRAINING), sessions)


@lru_cache(maxsize=1)
def validation_sessions() -> Clicks:
    return draw(np.random.default_rng(VALIDATION), VALIDATED)


@lru_cache(maxsize=1)
def test_sessions() -> Clicks:
    return draw(np.random.default_rng(TEST), TESTED)


def sessions_for(settings: Settings, part: Part) -> Clicks:
    """The sessions that a run trains on, or is judged with."""
    if settings.shop:
        return sessions_of(settings.shop, part)
    match part:
        case "training":
            return training_sessions(settings.sessions)
        case "validation":
            return validation_sessions()
        case "test":
            return test_sessions()
