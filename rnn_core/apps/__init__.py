"""Eight applications, each a folder: settings.py (what is trained), data.py (and how it is split), baselines.py (the
trivial answers), reader.py (the trained network in NumPy, every number open). Their networks are in rnn_core/learn/apps.
"""

from importlib import import_module
from typing import Any

from rnn_core.apps.settings import AppSettings
from rnn_core.errors import check_option

NAMES = ("text", "forecast", "sentiment", "speech", "recommend", "vision", "multimodal", "translate")


def settings_type(name: str) -> type[AppSettings]:
    """`Settings` of rnn_core/apps/<name>/settings.py."""
    check_option("application", name, NAMES)
    found: type[AppSettings] = import_module(f"rnn_core.apps.{name}.settings").Settings
    return found


def app_settings(given: dict[str, Any]) -> AppSettings:
    """Settings from `to_plain`."""
    options = {name: value for name, value in given.items() if name != "kind"}
    return settings_type(given["kind"]).from_plain(options, "settings")
