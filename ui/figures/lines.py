"""Values over time, as lines with their names at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from ui.figures.chart import Chart, Traces, figure, time_range
from ui.figures.style import INKS
from ui.figures.thin import Array, thin
from ui.figures.words import finite_range, number, subscript, thinned_note
from ui.i18n import _

MOST_POINTS = 2_000  # more than a screen has pixels across
MOST_NAMED = 6  # more lines than this have a legend instead of names at their ends
HEIGHT = 320
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


@dataclass(frozen=True)
class Line:
    name: str
    values: Array  # (N,)
    ink: str = "h"
    first_step: int = 1
    every: int = 1  # steps between two values: a loss may be recorded at each tenth step
    dash: Literal["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] = "solid"
    opacity: float = 1.0

    @property
    def steps(self) -> Array:
        return self.first_step + self.every * np.arange(len(self.values), dtype=np.float64)


def lines_over_time(
    lines: Sequence[Line],
    *,
    title: str,
    y_title: str,
    x_title: str = "",
    y_range: tuple[float, float] | None = None,
) -> Chart:
    low, high = y_range or padded(finite_range(np.concatenate([line.values for line in lines])))
    layout: dict[str, Any] = {"yaxis": {"title": {"text": y_title}, "range": [low, high]}}
    alt = " ".join([_("{title}: lines over {x}.").format(title=title, x=x_title or _("step t")), *map(describe, lines)])
    return drawn(lines, lines, title, x_title, layout, alt)


def unit_lines(values: Array, units: Sequence[int], *, title: str, symbol: str, ink: str, first_step: int = 1) -> Chart:
    """Chosen units (from 0) of values (T, H): one colour, since it is one symbol; told apart by dashes and names."""
    lines = [
        Line(symbol + subscript(unit + 1), values[:, unit], ink, first_step, dash=DASHES[place % len(DASHES)])
        for place, unit in enumerate(units)
    ]
    return lines_over_time(lines, title=title, y_title=symbol)


def drawn(
    lines: Sequence[Line],
    whole: Sequence[Line],
    title: str,
    x_title: str,
    layout: dict[str, Any],
    alt: str,
    behind: Traces = (),
) -> Chart:
    """`lines` as they can be drawn, of the `whole` lines that set the axis of time, with the traces `behind` them."""
    log = layout["yaxis"].get("type") == "log"
    named = len(lines) <= MOST_NAMED
    thinned = [thin(line.values[:, None], MOST_POINTS) for line in lines]
    traces = [
        _trace(line, line.steps[shown.steps[:, 0]], shown.values[:, 0], not named)
        for line, shown in zip(lines, thinned, strict=True)
    ]
    first, last = min(line.steps[0] for line in whole), max(line.steps[-1] for line in whole)
    every = max(line.every for line in whole)
    layout["xaxis"] = {"title": {"text": x_title or _("step t")}, "range": time_range(first, last, every)}
    if named:
        layout["annotations"] = [*layout.get("annotations", []), *_end_names(lines, layout["yaxis"]["range"], log)]
    most = max((len(line.values) for line, shown in zip(lines, thinned, strict=True) if shown.thinned), default=0)
    note = thinned_note(most, max(len(shown.centres) for shown in thinned)) if most else ""
    return Chart(figure([*behind, *traces], title=title, height=HEIGHT, **layout), alt, note)


def _trace(line: Line, steps: Array, values: Array, in_legend: bool) -> dict[str, Any]:
    few = len(values) <= 60
    return dict(
        type="scatter",
        name=line.name,
        x=steps,
        y=values,
        mode="lines+markers" if few and line.dash == "solid" else "lines",
        line={"color": INKS[line.ink].light, "width": 2, "dash": line.dash},
        marker={"size": 5},
        opacity=line.opacity,
        showlegend=in_legend,
        hovertemplate=f"<b>%{{y:.6~g}}</b><br>{line.name}, %{{x}}<extra></extra>",
    )


def _end_names(lines: Sequence[Line], y_range: Sequence[float], log: bool) -> list[dict[str, Any]]:
    """Each name at the height of its line's last value: at the edge, moved apart where two would touch, or where a shorter
    line ends."""
    last, low, high = max(line.steps[-1] for line in lines), *y_range
    at_edge, names = [], []
    for line in lines:
        finite = line.values[np.isfinite(line.values) & ((line.values > 0) | (not log))]
        if finite.size:
            end = float(np.log10(finite[-1]) if log else finite[-1])
            if line.steps[-1] == last:
                at_edge.append((end, line))
            else:
                names.append(_end_name(line, {"x": float(line.steps[-1]), "xref": "x", "y": end}))
    heights = spread([end for end, _line in at_edge], (high - low) * 0.075, low, high)
    for height, (_end, line) in zip(heights, at_edge, strict=True):
        names.append(_end_name(line, {"x": 1.0, "xref": "paper", "y": height}))
    return names


def _end_name(line: Line, place: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": line.name,
        "xanchor": "left",
        "xshift": 6,
        "yref": "y",
        "showarrow": False,
        "font": {"color": INKS[line.ink].light, "size": 14},
        **place,
    }


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The places, moved as little as keeps them `gap` apart and inside low..high, in their order."""
    order = np.argsort(places, kind="stable")
    moved = np.clip(np.asarray(places, dtype=np.float64)[order], low, high)
    for before, after in pairwise(range(len(moved))):
        moved[after] = max(moved[after], moved[before] + gap)
    if len(moved) and moved[-1] > high:
        moved[-1] = high
        for after, before in pairwise(reversed(range(len(moved)))):
            moved[before] = min(moved[before], moved[after] - gap)
    back = np.empty_like(moved)
    back[order] = moved
    return [float(place) for place in back]


def padded(span: tuple[float, float]) -> tuple[float, float]:
    low, high = span
    room = 0.06 * (high - low) or max(1e-9, 0.1 * abs(high)) or 1.0
    return low - room, high + room


def describe(line: Line) -> str:
    """The line in words: where it starts and ends, and its highest and lowest point."""
    finite = np.flatnonzero(np.isfinite(line.values))
    if not finite.size:
        return _("{name}: no finite value.").format(name=line.name)
    values, steps = line.values[finite], line.steps[finite]
    low, high = int(values.argmin()), int(values.argmax())
    return _("{name}: from {start} to {end}; lowest {low} at {low_step}, highest {high} at {high_step}.").format(
        name=line.name,
        start=number(float(values[0])),
        end=number(float(values[-1])),
        low=number(float(values[low])),
        low_step=f"{steps[low]:g}",
        high=number(float(values[high])),
        high_step=f"{steps[high]:g}",
    )
