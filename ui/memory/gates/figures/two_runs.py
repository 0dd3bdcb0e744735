"""A run with interventions beside the same run without them, and the steps of the intervention."""

from typing import Any

import numpy as np

from ui.figures.chart import Chart, Layout, figure, time_range
from ui.figures.lines import MOST_POINTS, padded
from ui.figures.style import INKS
from ui.figures.thin import Array, thin
from ui.figures.words import finite_range, number, thinned_note
from ui.i18n import _


def two_runs(
    original: Array,
    changed: Array,
    *,
    title: str,
    symbol: str,
    ink: str,
    first_step: int = 1,
    chosen: tuple[int, int] | None = None,
    y_range: tuple[float, float] | None = None,
) -> Chart:
    """Values (N,) of one unit in both runs; `chosen` are the first and the last step to shade. Points can be selected."""
    low, high = y_range or padded(finite_range(np.concatenate([original, changed])))
    lines = [
        _line(original, first_step, _("untouched"), "baseline", "dash"),
        _line(changed, first_step, symbol, ink, "solid"),
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": _("step t")}, "range": time_range(first_step, first_step + len(changed) - 1)},
        "yaxis": {"title": {"text": symbol}, "range": (low, high)},
        "shapes": [] if chosen is None else [_shade(chosen)],
        "selectdirection": "h",
        "legend": {"x": 1, "xanchor": "right"},
    }
    shown = thin(changed[:, None], MOST_POINTS)
    note = thinned_note(len(changed), len(shown.centres)) if shown.thinned else ""
    return Chart(figure(lines, title=title, height=280, **layout), _alt(original, changed, first_step, title), note)


def _line(values: Array, first_step: int, name: str, ink: str, dash: str) -> dict[str, Any]:
    shown = thin(values[:, None], MOST_POINTS)
    colour = INKS[ink].light
    return {
        "type": "scatter",
        "name": name,
        "x": shown.steps[:, 0] + first_step,
        "y": shown.values[:, 0],
        "mode": "lines+markers",  # a brush chooses markers
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"color": colour, "size": 5 if len(values) <= 100 else 2},
        "unselected": {"marker": {"opacity": 1}},
        "hovertemplate": f"<b>%{{y:.6~g}}</b><br>{name}, %{{x}}<extra></extra>",
    }


def _shade(chosen: tuple[int, int]) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": chosen[0] - 0.5,
        "x1": chosen[1] + 0.5,
        "y0": 0,
        "y1": 1,
        "fillcolor": INKS["baseline"].light,
        "opacity": 0.18,
        "line": {"width": 0},
        "layer": "below",
    }


def _alt(original: Array, changed: Array, first_step: int, title: str) -> str:
    different = np.flatnonzero(original != changed)
    if not len(different):
        return _("{title}: both runs are the same number for number.").format(title=title)
    gap = np.abs(changed - original)
    largest = int(np.where(np.isfinite(gap), gap, 0.0).argmax())
    return _(
        "{title}: the runs part at step {first}; the largest difference is {gap}, at step {largest}, from {a} to {b}."
    ).format(
        title=title,
        first=int(different[0]) + first_step,
        gap=number(float(gap[largest])),
        largest=largest + first_step,
        a=number(float(original[largest])),
        b=number(float(changed[largest])),
    )
