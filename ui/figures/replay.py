"""A finished run played back: the same chart at several moments, sent once and played by the browser."""

from collections.abc import Iterable, Sequence

import plotly.graph_objects as go

from ui.figures.chart import Chart
from ui.i18n import _


def replay(charts: Sequence[Chart], names: Sequence[str]) -> Chart:
    """Charts of one kind (same traces, same order), one for each moment, on scales that hold for all of them."""
    figures = [chart.figure for chart in charts]
    last = figures[-1]
    for place, trace in enumerate(last.data):
        if trace.type == "heatmap":
            low, high = _span((figure.data[place].zmin, figure.data[place].zmax) for figure in figures)
            for figure in figures:
                figure.data[place].update(zmin=low, zmax=high)
    for axis in ("xaxis", "yaxis"):
        if last.layout[axis].range is not None:
            first, end = last.layout[axis].range
            low, high = _span(sorted(figure.layout[axis].range) for figure in figures)
            last.layout[axis].range = (low, high) if first < end else (high, low)
    frames = [go.Frame(data=figure.data, name=name) for figure, name in zip(figures, names, strict=True)]
    alt = _("{alt} Shown at {count} moments, from {first} to {last}.").format(
        alt=charts[-1].alt, count=len(charts), first=names[0], last=names[-1]
    )
    return Chart(go.Figure(last.data, layout=last.layout, frames=frames), alt, charts[-1].note)


def _span(ranges: Iterable[Sequence[float]]) -> tuple[float, float]:
    lows, highs = zip(*ranges, strict=True)
    return min(lows), max(highs)
