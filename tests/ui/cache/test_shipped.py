"""The networks that ship: each application opens its own, whichever was opened before."""

import pytest

from rnn_core.apps.registry import APPLICATIONS
from ui.cache.shipped import shipped


@pytest.mark.parametrize("name", APPLICATIONS)
def test_every_application_opens_its_own_networks(name: str) -> None:
    """Variants of several applications have the same name, such as "gru"."""
    for app in APPLICATIONS.values():
        for settings in app.settings.shipped().values():
            assert shipped(settings) is not None
    for settings in APPLICATIONS[name].settings.shipped().values():
        ready = shipped(settings)
        assert ready is not None
        assert ready.state.settings == settings
