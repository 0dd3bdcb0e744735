"""The phase plane of two units: the path of the state, and the field of next states."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ui.figures.chart import STEP_IN_CUSTOMDATA, Chart, Layout, figure
from ui.figures.lines import padded
from ui.figures.style import INKS, MUTED
from ui.figures.thin import Array
from ui.figures.words import finite_range, number
from ui.i18n import _


@dataclass(frozen=True)
class Path:
    name: str
    points: Array  # (N, 2) in the order of time
    ink: str = "h"
    first_step: int = 0


@dataclass(frozen=True)
class Field:
    """The next state of each point of a grid."""

    start: Array  # (N, 2)
    end: Array  # (N, 2)


@dataclass(frozen=True)
class Marks:
    """Special places, such as fixed points."""

    name: str
    points: Array  # (N, 2)
    symbol: Literal["circle", "circle-open", "x", "diamond"] = "circle"
    ink: str = "y"


def phase_plane(
    paths: Sequence[Path],
    *,
    title: str,
    x_title: str,
    y_title: str,
    field: Field | None = None,
    marks: Sequence[Marks] = (),
) -> Chart:
    traces: list[Any] = [] if field is None else [_arrows(field)]
    for path in paths:
        traces += _path(path)
    traces += [_marks(group) for group in marks if len(group.points)]
    every = np.concatenate(
        [path.points for path in paths] + [group.points for group in marks] + ([field.start] if field else [])
    )
    layout: Layout = {
        "xaxis": {"title": {"text": x_title}, "range": padded(finite_range(every[:, 0]))},
        "yaxis": {"title": {"text": y_title}, "range": padded(finite_range(every[:, 1]))},
        "margin": {"r": 20, "t": 34},
        "meta": STEP_IN_CUSTOMDATA,
    }
    words = [_describe(path, x_title, y_title) for path in paths] + [_places(group) for group in marks]
    alt = " ".join([_("{title}: {y} against {x}.").format(title=title, x=x_title, y=y_title), *words])
    return Chart(figure(traces, title=title, height=440, **layout), alt)


def _path(path: Path) -> list[dict[str, Any]]:
    ink = INKS[path.ink].light
    steps = np.arange(path.first_step, path.first_step + len(path.points))
    line = dict(
        type="scatter",
        name=path.name,
        x=path.points[:, 0],
        y=path.points[:, 1],
        customdata=steps,
        mode="lines+markers",
        line={"color": ink, "width": 2},
        marker={"size": 5},
        hovertemplate=f"{path.name}, " + _("step %{customdata}") + "<br>(%{x:.6~g}, %{y:.6~g})<extra></extra>",
    )
    ends = dict(
        type="scatter",
        x=path.points[[0, -1], 0],
        y=path.points[[0, -1], 1],
        mode="markers",
        marker={"size": 12, "symbol": ["circle-open", "circle"], "color": ink, "line": {"width": 2, "color": ink}},
        hoverinfo="skip",
        showlegend=False,
    )
    return [line, ends]


def _arrows(field: Field) -> dict[str, Any]:
    """Short lines with a head: the direction of one step, all drawn as one trace."""
    reach = field.end - field.start
    length = np.linalg.norm(reach, axis=1, keepdims=True)
    spacing = np.ptp(field.start, axis=0).max() / max(1.0, np.sqrt(len(field.start)) - 1)
    shown = reach * np.minimum(
        1.0, 0.8 * spacing / np.maximum(length, 1e-12)
    )  # long steps are cut, short ones stay short
    tip = field.start + shown
    side = 0.3 * shown @ np.array([[0.85, 0.5], [-0.5, 0.85]]), 0.3 * shown @ np.array([[0.85, -0.5], [0.5, 0.85]])
    gap = np.full_like(tip, np.nan)
    strokes = np.stack([field.start, tip, tip - side[0], tip, tip - side[1], gap], axis=1).reshape(-1, 2)
    return dict(
        type="scatter",
        x=strokes[:, 0],
        y=strokes[:, 1],
        mode="lines",
        line={"color": MUTED.light, "width": 1},
        opacity=0.6,
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(group: Marks) -> dict[str, Any]:
    ink = INKS[group.ink].light
    return dict(
        type="scatter",
        name=group.name,
        x=group.points[:, 0],
        y=group.points[:, 1],
        mode="markers",
        marker={"size": 11, "symbol": group.symbol, "color": ink, "line": {"width": 2, "color": ink}},
        hovertemplate=f"{group.name}<br>(%{{x:.6~g}}, %{{y:.6~g}})<extra></extra>",
    )


def _describe(path: Path, x_title: str, y_title: str) -> str:
    (x0, y0), (x1, y1) = path.points[0], path.points[-1]
    return _("{name}: from ({x0}, {y0}) to ({x1}, {y1}), steps: {steps}.").format(
        name=path.name, steps=len(path.points) - 1, x0=number(x0), y0=number(y0), x1=number(x1), y1=number(y1)
    )


def _places(group: Marks) -> str:
    points = ", ".join(f"({number(x)}, {number(y)})" for x, y in group.points) or _("none")
    return f"{group.name}: {points}."
