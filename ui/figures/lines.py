"""Values over time, as lines with their names at their ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from ui.figures.chart import Chart, Layout, Trace, figure, time_range
from ui.figures.names import in_lines, room_beside
from ui.figures.style import INKS, text_ink
from ui.figures.thin import Array, thin
from ui.figures.words import finite_range, number, subscript, thinned_note
from ui.i18n import _

MOST_POINTS = 2_000  # more than a screen has pixels across
MOST_DOTS = 40  # longer lines have no dots at their values: they would double the time that a slider waits
MOST_NAMED = 6  # more lines than this have a legend instead of names at their ends
HEIGHT = 320
NAME_HEIGHT, AROUND = 20, 56  # pixels: of a name with the air around it, and of a chart above and below its axes
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


@dataclass(frozen=True)
class Line:
    name: str
    values: Array  # (N,)
    ink: str = "h"
    first_step: int = 1
    every: int = 1  # steps between two values: a loss may be recorded at each tenth step
    dash: str = "solid"  # a name of plotly's, or lengths such as "13px,6px"
    opacity: float = 1.0
    in_scale: bool = True  # False: a scale of norms need not hold all of it, such as a bound far above what it bounds

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
    height: int = HEIGHT,
) -> Chart:
    low, high = y_range or calm(finite_range(np.concatenate([line.values for line in lines])))
    layout: Layout = {"yaxis": {"title": {"text": y_title}, "range": [low, high]}}
    alt = " ".join([_("{title}: lines over {x}.").format(title=title, x=x_title or _("step t")), *map(describe, lines)])
    return drawn(lines, lines, title, x_title, layout, alt, height=height)


def unit_lines(values: Array, units: Sequence[int], *, title: str, symbol: str, ink: str, first_step: int = 1) -> Chart:
    """Chosen units (from 0) of values (T, H): one colour for the one symbol, distinguished by dashes and names."""
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
    behind: Sequence[Trace] = (),
    most: int = MOST_POINTS,
    height: int = HEIGHT,
) -> Chart:
    """`lines` as they can be drawn, of the `whole` lines that set the axis of time, with the traces `behind` them."""
    log = layout["yaxis"].get("type") == "log"
    named = len(lines) <= MOST_NAMED
    thinned = [thin(line.values[:, None], most) for line in lines]
    traces = [
        _trace(line, line.steps[shown.steps[:, 0]], shown.values[:, 0], not named)
        for line, shown in zip(lines, thinned, strict=True)
    ]
    first, last = min(line.steps[0] for line in whole), max(line.steps[-1] for line in whole)
    every = max(line.every for line in whole)
    layout["xaxis"] = {"title": {"text": x_title or _("step t")}, "range": time_range(first, last, every)}
    if named:
        written = {line.name: in_lines(line.name) for line in lines}
        room = NAME_HEIGHT * max(map(len, written.values())) / (height - AROUND)
        traces.append(_end_names(lines, written, layout["yaxis"]["range"], log, room))
        layout["margin"] = {"r": room_beside([row for rows in written.values() for row in rows])}
    most = max((len(line.values) for line, shown in zip(lines, thinned, strict=True) if shown.thinned), default=0)
    note = thinned_note(most, max(len(shown.centres) for shown in thinned if shown.thinned)) if most else ""
    return Chart(figure([*behind, *traces], title=title, height=height, **layout), alt, note)


def _trace(line: Line, steps: Array, values: Array, in_legend: bool) -> dict[str, Any]:
    few = len(values) <= MOST_DOTS
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


def _end_names(
    lines: Sequence[Line], written: Mapping[str, list[str]], y_range: Sequence[float], log: bool, room: float
) -> dict[str, Any]:
    """Each name at the height of its line's last value: at the edge, moved apart where two would touch, or where a line ends
    or leaves the picture before. They are marks like the lines, and move as quickly with every update. `room` is the part of
    the axis that a name takes."""
    last, low, high = max(line.steps[-1] for line in lines), *y_range
    ends, edge = [], []
    for line in lines:
        drawable = np.flatnonzero(np.isfinite(line.values) & ((line.values > 0) | (not log)))
        if not drawable.size:
            continue
        heights = np.log10(line.values[drawable]) if log else line.values[drawable]
        seen = np.flatnonzero((heights >= low) & (heights <= high))
        leaves = bool(seen.size) and seen[-1] < len(drawable) - 1
        at = int(seen[-1]) if leaves else len(drawable) - 1
        stops = not line.in_scale and drawable[-1] < len(line.values) - 1
        if leaves or stops or line.steps[-1] != last:
            ends.append((float(heights[at]), float(line.steps[drawable[at]]), line))
        else:
            edge.append((float(heights[at]), float(last), line))
    places = [height for height, _step, _line in ends]
    places += spread([height for height, _step, _line in edge], (high - low) * room, low, high)
    ends += edge
    return dict(
        type="scatter",
        mode="text",
        x=np.array([step for _height, step, _line in ends]),
        y=10.0 ** np.array(places) if log else np.array(places),
        customdata=[height for height, _step, _line in ends],  # the browser knows the chart's height (plot/names.js)
        meta="names",
        text=["<br>".join("\N{EM SPACE}" + row for row in written[line.name]) for _height, _step, line in ends],
        textfont={"color": [text_ink(line.ink).light for _height, _step, line in ends], "size": 14},
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


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


def calm(span: tuple[float, float]) -> tuple[float, float]:
    """Round limits around the span, which small changes of the values do not move, so that the axis rarely changes while a slider moves."""
    low, high = padded(span)
    rough = (high - low) / 8
    step = 10.0 ** np.floor(np.log10(rough))
    step *= next(factor for factor in (1, 2, 5, 10) if factor * step >= rough * (1 - 1e-9))
    return float(np.floor(low / step) * step), float(np.ceil(high / step) * step)


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
