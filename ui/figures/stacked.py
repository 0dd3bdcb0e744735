"""Several charts over one axis of time, one above the other, as one chart."""

from collections.abc import Sequence
from typing import Any

from ui.figures.chart import Chart, Layout, Trace, figure
from ui.i18n import _

GAP = 0.05  # of the height, between two charts
HEIGHT = 540


def stacked(charts: Sequence[Chart], shares: Sequence[float], *, title: str) -> Chart:
    """The first one on top; `shares` are the parts of the height. Every part keeps its axis of values, and names it."""
    traces: list[Trace] = []
    layout: Layout = {"annotations": [], "shapes": []}
    room = 1.0 - GAP * (len(charts) - 1)
    top, ends = 1.0, []
    for place, (chart, share) in enumerate(zip(charts, shares, strict=True)):
        name = "y" if place == 0 else f"y{place + 1}"
        drawn: dict[str, Any] = chart.figure.to_plotly_json()
        below = top - share / sum(shares) * room
        own = drawn["layout"]
        layout[f"yaxis{name[1:]}"] = own["yaxis"] | {"domain": [max(0.0, below), top], "anchor": "x"}
        ends.append(own["xaxis"]["range"])
        for trace in drawn["data"]:
            if trace.get("mode") == "text":  # a name at the end of its line: here the axis has the name
                continue
            kept = {"showscale": False} if trace["type"] == "heatmap" else {}
            traces.append(trace | {"yaxis": name} | kept)
        layout["annotations"] += [each | {"yref": name} for each in own.get("annotations", ()) if "yref" not in each]
        top = below - GAP
    bottom = "y" if len(charts) == 1 else f"y{len(charts)}"
    layout["xaxis"] = {
        "title": {"text": _("step t")},
        "range": [min(first for first, _last in ends), max(last for _first, last in ends)],
        "showgrid": False,
        "anchor": bottom,
    }
    layout["margin"] = {"l": 66, "r": 16, "t": 34, "b": 46}
    alt = " ".join(chart.alt for chart in charts)
    return Chart(figure(traces, title=title, height=HEIGHT, **layout), alt)
