"""The share of right answers while networks of the study on keeping track are trained."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rnn_core.learn.history import Curves
from rnn_core.studies.tracking.settings import TrackingSettings
from ui.figures.chart import Chart
from ui.figures.drawing import Figure
from ui.figures.lines import Line, lines_over_time
from ui.i18n import _
from ui.lab.figures.training import Curve, named_above
from ui.memory.after.study_figure import task_names

SMOOTHED = 10  # updates: the share of right answers in one batch jumps


def live_chart(curves: Mapping[str, Curves], settings: TrackingSettings) -> Chart:
    task, budget = settings.shown_task, settings.budget
    short, long = task.lengths[0], task.lengths[-1]
    lines: list[Line] = [Line(_("chance"), np.full(2, task.chance), "baseline", 0, budget, dash="dot")]
    for (name, found), ink in zip(curves.items(), ("lstm", "gru"), strict=True):
        at = _means(found.of_steps("step"))
        trained = _("{name}, length {length} (trained)").format(name=name, length=short)
        tested = _("{name}, length {length}").format(name=name, length=long)
        lines += [
            Curve(trained, _means(found.of_steps("measure")), ink, dash="dash", opacity=0.7, at=at),
            Curve(tested, found.of_checks("measure"), ink, at=found.of_checks("step")),
        ]
    title = _("{task}: share of right answers during training").format(task=task_names()[task.name])
    shown = [line for line in lines if len(line.values)]
    chart = lines_over_time(
        shown, title=title, y_title=_("share right"), x_title=_("training step"), y_range=(0.0, 1.03), height=420
    )
    return over_whole_budget(named_above(chart), budget)


def over_whole_budget(chart: Chart, budget: int) -> Chart:
    layout = {"xaxis": {"title": {"text": _("training step")}, "range": [0, budget]}}
    drawn = chart.figure.to_plotly_json()
    return replace(chart, figure=Figure(drawn["data"], drawn["layout"] | layout))


def _means(values: np.ndarray) -> np.ndarray:
    """Means of neighbours; a rest shorter than the others waits."""
    full = len(values) // SMOOTHED * SMOOTHED
    return np.asarray(values[:full].reshape(-1, SMOOTHED).mean(axis=1))
