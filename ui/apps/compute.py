"""The scores of an application's networks and of its baselines, and the visitor's own training."""

from collections.abc import Mapping
from typing import Any

from rnn_core.apps.application import Application, S
from rnn_core.apps.scores import Scores
from rnn_core.learn.state import RunState
from ui.cache.kept import kept
from ui.lab.compute import visitor
from ui.runs.limits import MOST_KEPT, limit
from ui.runs.training import TrainingRun


@kept(8)
def baselines(application: Application[S], settings: S) -> Mapping[str, Scores]:
    """The scores of every baseline on the test data."""
    return application.baselines(settings)


@kept(8)
def scores(application: Application[S], state: RunState) -> Scores:
    """The network's scores on the test data."""
    return application.scores(state)


@kept(4)
def reader(application: Application[S], state: RunState) -> Any:
    """The trained network in the core's float64."""
    return application.reader(state)


def run_of(settings: S) -> TrainingRun[S]:
    """The visitor's run with these settings: the one that exists, or a new one. Other runs of this application are paused.

    A network from a file, or from before a reload, comes before it until the page's settings are changed.
    """
    this_visitor = visitor()
    opened = this_visitor.shown_run(settings)
    if opened is not None:
        return opened
    name = f"{settings.kind}/{hash(settings)}"
    for other, run in this_visitor.runs.items():
        if other.startswith(f"{settings.kind}/") and other != name and run.progress().phase == "running":
            run.pause()
    if name in this_visitor.runs:
        this_visitor.runs[name] = this_visitor.runs.pop(name)
        return this_visitor.runs[name]
    earlier = [other for other in this_visitor.runs if other.startswith(f"{settings.kind}/")]
    most = limit(MOST_KEPT) or len(earlier) + 1
    for oldest in earlier[: max(0, len(earlier) - most + 1)]:
        this_visitor.runs.pop(oldest).close()
    return this_visitor.new_run(name, settings, views=False)
