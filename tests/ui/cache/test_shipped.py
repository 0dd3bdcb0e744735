"""Each shipped network belongs to its own application, also where two applications use the same name for a variant."""

from rnn_core.apps.registry import APPLICATIONS
from ui.cache.shipped import shipped


def test_each_application_gets_its_own_networks() -> None:
    for name, application in APPLICATIONS.items():
        settings = next(iter(application.settings.shipped().values()))
        ready = shipped(settings)
        assert ready is not None
        assert ready.state.settings.kind == name
        assert shipped(settings) is ready, "it is read once"


def test_variants_of_the_same_name_are_different_networks() -> None:
    kinds = ("speech", "recommend", "sentiment")
    found = [shipped(APPLICATIONS[kind].settings.shipped()["gru"]) for kind in kinds]
    assert [each and each.state.settings.kind for each in found] == list(kinds)
