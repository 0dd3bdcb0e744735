"""The learning curve of an application's network: its loss on training batches and on validation data."""

import plotly.graph_objects as go

from rnn_core.learn.history import Curves
from ui.figures.chart import Chart
from ui.figures.norms import norm_chart
from ui.i18n import _
from ui.lab.figures.training import Curve, named_above


def learning_chart(curves: Curves, budget: int) -> Chart:
    lines = [
        Curve(_("training"), curves.of_steps("loss"), "x", opacity=0.55, at=curves.of_steps("step")),
        Curve(_("validation"), curves.of_checks("loss"), "loss", at=curves.of_checks("step")),
    ]
    shown = [line for line in lines if len(line.values)]
    chart = named_above(
        norm_chart(shown, title=_("Loss while it learns"), y_title=_("loss (log scale)"), x_title=_("step of training"))
    )
    drawn = chart.figure.to_plotly_json()
    layout = drawn["layout"] | {"height": 280, "xaxis": drawn["layout"]["xaxis"] | {"range": [0, budget]}}
    return Chart(go.Figure(drawn["data"], layout, _validate=False), chart.alt, chart.note)
