"""What worker processes do, by name, without importing torch here: the app's own process sends these and never runs them."""

from rnn_core.arrays import Array
from rnn_core.cells import Params
from rnn_core.lab.settings import RunSettings
from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import Metrics, RunState, TorchCheck


def warm_up() -> int:
    """Imports torch and makes one tiny step, so that the first visitor does not wait for it. Returns the process id."""
    import os

    from rnn_core.learn import train

    settings = RunSettings(hidden=4, batch=2, budget=1)
    train.advance(train.start(settings), 1)
    return os.getpid()


def begin(settings: TrainingSettings, steps: int) -> tuple[RunState, Metrics]:
    """A run's first state and first chunk, in one journey."""
    from rnn_core.learn import train

    return train.advance(train.start(settings), steps)


def advance(state: RunState, steps: int, view: bool = True) -> tuple[RunState, Metrics]:
    from rnn_core.learn import train

    return train.advance(state, steps, view)


def check_against_torch(params: Params, xs: Array) -> TorchCheck:
    from rnn_core.learn import check

    return check.check_against_torch(params, xs)
