"""How the settings of every kind of run are read from a file."""

from rnn_core.apps.registry import APPLICATIONS
from rnn_core.lab.settings import KINDS

EVERY_KIND = {**KINDS, **{name: application.settings.read for name, application in APPLICATIONS.items()}}
