"""What worker processes do, by name, without importing torch here: the app's own process sends these and never runs them."""

from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import Metrics, RunState


def warm_up(settings: TrainingSettings) -> int:
    """Imports torch and makes one step, so that the first visitor does not wait for it. Returns the process id."""
    import os

    from rnn_core.learn import train

    train.advance(train.start(settings), 1)
    return os.getpid()


def begin(settings: TrainingSettings, steps: int) -> tuple[RunState, Metrics]:
    """A run's first state and first chunk, in one journey."""
    from rnn_core.learn import train

    return train.advance(train.start(settings), steps)


def advance(state: RunState, steps: int, view: bool = True) -> tuple[RunState, Metrics]:
    from rnn_core.learn import train

    return train.advance(state, steps, view)
