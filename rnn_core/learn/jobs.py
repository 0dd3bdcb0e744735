"""The jobs of worker processes. This module does not import torch, because the app's process sends these functions."""

from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import Metrics, RunState


def warm_up(settings: TrainingSettings) -> int:
    """Imports torch and makes one training step, so that the first visitor does not wait. Returns the process id."""
    import os

    from rnn_core.learn import train

    train.advance(train.start(settings), 1)
    return os.getpid()


def begin(settings: TrainingSettings, steps: int) -> tuple[RunState, Metrics]:
    """A run's first state and first chunk, in one job."""
    from rnn_core.learn import train

    return train.advance(train.start(settings), steps)


def advance(state: RunState, steps: int, view: bool = True) -> tuple[RunState, Metrics]:
    from rnn_core.learn import train

    return train.advance(state, steps, view)
