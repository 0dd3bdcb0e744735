"""The networks that ship with the app. Each is read once and kept as long as the app runs."""

from functools import cache

from rnn_core.apps.settings import AppSettings
from rnn_core.apps.trained import Trained, load_trained
from rnn_core.learn.state import RunState


def shipped(settings: AppSettings) -> Trained | None:
    """The network that ships with exactly these settings."""
    variant = settings.shipped_as()
    return None if variant is None else _load(type(settings), variant)


def is_shipped(given: object) -> bool:
    """Whether this is the state of a shipped network, or its settings."""
    if isinstance(given, RunState) and isinstance(given.settings, AppSettings):
        ready = shipped(given.settings)
        return ready is not None and given is ready.state
    return isinstance(given, AppSettings) and given.shipped_as() is not None


@cache
def _load(settings: type[AppSettings], variant: str) -> Trained:
    return load_trained(settings, variant)
