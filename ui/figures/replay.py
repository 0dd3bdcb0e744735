"""A replay: the same chart at several moments of a finished run, sent once and played by the browser."""

from collections.abc import Iterable, Sequence
from typing import Any

from ui.figures.chart import Chart, figure
from ui.i18n import _


def replay(charts: Sequence[Chart], names: Sequence[str]) -> Chart:
    """Charts of one kind (same traces, same order), one per moment, on scales that include all of them."""
    moments = [chart.figure.to_plotly_json() for chart in charts]
    last = moments[-1]
    for place, trace in enumerate(last["data"]):
        if "zmin" in trace:
            low, high = _span((moment["data"][place]["zmin"], moment["data"][place]["zmax"]) for moment in moments)
            for moment in moments:
                moment["data"][place] |= {"zmin": low, "zmax": high}
    layout: dict[str, Any] = last["layout"]
    for axis in ("xaxis", "yaxis"):
        if layout[axis].get("range"):
            first, end = layout[axis]["range"]
            low, high = _span(sorted(moment["layout"][axis]["range"]) for moment in moments)
            layout[axis]["range"] = (low, high) if first < end else (high, low)
    frames = [{"data": moment["data"], "name": name} for moment, name in zip(moments, names, strict=True)]
    alt = _("{alt} Shown at {count} moments, from {first} to {last}.").format(
        alt=charts[-1].alt, count=len(charts), first=names[0], last=names[-1]
    )
    title = layout.pop("title")["text"]
    return Chart(figure(last["data"], title=title, frames=frames, **layout), alt, charts[-1].note)


def _span(ranges: Iterable[Sequence[float]]) -> tuple[float, float]:
    lows, highs = zip(*ranges, strict=True)
    return min(lows), max(highs)
