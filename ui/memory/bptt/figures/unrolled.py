"""The network unrolled over time. The width and the opacity of a wire show the norm of the gradient on it."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from rnn_core.analysis.descent import GradientLengths
from ui.figures.chart import Chart, Layout, figure, time_range
from ui.figures.style import BACKGROUND, INKS, TEXT
from ui.figures.thin import Array
from ui.figures.words import number, subscript
from ui.i18n import _
from ui.memory.bptt.figures.shapes import cut_places

DECADES = 4  # from the widest wire to the thinnest
_WIDEST, _THINNEST = 10.0, 1.2  # pixels
_FULL, _PALE = 1.0, 0.25  # opacity


class _Scale:
    """Maps a norm to 0..1 by its logarithm; None for a gradient that is exactly 0."""

    def __init__(self, flow: GradientLengths) -> None:
        lengths = [flow.states, flow.from_loss, flow.inputs, *([] if flow.cells is None else [flow.cells])]
        finite = [each[np.isfinite(each)].max(initial=0.0) for each in lengths]
        self.top = float(max(finite))

    def part(self, length: float) -> float | None:
        if not length > 0.0:
            return None
        return min(1.0, max(0.0, 1.0 + math.log10(length / self.top) / DECADES))

    def wire(self, length: float, start: tuple[float, float], end: tuple[float, float]) -> dict[str, Any]:
        part = self.part(length)
        if part is None:
            line = {"color": INKS["baseline"].light, "width": 1, "dash": "dot"}
        else:
            line = {"color": INKS["gradient"].light, "width": _THINNEST + part * (_WIDEST - _THINNEST)}
        ends = {"x0": start[0], "y0": start[1], "x1": end[0], "y1": end[1]}
        return {
            "type": "line",
            "layer": "below",
            "line": line,
            "opacity": _PALE + (part or 0) * (_FULL - _PALE),
            **ends,
        }

    def shades(self, lengths: Array) -> list[float]:
        parts = [self.part(float(length)) for length in lengths]
        return [0.0 if part is None else _PALE + part * (_FULL - _PALE) for part in parts]


def unrolled_graph(flow: GradientLengths, counted: Sequence[int], cuts: Sequence[int], *, title: str) -> Chart:
    """`counted` are the steps (from 1) whose outputs the loss reads; the gradient is cut after each step of `cuts`."""
    T, scale = len(flow.inputs), _Scale(flow)
    steps, made = range(T + 1), range(1, T + 1)
    rows = {"x": 0.0, "h": 1.0} | ({} if flow.cells is None else {"c": 2.0})
    rows["L"] = float(len(rows))
    shift = 0.0 if flow.cells is None else 0.3  # the loss reads h: its wire passes beside c
    at_loss = np.array(counted)
    wires = [
        *_along(scale, flow.from_later, rows["h"]),
        *(scale.wire(flow.inputs[t - 1], (t, rows["x"]), (t, rows["h"])) for t in made),
        *(scale.wire(flow.from_loss[t - 1], (t, rows["h"]), (t + shift, rows["L"])) for t in counted),
    ]
    nodes = [
        *_nodes(made, rows["x"], "x", scale.shades(flow.inputs), _input_words(flow)),
        *_nodes(steps, rows["h"], "h", scale.shades(flow.states), _state_words(flow)),
        _arrows(flow.from_later, rows["h"]),
        cut_places(T, rows["h"]),
        _losses(at_loss + shift, rows["L"]),
    ]
    if flow.cells is not None and flow.along_cell is not None:
        wires += _along(scale, flow.along_cell, rows["c"])
        nodes += _nodes(steps, rows["c"], "c", scale.shades(flow.cells), _cell_words(flow.cells))
        nodes.append(_arrows(flow.along_cell, rows["c"]))
    layout: Layout = {
        "xaxis": {"title": {"text": _("step t")}, "range": time_range(0, T), "showgrid": False},
        "yaxis": {
            "tickvals": list(rows.values()),
            "ticktext": list(rows),
            "range": (-0.5, rows["L"] + 0.5),
            "showgrid": False,
            "tickfont": {"size": 16},
        },
        "shapes": [*wires, *(_cut_mark(after) for after in cuts)],
        "showlegend": False,
        "margin": {"r": 24},
    }
    note = _(
        "The widest line: {top}. Each power of ten less is one width narrower, {decades} in all; dotted: exactly 0."
    )
    chart = figure([each for each in nodes if len(each["x"])], title=title, height=110 + 90 * len(rows), **layout)
    return Chart(chart, _alt(flow, counted, cuts, title), note.format(top=number(scale.top), decades=DECADES))


def _along(scale: _Scale, lengths: Array, height: float) -> Iterable[dict[str, Any]]:
    """The wires of one row, from h_t back to h_{t-1}."""
    return (scale.wire(float(length), (t, height), (t + 1, height)) for t, length in enumerate(lengths))


def _arrows(lengths: Array, height: float) -> dict[str, Any]:
    """The direction of the gradient, on every wire that has one."""
    at = np.flatnonzero(lengths > 0.0)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": at + 0.5,
        "y": np.full(len(at), height),
        "marker": {
            "symbol": "triangle-left",
            "size": 16,
            "color": INKS["gradient"].light,
            "line": {"width": 1.5, "color": BACKGROUND},
        },
        "hoverinfo": "skip",
    }


def _nodes(
    steps: Sequence[int], height: float, ink: str, shades: Sequence[float], words: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Circles that cover the wires behind them, and above them a disc whose opacity shows the gradient that arrives."""
    place = {"type": "scatter", "mode": "markers", "x": np.array(steps), "y": np.full(len(steps), height)}
    size = max(9, min(18, 220 // len(steps)))  # so that they do not overlap on a phone
    outline = {"color": INKS[ink].light, "width": 2.5}
    circles = {
        "marker": {"size": size, "color": BACKGROUND, "opacity": 1, "line": outline},
        "customdata": list(words),
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    fill = {"size": 0.7 * size, "color": INKS["gradient"].light, "opacity": list(shades), "line": {"width": 0}}
    return place | circles, place | {"marker": fill, "hoverinfo": "skip"}


def _losses(at: Array, height: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": at,
        "y": np.full(len(at), height),
        "marker": {"symbol": "square", "size": 17, "color": INKS["loss"].light, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _cut_mark(after: int) -> dict[str, Any]:
    """The mark of a truncation, between h_t and the step that reads it."""
    place = {"x0": after + 0.5, "x1": after + 0.5, "yref": "paper", "y0": 0.02, "y1": 0.98}
    return {"type": "line", "xref": "x", "line": {"color": TEXT, "width": 6}, **place}


def _input_words(flow: GradientLengths) -> list[str]:
    return [f"|∂L/∂x{subscript(t)}| = <b>{number(float(length))}</b>" for t, length in enumerate(flow.inputs, 1)]


def _state_words(flow: GradientLengths) -> list[str]:
    from_loss, from_later = np.append(0.0, flow.from_loss), np.append(flow.from_later, 0.0)
    parts = _("from the loss {loss}, from the next step {later}")
    return [
        f"|∂L/∂h{subscript(t)}| = <b>{number(float(whole))}</b><br>"
        + parts.format(loss=number(float(from_loss[t])), later=number(float(from_later[t])))
        for t, whole in enumerate(flow.states)
    ]


def _cell_words(cells: Array) -> list[str]:
    return [f"|∂L/∂c{subscript(t)}| = <b>{number(float(length))}</b>" for t, length in enumerate(cells)]


def _alt(flow: GradientLengths, counted: Sequence[int], cuts: Sequence[int], title: str) -> str:
    lengths = ", ".join(number(float(length)) for length in flow.states[::-1])
    words = _(
        "{title}: {steps} steps, the loss at {losses}. Norm of the gradient at h, from the last step back: {lengths}."
    )
    alt = words.format(title=title, steps=len(flow.inputs), losses=", ".join(map(str, counted)), lengths=lengths)
    if cuts:
        alt += " " + _("The gradient is truncated after steps {steps}.").format(steps=", ".join(map(str, cuts)))
    return alt
