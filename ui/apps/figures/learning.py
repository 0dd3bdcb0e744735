"""The learning curve of an application's network: its loss on training batches and on validation data."""

from typing import Any

import numpy as np

from rnn_core.learn.history import Curves
from ui.figures.chart import Chart
from ui.figures.drawing import Figure
from ui.figures.norms import norm_chart
from ui.figures.style import INKS
from ui.figures.words import number
from ui.i18n import _
from ui.lab.figures.training import Curve, named_above


def learning_chart(curves: Curves, budget: int, mark_best: bool = False) -> Chart:
    """`mark_best`: a mark at the lowest loss on validation data, where early stopping would have ended."""
    lines = [
        Curve(_("training"), curves.of_steps("loss"), "x", opacity=0.55, at=curves.of_steps("step")),
        Curve(_("validation"), curves.of_checks("loss"), "loss", at=curves.of_checks("step")),
    ]
    shown = [line for line in lines if len(line.values)]
    chart = named_above(
        norm_chart(shown, title=_("Loss during training"), y_title=_("loss (log scale)"), x_title=_("training step"))
    )
    drawn = chart.figure.to_plotly_json()
    layout = drawn["layout"] | {"height": 280, "xaxis": drawn["layout"]["xaxis"] | {"range": [0, budget]}}
    traces, alt = list(drawn["data"]), chart.alt
    losses = curves.of_checks("loss")
    if mark_best and np.isfinite(losses).any():
        at = int(np.nanargmin(losses))
        step, loss = float(curves.of_checks("step")[at]), float(losses[at])
        traces.append(_best_mark(step, loss))
        best = _("The loss on validation data is lowest at step {step}: {loss}.")
        alt = f"{alt} {best.format(step=round(step), loss=number(loss))}"
    return Chart(Figure(traces, layout), alt, chart.note)


def _best_mark(step: float, loss: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _("best on validation"),
        "x": np.array([step]),
        "y": np.array([loss]),
        "marker": {"size": 11, "color": INKS["loss"].light, "symbol": "circle-open", "line": {"width": 2.5}},
        "hovertemplate": "<b>%{y:.3~g}</b><extra></extra>",
        "showlegend": True,
    }
