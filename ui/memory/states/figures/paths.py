"""The path of a state through two or three directions, coloured by the step."""

from typing import Any

import numpy as np

from ui.figures.chart import STEP_IN_CUSTOMDATA, Chart, Layout, Trace, figure, remark
from ui.figures.lines import padded
from ui.figures.style import EARLY_STATE, GRID, INKS, TEXT
from ui.figures.thin import Array
from ui.figures.words import finite_range, number
from ui.i18n import _

EARLY_TO_LATE = [[0.0, EARLY_STATE.light], [1.0, INKS["h"].light]]


def path_plane(points: Array, *, title: str, x_title: str, y_title: str) -> Chart:
    """points (N, 2), the first at step 0. Both directions have one scale, so that the shape is true."""
    ends = [
        remark(_("start"), x=points[0, 0], y=points[0, 1], yshift=14),
        remark(_("end"), x=points[-1, 0], y=points[-1, 1], yshift=-14),
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": x_title}, "range": padded(finite_range(points[:, 0]))},
        "yaxis": {
            "title": {"text": y_title},
            "range": padded(finite_range(points[:, 1])),
            "scaleanchor": "x",
            "constrain": "domain",
        },
        "annotations": ends,
        "meta": STEP_IN_CUSTOMDATA,
    }
    trace = _path(points, "scatter") | {
        "hovertemplate": _("step %{customdata}") + "<br>(%{x:.4~g}, %{y:.4~g})<extra></extra>"
    }
    return Chart(figure([trace], title=title, height=440, **layout), _alt(points, title))


def path_space(points: Array, *, title: str, axis_titles: tuple[str, str, str]) -> Chart:
    """points (N, 3), to be turned with the mouse."""
    trace = _path(points, "scatter3d") | {
        "z": points[:, 2],
        "hovertemplate": _("step %{customdata}") + "<br>(%{x:.4~g}, %{y:.4~g}, %{z:.4~g})<extra></extra>",
    }
    axis = {"gridcolor": GRID, "zerolinecolor": GRID, "showbackground": False, "tickfont": {"size": 13}}
    axes = {
        f"{name}axis": axis | {"title": {"text": text, "font": {"size": 13}}}
        for name, text in zip("xyz", axis_titles, strict=True)
    }
    scene = axes | {"aspectmode": "auto", "camera": {"eye": {"x": 1.8, "y": 1.8, "z": 1.0}}}
    layout: Layout = {
        "scene": scene,
        "meta": STEP_IN_CUSTOMDATA,
        "showlegend": False,
        "margin": {"l": 0, "r": 84, "t": 0, "b": 0},
    }
    here: Trace = {
        "type": "scatter3d",
        "meta": "step",
        "x": [None],
        "y": [None],
        "z": [None],
        "mode": "markers",
        "hoverinfo": "skip",
    }
    here |= {"marker": {"size": 12, "color": TEXT, "symbol": "circle-open", "line": {"width": 3}}, "showlegend": False}
    return Chart(figure([trace, here], title=title, height=440, **layout), _alt(points, title))


def _path(points: Array, kind: str) -> dict[str, Any]:
    steps = np.arange(len(points))
    return {
        "type": kind,
        "name": _("state"),
        "x": points[:, 0],
        "y": points[:, 1],
        "customdata": steps,
        "mode": "lines+markers",
        "line": {"color": EARLY_STATE.light, "width": 1.5 if kind == "scatter" else 3},
        "marker": {
            "size": np.where((steps == 0) | (steps == steps[-1]), 12, 6) if kind == "scatter" else 4,
            "color": steps,
            "colorscale": EARLY_TO_LATE,
            "showscale": True,
            "colorbar": {
                "thickness": 12,
                "outlinewidth": 0,
                "nticks": 6,
                "tickfont": {"size": 12},
                "title": {"text": _("step t"), "font": {"size": 12}},
            },
        },
    }


def _alt(points: Array, title: str) -> str:
    def place(point: Array) -> str:
        return "(" + ", ".join(number(float(value)) for value in point) + ")"

    longest = int(np.linalg.norm(np.diff(points, axis=0), axis=1).argmax()) if len(points) > 1 else 0
    return _("{title}: {steps} steps from {first} to {last}. The longest stride is that of step {longest}.").format(
        title=title, steps=len(points) - 1, first=place(points[0]), last=place(points[-1]), longest=longest + 1
    )
