"""Recorded runs of the project on a given task."""

from collections.abc import Sequence
from dataclasses import fields
from functools import cache

from rnn_core.lab.comparison import Comparison
from rnn_core.lab.experiments import EXPERIMENTS
from rnn_core.lab.outcomes import Outcome
from rnn_core.lab.ready import READY
from rnn_core.lab.recorded import names, recording
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task

Recorded = tuple[tuple[RunSettings, ...], dict[RunSettings, list[Outcome]]]


@cache
def recorded_on(task: Task) -> Recorded | None:
    """The settings of the first recorded experiment with this very task, and the outcomes of their seeds."""
    for name in names():
        settings = tuple(each for each in EXPERIMENTS[name].settings if each.task == task)
        if len(settings) > 1:
            outcomes = [each for each in recording(name).outcomes if each.settings.task == task]
            return settings, {
                one: [each for each in outcomes if each.settings.changed(seed=0) == one] for one in settings
            }
    return None


def ready_name(comparison: Comparison) -> str | None:
    """The name of the ready comparison that this is."""
    return next((name for name, each in READY.items() if each == comparison), None)


def recorded_beside(comparison: Comparison) -> str:
    """The recorded experiment that is most like the comparison: one where the same settings differ, or else the three cells."""
    differing = _differing(comparison.settings)
    alike = [
        name
        for name in names()
        if len(EXPERIMENTS[name].tasks) == 1 and _differing(EXPERIMENTS[name].settings) == differing
    ]
    return next(
        (name for name in alike if EXPERIMENTS[name].tasks[0].name == comparison.task.name), [*alike, "cells"][0]
    )


def _differing(settings: Sequence[RunSettings]) -> set[str]:
    """The names of the settings that are not the same for all."""
    return {each.name for each in fields(RunSettings) if len({getattr(one, each.name) for one in settings}) > 1}
