"""What a label's units reach over a training."""

from collections.abc import Sequence

import numpy as np

from rnn_core.arrays import Array
from ui.figures.chart import Chart, Layout, figure
from ui.figures.style import CELL_DASHES, GRID, INKS, MUTED
from ui.figures.words import number
from ui.i18n import _


def auc_over_training(
    steps: Sequence[int], own: Array, best: Array, probe: Array, band: float, at: int, unit: int, label: str
) -> Chart:
    """One place for each recorded step, because they grow by a factor; `at` is the place that is shown beside."""
    title = _("AUC for “{label}” over the training").format(label=label)
    places = np.arange(len(steps))
    named = [
        (own, _("unit {unit}").format(unit=unit), "h", "solid"),
        (best, _("best unit of each step"), "c", CELL_DASHES["gru"]),
        (probe, _("probe on all units"), "y", CELL_DASHES["lstm"]),
    ]
    traces = [
        dict(
            type="scatter",
            mode="lines+markers",
            name=name,
            x=places,
            y=values,
            customdata=list(steps),
            line={"color": INKS[ink].light, "width": 3, "dash": dash},
            marker={"size": 8, "color": INKS[ink].light},
            hovertemplate=f"{name}, %{{customdata}}<br><b>%{{y:.3f}}</b><extra></extra>",
        )
        for values, name, ink, dash in named
    ]
    shade = dict(type="rect", xref="paper", x0=0, x1=1, y0=0.5 - band, y1=0.5 + band, fillcolor=GRID)
    mark = dict(type="line", yref="paper", x0=at, x1=at, y0=0, y1=1)
    low = min(0.45, float(min(values.min() for values, *_rest in named)) - 0.02)
    layout: Layout = {
        "xaxis": {
            "tickvals": places,
            "ticktext": [str(step) for step in steps],
            "range": [-0.3, len(steps) - 0.7],
            "title": {"text": _("training step")},
        },
        "yaxis": {"range": [low, 1.02], "title": {"text": _("AUC")}},
        "shapes": [
            {**shade, "line": {"width": 0}, "layer": "below", "opacity": 0.6},
            {**mark, "line": {"color": MUTED.light, "width": 1.5, "dash": "dot"}},
        ],
    }
    alt = _(
        "{title}. Unit {unit}: from {first} at step 0 to {last} at step {step}. Shifted labels reach {band}."
    ).format(
        title=title, unit=unit, first=number(own[0]), last=number(own[-1]), step=steps[-1], band=number(0.5 + band)
    )
    return Chart(figure(traces, title=title, height=480, showlegend=True, **layout), alt)
