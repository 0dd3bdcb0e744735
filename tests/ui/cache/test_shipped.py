"""The networks that ship: each application gets its own, whatever another one has loaded before."""

from rnn_core.apps.registry import APPLICATIONS
from ui.cache.shipped import shipped


def test_a_network_of_one_application_is_not_taken_for_that_of_another() -> None:
    """Networks of different applications have equal names, such as "gru", and all settings are classes `Settings`."""
    for application in APPLICATIONS.values():
        for settings in application.settings.shipped().values():
            ready = shipped(settings)
            assert ready is not None
            assert ready.state.settings == settings
