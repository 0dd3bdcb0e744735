"""A run whose loss rises from the start, one that overfits, one that still falls and one that is done."""

import numpy as np
import pytest

from rnn_core.lab.settings import RunSettings
from rnn_core.learn.advice import advice
from rnn_core.learn.train import advance, start

AT = np.arange(20.0)


@pytest.mark.parametrize(
    ("losses", "says"),
    [
        (1.0 + AT * 40, "rate too large"),
        (np.append(np.exp(-AT), np.inf), "rate too large"),
        (0.3 + 0.7 * np.abs(AT - 6) / 20, "overfitting"),
        (np.exp(-AT / 8), "still falling"),
        (0.2 + 0.8 * np.exp(-AT), "flat"),
        (np.array([1.0]), "still falling"),
    ],
)
def test_the_advice_follows_from_the_losses(losses: np.ndarray, says: str) -> None:
    assert advice(losses) == says


def test_a_rate_of_a_thousand_is_not_told_to_take_more_steps() -> None:
    settings = RunSettings(hidden=4, batch=4, budget=40, check_every=5, rate=1000.0)
    _state, metrics = advance(start(settings), 40)
    assert advice(metrics.checks.loss) == "rate too large"
