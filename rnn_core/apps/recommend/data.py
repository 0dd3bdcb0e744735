"""Three streams of sessions that never meet: to learn from, to look at while learning, and for the final scores."""

from functools import lru_cache

import numpy as np

from rnn_core.apps.recommend.process import Clicks, draw

TRAINING, VALIDATION, TEST = 1, 2, 3  # the streams of random numbers
LOOKED_AT, TESTED = 500, 2000  # sessions


@lru_cache(maxsize=4)
def training_sessions(sessions: int) -> Clicks:
    """(N, LONGEST): the network and the counting answers learn from the same ones."""
    return draw(np.random.default_rng(TRAINING), sessions)


@lru_cache(maxsize=1)
def validation_sessions() -> Clicks:
    return draw(np.random.default_rng(VALIDATION), LOOKED_AT)


@lru_cache(maxsize=1)
def test_sessions() -> Clicks:
    return draw(np.random.default_rng(TEST), TESTED)
