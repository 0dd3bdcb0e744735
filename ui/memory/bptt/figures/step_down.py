"""The loss after one step of gradient descent, for every size of the step, with the linear prediction of the gradient."""

from typing import Any

import numpy as np

from ui.figures.chart import Chart, Layout, figure
from ui.figures.style import INKS
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _


def step_down_chart(
    rates: Array, losses: Array, truncated: Array | None, slope: float, chosen: tuple[float, float], *, title: str
) -> Chart:
    """losses (N,) after a step of each size along the whole gradient, `truncated` the same along the truncated gradient.

    `slope` is that of the loss at size 0; `chosen` is the size of the step with the loss that it leads to.
    """
    start = float(losses[0])
    lines = [_line(rates, start + slope * rates, _("predicted by the slope"), "baseline", "dash")]
    lines.append(_line(rates, losses, _("along the whole gradient"), "loss", "solid"))
    if truncated is not None:
        lines.append(_line(rates, truncated, _("along the truncated gradient"), "gradient", "dot"))
    mark = {
        "type": "scatter",
        "mode": "markers",
        "x": [0.0, chosen[0]],
        "y": [start, chosen[1]],
        "marker": {"size": [9, 13], "color": INKS["loss"].light, "line": {"width": 0}},
        "hovertemplate": "%{x:.3~g}<br><b>L = %{y:.6~g}</b><extra></extra>",
        "showlegend": False,
    }
    top = 2.0 * start if start > 0.0 else 1.0
    layout: Layout = {
        "xaxis": {"title": {"text": _("step size η")}, "range": (-0.02 * rates[-1], rates[-1])},
        "yaxis": {"title": {"text": _("loss after the step")}, "range": (-0.1 * top, top)},
        "margin": {"r": 24},
    }
    lowest = int(np.nanargmin(losses))
    alt = _(
        "{title}: the loss falls from {start}; at step size {rate} it is {after}. It is lowest, {low}, at {best}."
    ).format(
        title=title,
        start=number(start),
        rate=number(chosen[0]),
        after=number(chosen[1]),
        low=number(float(losses[lowest])),
        best=number(float(rates[lowest])),
    )
    return Chart(figure([*lines, mark], title=title, height=380, **layout), alt)


def _line(rates: Array, losses: Array, name: str, ink: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": rates,
        "y": losses,
        "line": {"color": INKS[ink].light, "width": 2.5, "dash": dash},
        "hovertemplate": f"{name}<br>%{{x:.3~g}}<br><b>L = %{{y:.6~g}}</b><extra></extra>",
    }
