"""Ranges of a series with the same pattern of units, one over the other with their first steps aligned, and what comes before and after."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis.inside.matching import Pattern
from rnn_core.arrays import Array
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import GRID, INKS, MUTED
from ui.i18n import _

AROUND = 12  # steps before and after the longest range
SERIES, COUNT = (0.42, 1.0), (0.0, 0.3)  # parts of the height


def aligned_ranges(
    values: Array, on: NDArray[np.int64], pattern: Pattern, ranges: Sequence[tuple[int, int, str]]
) -> Chart:
    """values (T,); `on` (T,): how many of the pattern's units are on; `ranges`: the first step, the one after the last, and the name, of
    the selected range and of those that were found."""
    title = _("The selected range and {count} others like it, aligned at their first step").format(
        count=len(ranges) - 1
    )
    traces: list[Trace] = []
    for number, (start, end, name) in enumerate(ranges):
        first, last = max(0, start - AROUND), min(len(values), end + AROUND)
        steps = np.arange(first, last) - start
        line = (
            {"color": INKS["h"].light, "width": 3}
            if number == 0
            else {"color": INKS["c"].light, "width": 1.2, "dash": "solid" if number < 4 else "dot"}
        )
        for shown, axis in ((values, "y"), (on, "y2")):
            traces.append(
                dict(
                    type="scatter", mode="lines", name=name, x=steps, y=shown[first:last], yaxis=axis, line=line,
                    opacity=1.0 if number == 0 else 0.55, showlegend=False,
                    hovertemplate=f"{name}<br><b>%{{y:.5~g}}</b><extra></extra>",
                )
            )  # fmt: skip
    length = pattern.end - pattern.start
    layout: Layout = {
        "xaxis": {"title": {"text": _("steps from the beginning of the range")}, "range": [-AROUND - 0.5, length + AROUND], "anchor": "y2"},
        "yaxis": {"domain": list(SERIES), "title": {"text": _("series")}},
        "yaxis2": {
            "domain": list(COUNT), "title": {"text": _("units on")}, "range": [-0.2, len(pattern.units) + 0.3],
            "tickvals": sorted({0, len(pattern.units)}),
        },
        "shapes": [
            dict(type="rect", xref="x", yref="paper", x0=-0.5, x1=length - 0.5, y0=0, y1=1, fillcolor=GRID, line={"width": 0}, layer="below"),
            dict(type="line", xref="x", yref="paper", x0=-0.5, x1=-0.5, y0=0, y1=1, line={"color": MUTED.light, "width": 1, "dash": "dot"}),
        ],
        "margin": {"l": 64, "r": 12},
    }  # fmt: skip
    alt = _("{title}: {names}. The grey part is the selected range, {steps} steps long.").format(
        title=title, names=", ".join(name for _start, _end, name in ranges), steps=length
    )
    return Chart(figure(traces, title=title, height=420, **layout), alt)
