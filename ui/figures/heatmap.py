"""Values of many units over time, as colours: one row per unit, one column per step."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from ui.figures.chart import Chart, Layout, figure, remark, time_range
from ui.figures.style import DIVERGING_LIGHT, INKS, ZERO
from ui.figures.thin import Array, Thinned, thin
from ui.figures.words import finite_range, first_bad_step, largest_magnitude, number, subscript, thinned_note
from ui.i18n import _

MOST_CELLS = 40_000  # about half a megabyte on the wire
MOST_LABELLED = 16  # rows; with more there is no space for their names
Scale = Literal["signed", "gate"]

SIGNED_COLOURS = list(zip((0.0, 0.5, 1.0), DIVERGING_LIGHT, strict=True))


def state_heatmap(
    values: Array,
    *,
    title: str,
    symbol: str = "h",
    first_step: int = 0,
    inputs: Array | None = None,
    units: Sequence[int] | None = None,
    reach: float | None = None,
    last_step: int | None = None,
) -> Chart:
    """Signed values (T, H), such as a state or a gradient: the scale is centred at zero.

    `units` are the numbers (from 0) of the units in the columns, where these are not in their order. `reach` is the end of
    the scale: charts that are compared have the same one. `last_step` is the end of the axis, where that is later than the
    last value: a chart above may go on.
    """
    return _heatmap(values, title, symbol, first_step, inputs, "signed", "h", units, reach, last_step)


def gate_heatmap(
    values: Array,
    *,
    title: str,
    ink: str,
    symbol: str = "",
    first_step: int = 1,
    inputs: Array | None = None,
    units: Sequence[int] | None = None,
) -> Chart:
    """A gate (T, H): from 0, closed, to 1, open, in the gate's own colour."""
    return _heatmap(values, title, symbol, first_step, inputs, "gate", ink, units, None)


def _heatmap(
    values: Array,
    title: str,
    symbol: str,
    first_step: int,
    inputs: Array | None,
    scale: Scale,
    ink: str,
    units: Sequence[int] | None,
    reach: float | None,
    last_step: int | None = None,
) -> Chart:
    T, H = values.shape
    names = [str(unit + 1) for unit in (range(H) if units is None else units)]
    shown = thin(values, max(2, MOST_CELLS // H))
    traces = [_cells(shown, first_step, symbol, scale, ink, names, reach)]
    layout: Layout = {
        "xaxis": {
            "title": {"text": _("step t")},
            "range": time_range(first_step, last_step or first_step + T - 1),
            "showgrid": False,
        },
        "yaxis": {"range": [H - 0.5, -0.5], "showgrid": False, "title": {"text": _("unit")}}
        | _row_names(symbol, names),
    }
    height = int(np.clip(96 + 26 * H, 190, 460))
    if inputs is not None:
        traces.append(input_above(inputs, first_step + T - len(inputs)))
        layout["yaxis"]["domain"] = [0.0, 0.74]
        layout["yaxis2"] = {
            "domain": [0.82, 1.0],
            "anchor": "x",
            "title": {"text": "x"},
            "showgrid": False,
            "nticks": 3,
        }
        height += 70
    bad = first_bad_step(values)
    if bad is not None:
        layout["annotations"] = [_bad_mark(values, bad, first_step)]
    return Chart(
        figure(traces, title=title, height=height, **layout),
        _alt(values, title, first_step, scale, bad, names),
        thinned_note(T, len(shown.centres)) if shown.thinned else "",
    )


def _cells(
    shown: Thinned, first_step: int, symbol: str, scale: Scale, ink: str, names: list[str], reach: float | None
) -> dict[str, Any]:
    reach = reach or largest_magnitude(shown.values)
    colours: dict[str, Any] = (
        {"zmin": 0.0, "zmax": 1.0, "colorscale": [[0.0, ZERO.light], [1.0, INKS[ink].light]]}
        if scale == "gate"
        else {"zmin": -reach, "zmax": reach, "colorscale": SIGNED_COLOURS}
    )
    where = _("unit %{y}, step %{x}")
    if shown.thinned:  # a column shows several steps: name the step of the value
        where = _("unit %{y}, step %{customdata}")
    return dict(
        type="heatmap",
        name=symbol or _("value"),
        x=shown.centres + first_step if shown.thinned else (shown.centres + first_step).astype(int),
        y=names,
        z=shown.values.T,
        customdata=(shown.steps.T + first_step) if shown.thinned else None,
        hovertemplate=f"{where}<br><b>%{{z:.6~g}}</b><extra></extra>",
        hoverongaps=False,
        colorbar={
            "thickness": 12,
            "outlinewidth": 0,
            "tickfont": {"size": 12},
            "nticks": 5,
            "x": 1.01,
            "xpad": 4,
            "exponentformat": "power",
        },
        **colours,
    )


def _row_names(symbol: str, names: list[str]) -> dict[str, Any]:
    """Rows have names and no positions, so that a sorted chart still shows the number of each unit."""
    axis: dict[str, Any] = {"type": "category"}
    if len(names) > MOST_LABELLED:
        return axis | {"nticks": 4}
    return axis | {
        "tickvals": names,
        "ticktext": [symbol + subscript(name) if symbol else name for name in names],
    }


def input_above(inputs: Array, first_step: int) -> dict[str, Any]:
    """The input (T, X): bars where it is one number per step, colours where it is more."""
    T, X = inputs.shape
    steps = np.arange(first_step, first_step + T)
    hover = _("input at step %{x}")
    if X == 1:
        return dict(
            type="bar",
            name="x",
            x=steps,
            y=inputs[:, 0],
            yaxis="y2",
            marker={"color": INKS["x"].light, "line": {"width": 0}},
            hovertemplate=f"{hover}<br><b>%{{y:.6~g}}</b><extra></extra>",
            showlegend=False,
        )
    reach = largest_magnitude(inputs)
    return dict(
        type="heatmap",
        name="x",
        x=steps,
        y=np.arange(1, X + 1),
        z=inputs.T,
        yaxis="y2",
        zmin=-reach,
        zmax=reach,
        colorscale=SIGNED_COLOURS,
        showscale=False,
        hovertemplate=f"{hover}, x<sub>%{{y}}</sub><br><b>%{{z:.6~g}}</b><extra></extra>",
    )


def _bad_mark(values: Array, bad: int, first_step: int) -> dict[str, Any]:
    row = values[bad]
    what = number(float(row[~np.isfinite(row)][0]))
    text = _("step {step}: {what}").format(step=bad + first_step, what=what)
    side = "right" if bad > len(values) / 2 else "left"
    return remark(text, x=bad + first_step, y=1.0, yref="paper", xanchor=side, yanchor="top")


def _alt(values: Array, title: str, first_step: int, scale: Scale, bad: int | None, names: list[str]) -> str:
    T, H = values.shape
    last = first_step + T - 1
    parts = [
        _("{title}: colours over steps {first} to {last}, units: {units}.").format(
            title=title, units=H, first=first_step, last=last
        )
    ]
    if np.isfinite(values).any():
        low, high = (np.unravel_index(place, values.shape) for place in (_arg(values, np.inf), _arg(values, -np.inf)))
        parts.append(
            _(
                "Lowest {low} (unit {low_unit}, step {low_step}), highest {high} (unit {high_unit}, step {high_step})."
            ).format(
                low=number(float(values[low])),
                low_unit=names[low[1]],
                low_step=low[0] + first_step,
                high=number(float(values[high])),
                high_unit=names[high[1]],
                high_step=high[0] + first_step,
            )
        )
        start, end = finite_range(values[:1]), finite_range(values[-1:])
        if scale == "gate":
            parts.append(
                _("Mean {mean}: 0 is closed, 1 is open.").format(mean=number(float(values[np.isfinite(values)].mean())))
            )
        else:
            parts.append(
                _("At step {first} from {a} to {b}, at step {last} from {c} to {d}.").format(
                    first=first_step,
                    a=number(start[0]),
                    b=number(start[1]),
                    last=last,
                    c=number(end[0]),
                    d=number(end[1]),
                )
            )
    if bad is not None:
        parts.append(_("From step {step} on there are values that are no longer finite.").format(step=bad + first_step))
    return " ".join(parts)


def _arg(values: Array, gap: float) -> int:
    """Place of the lowest (gap = inf) or the highest (gap = -inf) finite value."""
    filled = np.where(np.isfinite(values), values, gap)
    return int(filled.argmin() if gap > 0 else filled.argmax())
