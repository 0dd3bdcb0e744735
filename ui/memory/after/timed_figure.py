"""Time and memory against the number of steps, on logarithmic scales."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnn_core.studies.modern.timing import STEPS, Timing
from ui.figures.chart import Chart
from ui.figures.drawing import Figure
from ui.figures.lines import Line
from ui.figures.norms import norm_chart
from ui.i18n import _
from ui.lab.figures.training import Curve, named_above

INKS = {"loop": "gru", "scan": "lstm", "fused": "loss", "attention": "y"}


def contender_names() -> dict[str, str]:
    return {
        "loop": _("the loop (minGRU)"),
        "scan": _("the scan (minGRU)"),
        "fused": _("the fused LSTM"),
        "attention": _("softmax attention"),
    }


def time_chart(found: Sequence[Timing]) -> Chart:
    lines = [
        _line(
            _("{name}, {threads} thread(s)").format(name=contender_names()[name], threads=each.threads),
            1e3 * np.array(seconds),
            name,
            "solid" if each.threads == 1 else "dash",
        )
        for each in found
        for name, seconds in each.seconds.items()
    ]
    return _against_steps(lines, _("Forward and backward, measured here"), _("milliseconds (log scale)"))


def memory_chart(found: Timing) -> Chart:
    lines = [_line(contender_names()[name], np.array(kept, float), name, "solid") for name, kept in found.kept.items()]
    return _against_steps(lines, _("Numbers kept for the backward pass"), _("numbers (log scale)"))


def _line(name: str, values: np.ndarray, contender: str, dash: str) -> Line:
    return Curve(name, values, INKS[contender], dash=dash, at=np.array(STEPS, dtype=np.float64))


def _against_steps(lines: Sequence[Line], title: str, y_title: str) -> Chart:
    chart = named_above(norm_chart(lines, title=title, y_title=y_title, x_title=_("steps T")))
    drawn = chart.figure.to_plotly_json()
    span = [math.log10(STEPS[0]), math.log10(STEPS[-1])]
    axis = {"type": "log", "range": span, "tickvals": list(STEPS), "ticktext": list(map(str, STEPS))}
    layout = drawn["layout"] | {"xaxis": drawn["layout"]["xaxis"] | axis, "height": 420}
    return replace(chart, figure=Figure(drawn["data"], layout))
