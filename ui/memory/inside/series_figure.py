"""A series coloured by one unit, the unit's values below it, and all units as rows of colours on the same axis."""

from collections.abc import Sequence

import numpy as np

from rnn_core.arrays import Array, Mask
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import DIVERGING_LIGHT, GRID, INKS, MUTED
from ui.i18n import _

SERIES, LABEL, UNIT, UNITS = (0.62, 1.0), (0.555, 0.585), (0.36, 0.53), (0.0, 0.31)  # parts of the height
TICKS = 8
ROWS = 0  # the place of the rows of all units among the traces


def series_by_unit(
    values: Array,
    dates: Sequence[str],
    units: Array,
    order: Sequence[int],
    unit: int,
    label: str,
    marks: Mask,
    first: int,
    value: str,
) -> Chart:
    """values (T,); units (H, T) from -1 to 1, drawn in `order`; `first`: steps of the part that decides."""
    title = _("The series, coloured by unit {unit}").format(unit=unit)
    steps = np.arange(1, len(values) + 1)
    scale = list(zip((0.0, 0.5, 1.0), DIVERGING_LIGHT, strict=True))
    rows = dict(
        type="heatmap",
        name=_("all units"),
        x=steps,
        y=np.arange(len(order)),
        z=units[list(order)],
        zmin=-1.0,
        zmax=1.0,
        colorscale=scale,
        showscale=False,
        customdata=[[_("unit {unit}").format(unit=each)] * len(steps) for each in order],
        yaxis="y4",
        hovertemplate="%{customdata}, %{x}<br><b>%{z:.2f}</b><extra></extra>",
    )
    holds = dict(
        type="heatmap",
        name=label,
        x=steps,
        y=[0],
        z=[marks.astype(int)],
        zmin=0,
        zmax=1,
        colorscale=[[0.0, GRID], [1.0, INKS["h"].light]],
        showscale=False,
        yaxis="y2",
        hoverinfo="skip",
    )
    line = dict(
        type="scatter",
        mode="lines+markers",
        name=_("series"),
        x=steps,
        y=values,
        line={"color": MUTED.light, "width": 1},
        marker={
            "size": 7 if len(values) <= 350 else 4,
            "color": units[unit],
            "cmin": -1.0,
            "cmax": 1.0,
            "colorscale": scale,
            "line": {"color": MUTED.light, "width": 0.5},
        },
        unselected={"marker": {"opacity": 1}},
        customdata=list(dates),
        hovertemplate="%{customdata}<br><b>%{y:.5~g}</b><extra></extra>",
    )
    own: Trace = dict(
        type="scatter",
        mode="lines",
        name=_("unit {unit}").format(unit=unit),
        x=steps,
        y=units[unit],
        yaxis="y3",
        line={"color": INKS["h"].light, "width": 2},
        hovertemplate="%{x}<br><b>%{y:.2f}</b><extra></extra>",
    )
    at = np.unique(np.linspace(0, len(values) - 1, TICKS).astype(int))
    row = list(order).index(unit)
    layout: Layout = {
        "xaxis": {
            "tickvals": steps[at],
            "ticktext": [dates[place] for place in at],
            "range": [0.5, len(values) + 0.5],
            "showgrid": False,
            "anchor": "y4",
        },
        "yaxis": {"domain": list(SERIES), "title": {"text": _("series")}, "range": _with_margin(values)},
        "yaxis2": {"domain": list(LABEL), "range": [-0.5, 0.5], "showticklabels": False, "showgrid": False},
        "yaxis3": {"domain": list(UNIT), "range": [-1.05, 1.05], "title": {"text": value}, "tickvals": [-1, 0, 1]},
        "yaxis4": {
            "domain": list(UNITS),
            "range": [len(order) - 0.5, -0.5],
            "showgrid": False,
            "showticklabels": False,
            "title": {"text": _("all units")},
        },
        "shapes": [
            dict(
                type="line", xref="x", yref="paper", x0=first + 0.5, x1=first + 0.5, y0=0, y1=1,
                line={"color": MUTED.light, "width": 1.5, "dash": "dot"},
            ),
            dict(
                type="rect", xref="x", yref="y4", x0=0.5, x1=len(values) + 0.5, y0=row - 0.5, y1=row + 0.5,
                line={"color": INKS["h"].light, "width": 2},
            ),
        ],
        "annotations": [
            dict(text=text, x=first + 0.5, xanchor=anchor, yref="paper", y=1.0, yanchor="bottom", showarrow=False)
            for text, anchor in ((_("decides") + "\N{EM SPACE}", "right"), ("\N{EM SPACE}" + _("measures"), "left"))
        ],
        "selectdirection": "h",
        "showlegend": False,
        "margin": {"l": 64, "r": 12, "t": 48},
    }  # fmt: skip
    alt = _(
        "{title}, its values below it, and {units} units as rows of colours. The label “{label}” holds at {share} of the {steps} steps."
    ).format(title=title, units=len(order), label=label, share=f"{marks.mean():.0%}", steps=len(values))
    return Chart(figure([rows, holds, line, own], title=title, height=560, **layout), alt)


def _with_margin(values: Array) -> tuple[float, float]:
    margin = 0.06 * float(np.ptp(values))
    return float(values.min()) - margin, float(values.max()) + margin
