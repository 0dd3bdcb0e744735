"""Any saved run whose network reads short sequences, opened for a look into it."""

from rnn_core.apps.lab_inside import inside
from rnn_core.apps.passages import Opened
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.errors import CoreError
from rnn_core.lab.settings import RunSettings
from rnn_core.learn.state import RunState


def opened(state: RunState) -> Opened:
    """Of an application, or of the lab."""
    if isinstance(state.settings, RunSettings):
        return inside(state)
    application = APPLICATIONS[state.settings.kind]
    if application.inside is None:
        raise CoreError("network", f"one of {application.name!r}", "one that reads short sequences")
    return application.inside(state)
