"""The loss of the cliff from above and in space, with the paths of gradient descent, and one step before and after clipping."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_core.analysis.cliff import Descent
from ui.figures.chart import Chart, Layout, figure
from ui.figures.style import GRID, INKS, MUTED, ZERO, text_ink
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _

Place = dict[str, list[float]]  # "x", "y" and in space "z": one number a step
Placed = Callable[[Array, Array], Place]  # of points (N, 2) and their losses (N,)
LOW_TO_HIGH = [[0.0, ZERO.light], [1.0, MUTED.light]]
REPLAY = "descent"  # the map and the surface show one step together
NAME_PLACES = ("bottom right", "middle left", "bottom right")  # beside the ends of the three paths
_ABOVE = 0.004  # a path is drawn this much above the surface, so that it stays visible


@dataclass(frozen=True)
class Path:
    name: str
    descent: Descent
    ink: str
    dash: str = "solid"


def map_with_paths(w: Array, b: Array, losses: Array, paths: Sequence[Path], *, title: str, begins_at: int) -> Chart:
    """The loss seen from above, with one frame per step, and the names of the paths at their ends."""
    ground = {
        "type": "contour",
        "name": "E",
        "x": w,
        "y": b,
        "z": losses.astype(np.float32),  # half the message, and finer than any screen
        "colorscale": LOW_TO_HIGH,
        "contours": {"coloring": "heatmap", "showlines": True, "start": 0.0, "end": 0.5, "size": 0.05},
        "line": {"width": 0.5, "color": MUTED.light},
        "colorbar": {"thickness": 12, "outlinewidth": 0, "title": {"text": "E"}, "nticks": 6, "x": 1.01, "xpad": 4},
        "hovertemplate": "w = %{x:.3~g}, b = %{y:.3~g}<br><b>E = %{z:.4~g}</b><extra></extra>",
    }
    layout: Layout = {
        "xaxis": {"title": {"text": "w"}, "range": [w[0], w[-1]]},
        "yaxis": {"title": {"text": "b"}, "range": [b[0], b[-1]]},
        "showlegend": False,
    }
    corners = np.array([[w[0], b[0]], [w[-1], b[-1]]])
    return _replayed(ground, paths, _flat, layout, title, begins_at, corners)


def surface_with_paths(w: Array, b: Array, losses: Array, paths: Sequence[Path], *, begins_at: int) -> Chart:
    ground = {
        "type": "surface",
        "name": "E",
        "x": w,
        "y": b,
        "z": losses.astype(np.float32),
        "colorscale": LOW_TO_HIGH,
        "showscale": False,
        "lighting": {"ambient": 0.75, "diffuse": 0.6, "specular": 0.05},
        "hoverinfo": "skip",
    }
    axis = {"color": MUTED.light, "gridcolor": GRID, "tickfont": {"size": 13}, "showbackground": False}
    layout: Layout = {
        "scene": {
            "xaxis": {"title": {"text": "w"}, "range": [w[0], w[-1]], **axis},
            "yaxis": {"title": {"text": "b"}, "range": [b[0], b[-1]], **axis},
            "zaxis": {"title": {"text": "E"}, "range": [0.0, 0.5], **axis},
            "camera": {"eye": {"x": -1.5, "y": 1.0, "z": 0.8}, "center": {"x": 0, "y": 0, "z": -0.15}},
            "aspectratio": {"x": 1.1, "y": 1.1, "z": 0.65},
            "dragmode": "turntable",
        },
        "margin": {"l": 0, "r": 0, "t": 34, "b": 0},
    }

    corners = np.array([[w[0], b[0]], [w[-1], b[-1]]])

    def in_space(points: Array, heights: Array) -> Place:
        inside = _inside_the_box(np.column_stack([points, heights + _ABOVE]), *corners)
        return dict(zip("xyz", inside.T.tolist(), strict=True))

    return _replayed(ground, paths, in_space, layout, _("The same in space: turn it"), begins_at)


def _inside_the_box(points: Array, low: Array, high: Array) -> Array:
    """points (N, 2 or 3) up to where they first leave the box over low..high, and the place where they do."""
    outside = ((points[:, :2] < low) | (points[:, :2] > high)).any(axis=1)
    if not outside.any():
        return points
    leaves = int(outside.argmax())
    if leaves == 0:
        return np.full((1, points.shape[1]), np.nan)
    last, step = points[leaves - 1], points[leaves] - points[leaves - 1]
    border = np.where(step[:2] > 0, high, low)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.nanmin(np.where(step[:2] != 0, (border - last[:2]) / step[:2], np.inf))
    return np.concatenate([points[:leaves], [last + share * step]])


def _flat(points: Array, heights: Array) -> Place:
    return dict(zip("xy", points.T.tolist(), strict=True))


def _replayed(
    ground: dict[str, Any],
    paths: Sequence[Path],
    placed: Placed,
    layout: dict[str, Any],
    title: str,
    begins_at: int,
    corners: Array | None = None,
) -> Chart:
    """The loss, the start, and each path with a dot at its current position; the frames change only paths and dots. On a map
    with these `corners` the dot of a path that has left it stays at its edge, with its name."""
    steps = len(paths[0].descent.losses) - 1
    whole = [placed(path.descent.points, path.descent.losses) for path in paths]
    in_space = "z" in whole[0]
    type_ = {"type": "scatter3d" if in_space else "scatter"}
    traces = [ground]
    ends = (
        whole
        if corners is None
        else [_flat(_inside_the_box(path.descent.points, *corners), path.descent.losses) for path in paths]
    )
    for path, place, end, beside in zip(paths, whole, ends, NAME_PLACES, strict=True):
        ink = INKS[path.ink].light
        kind = type_ | {"hoverinfo": "skip"}
        line = {"mode": "lines", "name": path.name, "line": {"color": ink, "width": 4, "dash": path.dash}}
        dot = {"mode": "markers", "showlegend": False, "marker": {"color": ink, "size": 5 if in_space else 13}}
        if not in_space:
            font = {"size": 17, "color": text_ink(path.ink).light}
            dot |= {"mode": "markers+text", "text": [f"\N{EN SPACE}{path.name}\N{EN SPACE}"], "textposition": beside}
            dot |= {"textfont": font, "cliponaxis": False}
        traces += [kind | place | line, kind | _end(end, steps) | dot]
    ring = {"color": INKS["y"].light, "size": 6 if in_space else 11, "symbol": "circle-open"}
    traces.append(
        type_ | {"hoverinfo": "skip"} | _end(whole[0], 0) | {"mode": "markers", "showlegend": False, "marker": ring}
    )

    def moment(step: int) -> list[dict[str, Any]]:
        return [
            type_ | part
            for place, end in zip(whole, ends, strict=True)
            for part in (_until(place, step), _end(end, step))
        ]

    moving = list(range(1, 1 + 2 * len(paths)))
    frames = [
        {"name": _("step {step}").format(step=step), "data": moment(step), "traces": moving}
        for step in range(steps + 1)
    ]
    meta = {"replay": REPLAY, "begins_at": begins_at, "sentence": not in_space}
    words = " ".join(map(_describe, paths))
    alt = _("{title}: the loss over w and b, with a cliff across it. {paths}").format(title=title, paths=words)
    return Chart(figure(traces, title=title, height=440, frames=frames, meta=meta, **layout), alt)


def _until(place: Place, step: int) -> Place:
    return {axis: numbers[: step + 1] for axis, numbers in place.items()}


def _end(place: Place, step: int) -> Place:
    """The position of a path after a step: its last position inside the chart, if it has left it before."""
    last = min(step, len(place["x"]) - 1)
    return {axis: numbers[last : last + 1] for axis, numbers in place.items()}


def _describe(path: Path) -> str:
    points, losses = path.descent.points, path.descent.losses
    return _("{name}: from w = {w0}, b = {b0} with E = {e0} to w = {w1}, b = {b1} with E = {e1}.").format(
        name=path.name,
        w0=number(points[0, 0]),
        b0=number(points[0, 1]),
        e0=number(losses[0]),
        w1=number(points[-1, 0]),
        b1=number(points[-1, 1]),
        e1=number(losses[-1]),
    )


def one_step(raw: Array, used: Array, threshold: float, *, square: bool, title: str) -> Chart:
    """The descent step -g, raw and clipped, with the circle or the square of allowed steps."""
    reach = 2.2 * threshold
    turn = np.linspace(0.0, 2 * np.pi, 121)
    border = (
        threshold * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]], dtype=np.float64)
        if square
        else threshold * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    )
    shown = -raw * min(1.0, 0.97 * reach / max(float(np.abs(raw).max()), 1e-300))  # a long arrow leaves the picture
    traces = [
        {
            "type": "scatter",
            "name": _("threshold {threshold:g}").format(threshold=threshold),
            "x": border[:, 0],
            "y": border[:, 1],
            "mode": "lines",
            "line": {"color": INKS["baseline"].light, "width": 1.5, "dash": "dot"},
            "hoverinfo": "skip",
        },
        _arrow(
            _("before clipping, norm {length}").format(length=number(float(np.linalg.norm(raw)))), shown, "gradient", 3
        ),
        _arrow(
            _("after clipping, norm {length}").format(length=number(float(np.linalg.norm(used)))),
            -used,
            "input_gate",
            5,
        ),
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": _("along w")}, "range": [-reach, reach]},
        "yaxis": {"title": {"text": _("along b")}, "range": [-reach, reach], "scaleanchor": "x"},
        "margin": {"r": 20, "t": 58},
    }
    alt = _(
        "{title}: before clipping ({rw}, {rb}), after clipping ({cw}, {cb}); the directions are {angle:.0f} degrees apart."
    ).format(
        title=title,
        rw=number(-float(raw[0])),
        rb=number(-float(raw[1])),
        cw=number(-float(used[0])),
        cb=number(-float(used[1])),
        angle=degrees_between(raw, used),
    )
    return Chart(figure(traces, title=title, height=360, **layout), alt)


def _arrow(name: str, tip: Array, ink: str, width: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "x": [0.0, float(tip[0])],
        "y": [0.0, float(tip[1])],
        "mode": "lines+markers",
        "line": {"color": INKS[ink].light, "width": width},
        "marker": {
            "symbol": "arrow",
            "angleref": "previous",
            "size": [0, 10 + 2 * width],
            "color": INKS[ink].light,
            "opacity": 1,
        },
        "hoverinfo": "skip",
    }


def degrees_between(one: Array, other: Array) -> float:
    lengths = float(np.linalg.norm(one)) * float(np.linalg.norm(other))
    return float(np.degrees(np.arccos(np.clip(float(one @ other) / lengths, -1.0, 1.0)))) if lengths else 0.0
