"""The scores of an application's networks and simple answers, and the visitor's own training."""

from collections.abc import Mapping
from typing import Any

from rnn_core.apps.application import Application
from rnn_core.apps.scores import Scores
from rnn_core.apps.settings import AppSettings
from rnn_core.learn.state import RunState
from ui.cache.kept import kept
from ui.lab.compute import visitor
from ui.runs.training import TrainingRun

MOST_KEPT = 4  # networks of one application that a visitor has trained and can come back to


@kept(8)
def baselines(application: Application[Any], settings: AppSettings) -> Mapping[str, Scores]:
    """Every simple answer's scores on the test data."""
    return application.baselines(settings)


@kept(8)
def scores(application: Application[Any], state: RunState) -> Scores:
    """The network's scores on the test data."""
    return application.scores(state)


@kept(4)
def reader(application: Application[Any], state: RunState) -> Any:
    """The trained network in the core's float64."""
    return application.reader(state)


def run_of(settings: AppSettings) -> TrainingRun:
    """The visitor's run with these settings: the one begun before, or a new one. Others of this application pause."""
    mine = visitor()
    name = f"{settings.kind}/{hash(settings)}"
    for other, run in mine.runs.items():
        if other.startswith(f"{settings.kind}/") and other != name and run.progress().phase == "running":
            run.pause()
    if name not in mine.runs:
        kept = [other for other in mine.runs if other.startswith(f"{settings.kind}/")]
        for oldest in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
            mine.runs.pop(oldest).close()
        mine.new_run(name, settings, views=False)
    return mine.runs[name]
