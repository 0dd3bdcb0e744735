"""A few numbers side by side."""

from collections.abc import Sequence

import numpy as np

from ui.figures.chart import Chart, Layout, figure
from ui.figures.style import INKS
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _


def bars(
    values: Array,
    labels: Sequence[str],
    *,
    title: str,
    y_title: str,
    x_title: str = "",
    inks: str | Sequence[str] = "h",
    y_range: tuple[float, float] | None = None,
    as_percent: bool = False,
) -> Chart:
    """values (N,). One ink for all, or one for each. Shares in percent are written above narrow bars."""
    each = [inks] * len(values) if isinstance(inks, str) else list(inks)
    trace = dict(
        type="bar",
        x=np.arange(len(values)),
        y=values,
        customdata=list(labels),
        marker={"color": [INKS[ink].light for ink in each], "line": {"width": 0}},
        text=[f"{100 * value:.0f}" if as_percent else number(float(value)) for value in values]
        if len(values) <= 12
        else None,
        textposition="outside",
        textangle=0,  # narrow bars keep labels of a readable size
        constraintext="none",
        textfont={"size": 13},
        cliponaxis=False,
        hovertemplate="%{customdata}<br><b>%{y:.6~g}</b><extra></extra>",
    )
    layout: Layout = {
        "xaxis": {
            "title": {"text": x_title},
            "tickvals": np.arange(len(values)),
            "ticktext": list(labels),
            "showgrid": False,
        },
        "yaxis": {"title": {"text": y_title}, "zeroline": True, "tickformat": ".0%" if as_percent else ""}
        | ({"range": y_range} if y_range else {}),
        "bargap": 0.35,
        "margin": {"t": 26, "r": 16},
    }
    words = ", ".join(f"{label} {number(float(value))}" for label, value in zip(labels, values, strict=True))
    alt = _("{title}: bars. {values}.").format(title=title, values=words)
    return Chart(figure([trace], title=title, height=300, **layout), alt)
