"""Values of units over time as ribbons: as wide as the value, in the colour of its sign, behind the jaws of a gate where one is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ui.figures.chart import Chart, time_range
from ui.figures.drawing import Figure
from ui.figures.heatmap import state_heatmap
from ui.figures.style import DIVERGING_LIGHT, INKS
from ui.figures.thin import Array, thin
from ui.figures.words import largest_magnitude

MOST_ROWS = 32  # more units have the colours of a heatmap
MOST_COLUMNS = 240
MOST_NAMES = 16  # of rows
HALF, IN_JAWS = (
    0.56,
    0.48,
)  # of a row: a ribbon at its widest may touch its neighbours, but not the jaws of an open gate
PALE = 0.36
_QUIET: dict[str, Any] = {"type": "scatter", "yaxis": "y3", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
NEGATIVE, _ZERO, POSITIVE = DIVERGING_LIGHT


@dataclass(frozen=True)
class Jaws:
    """A gate from 0 to 1 that closes on the ribbons from above and below."""

    openness: Array  # (N, H), of the last N steps
    ink: str
    symbol: str
    left: Array | None = None  # (T, H), the part of the values that is drawn in full colour, in front of the whole


def ribbons(
    values: Array,
    *,
    title: str,
    symbol: str = "h",
    first_step: int = 0,
    inputs: Array | None = None,
    units: Sequence[int] | None = None,
    reach: float | None = None,
    jaws: Jaws | None = None,
    row_names: Sequence[str] = (),
    groups: Mapping[int, str] | None = None,
    handle: Mapping[str, object] | None = None,
    mark: float | None = None,
) -> Chart:
    """values (T, H), as `state_heatmap` draws them. `row_names` stand in place of the units' symbols, `groups` are words above a row, and `handle` names the dial that a
    line in the picture moves. `mark` is a step with a dotted line. The cells stay, invisible: they are pointed at, clicked and read with
    the keys."""
    chart = state_heatmap(
        values, title=title, symbol=symbol, first_step=first_step, inputs=inputs, units=units, reach=reach
    )
    drawn = chart.figure.to_plotly_json()
    layout = drawn["layout"] | {"meta": {"sentence": True, "handle": handle}}
    T, H = values.shape
    layout["yaxis"] = layout["yaxis"] | {"title": {"text": ""}} | _names_of_rows(row_names)
    if H > MOST_ROWS:
        return Chart(Figure(drawn["data"], layout), chart.alt, chart.note)
    cells, *above = drawn["data"]
    cells |= {"opacity": 0, "showscale": False}
    if jaws is not None and len(jaws.openness) == T - 1:
        cells |= _with_openness(cells, jaws, values)
    layout |= {
        "yaxis": layout["yaxis"] | {"showgrid": True},
        "yaxis3": {"overlaying": "y", "range": [H - 0.5, -0.5], "visible": False},
        "margin": {"r": 28},
    }
    if inputs is not None:
        layout["yaxis"] = layout["yaxis"] | {"domain": [0.0, 0.84]}
        layout["yaxis2"] = layout["yaxis2"] | {"domain": [0.88, 1.0], "nticks": 2}
    # A value that is not finite leaves a gap: the chart's own mark says where.
    half = (HALF if jaws is None else IN_JAWS) / (reach or largest_magnitude(values))
    layers = [(values, 1.0)] if jaws is None or jaws.left is None else [(values, PALE), (jaws.left, 1.0)]
    traces = [_ribbon(half * layer, first_step, sign, opacity) for layer, opacity in layers for sign in (1, -1)]
    traces.append(_mark(mark, H))
    if groups:
        traces.append(_group_words(groups, time_range(first_step, first_step + T - 1)[0]))
    if jaws is not None:
        traces.append(_jaws(jaws, first_step + T - len(jaws.openness)))
    return Chart(Figure([cells, *above, *traces], layout), chart.alt, chart.note)


def _names_of_rows(names: Sequence[str]) -> dict[str, Any]:
    every = -(-len(names) // MOST_NAMES) or 1
    places = range(0, len(names), every)
    return {"tickvals": [str(at + 1) for at in places], "ticktext": [names[at] for at in places]} if names else {}


def _with_openness(cells: Mapping[str, Any], jaws: Jaws, values: Array) -> dict[str, Any]:
    """The gate is named where a value is pointed at. Long runs are thinned, and their columns name the step instead."""
    if cells.get("customdata") is not None:
        return {}
    openness = np.vstack([np.full(values.shape[1], np.nan), jaws.openness]).T
    template = cells["hovertemplate"].replace("<extra>", f"<br>{jaws.symbol} = %{{customdata:.3~g}}<extra>")
    return {"customdata": openness, "hovertemplate": template}


def _ribbon(wide: Array, first_step: int, sign: int, opacity: float) -> dict[str, Any]:
    shown = thin(np.where(np.isfinite(wide), wide, 0.0), MOST_COLUMNS)
    rows = []
    for row, values in enumerate(shown.values.T):
        at, ends = _with_crossings(shown.centres, values)
        part = np.maximum(sign * ends, 0.0)
        rows.append((at + first_step, row - part, row + part))
    return _filled(rows, POSITIVE if sign > 0 else NEGATIVE, opacity)


def _with_crossings(at: Array, values: Array) -> tuple[Array, Array]:
    """The line with a point where it changes its sign, so that the ribbons of both signs meet there. A ribbon begins at the first value
    that is not 0, and ends at the last."""
    one, other = values[:-1], values[1:]
    before = np.flatnonzero((one * other < 0.0) | ((one == 0.0) != (other == 0.0)))
    one, other = one[before], other[before]
    share = np.where(one == 0.0, 1.0, np.where(other == 0.0, 0.0, one / (one - other)))
    crossings = at[before] + share * (at[before + 1] - at[before])
    return np.insert(at, before + 1, crossings), np.insert(values, before + 1, 0.0)


def _jaws(jaws: Jaws, first_step: int) -> dict[str, Any]:
    shown = thin(np.nan_to_num(jaws.openness), MOST_COLUMNS)
    at = shown.centres + first_step
    edge = np.full(len(at), 0.5)
    rows = []
    for row, openness in enumerate(shown.values.T):
        rows += [(at, row - edge, row - openness / 2), (at, row + openness / 2, row + edge)]
    return _filled(rows, INKS[jaws.ink].light, 0.34)


def _filled(rows: Sequence[tuple[Array, Array, Array]], colour: str, opacity: float) -> dict[str, Any]:
    """One polygon around rows of (steps, upper edge, lower edge): between two rows it runs along the first step and back."""
    x = [np.concatenate([at, at[::-1], at[:1]]) for at, _upper, _lower in rows]
    y = [np.concatenate([upper, lower[::-1], upper[:1]]) for _at, upper, lower in rows]
    return _QUIET | {
        "x": np.concatenate(x).astype(np.float32),
        "y": np.concatenate(y).astype(np.float32),
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": colour,
        "opacity": opacity,
    }


def _mark(step: float | None, rows: int) -> dict[str, Any]:
    return _QUIET | {
        "x": np.full(2, np.nan if step is None else step),
        "y": np.array([-0.5, rows - 0.5]),
        "line": {"width": 2, "color": INKS["baseline"].light, "dash": "dot"},
    }


def _group_words(groups: Mapping[int, str], left: float) -> dict[str, Any]:
    return _QUIET | {
        "mode": "text",
        "x": np.full(len(groups), left),
        "y": np.array(list(groups), dtype=np.float64) - 0.5,
        "text": ["\N{EN SPACE}" + word for word in groups.values()],
        "textposition": "middle right",
        "textfont": {"size": 15, "color": INKS["h"].light},
        "cliponaxis": False,
    }
