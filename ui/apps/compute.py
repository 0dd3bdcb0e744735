"""The door to the applications: the networks that ship, the trivial answers, and the visitor's own training."""

from importlib import import_module

from rnn_core.apps.scores import Measure, Scores
from rnn_core.apps.settings import AppSettings
from rnn_core.learn.state import RunState
from ui.cache.kept import kept
from ui.cache.shipped import shipped as shipped
from ui.lab.compute import visitor
from ui.runs.training import TrainingRun

MOST_KEPT = 4  # networks of one application that a visitor has trained and can come back to


def measures(app: str) -> tuple[Measure, ...]:
    """The first one is the one to beat."""
    return import_module(f"rnn_core.apps.{app}.settings").MEASURES


@kept(8)
def baselines(settings: AppSettings) -> dict[str, Scores]:
    """Every trivial answer's scores on the test data."""
    return import_module(f"rnn_core.apps.{settings.kind}.baselines").baselines(settings)


@kept(8)
def scores(state: RunState) -> Scores:
    """The network's scores on the test data."""
    return import_module(f"rnn_core.apps.{state.settings.kind}.reader").scores(state)


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
