"""The Chart that every figure function returns, and the common layout of all figures."""

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui.figures.drawing import Figure
from ui.figures.names import LABEL_MARGIN
from ui.figures.style import BACKGROUND, GRID, MUTED, TEXT

Trace = dict[str, Any]  # as plotly takes them: the properties of a trace, and those of a layout
Layout = dict[str, Any]

# `meta` of a path: where x is not the step, customdata is, and the shared step is marked there (ui/browser/plot/cursor.js).
STEP_IN_CUSTOMDATA = {"step": "customdata"}


@dataclass(frozen=True)
class Chart:
    """A figure and its description, made from the same data."""

    figure: Figure
    alt: str
    note: str = ""  # a remark under the chart, such as that it was thinned


CLEAR = "rgba(0,0,0,0)"

_AXIS: dict[str, Any] = {
    "gridcolor": GRID,
    "gridwidth": 1,
    "zeroline": False,
    "linecolor": GRID,
    "ticks": "",
    "ticklabelstandoff": 3,
    "ticklabeloverflow": "allow",  # the other settings measure every label again at every update
    "tickfont": {"color": MUTED.light, "size": 13},
    "title": {"standoff": 8, "font": {"size": 14}},
    "exponentformat": "power",
    "automargin": "height+width",
}

# The browser lays this under every figure (ui/browser/plot): it travels once, not with each message.
LOOK: dict[str, Any] = {
    "font": {"color": TEXT, "size": 14},
    "paper_bgcolor": CLEAR,
    "plot_bgcolor": CLEAR,
    # Left and right are the same for all, so that charts one above the other share their axis of time.
    "margin": {"l": 58, "r": LABEL_MARGIN, "t": 10, "b": 46},
    "hoverlabel": {"bgcolor": BACKGROUND, "bordercolor": GRID, "font": {"color": TEXT, "size": 14}, "align": "left"},
    "hovermode": "closest",
    "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 13}},
    "xaxis": _AXIS,
    "yaxis": _AXIS,
}


def wait_for_pandas() -> None:
    """plotly uses pandas as soon as its import has begun: wait while another visitor's page imports it."""
    if "pandas" in sys.modules:
        importlib.import_module("pandas")  # comes back at once, or when the other thread has finished


def figure(
    traces: Sequence[Trace], *, title: str, height: int, frames: Sequence[dict[str, Any]] = (), **layout: Any
) -> Figure:
    """plotly's validation costs more than the rest of an update, so tests/ui/figures/test_figures.py validates every kind of chart instead."""
    if not title:
        raise ValueError("a chart needs a title that describes it")
    wait_for_pandas()
    layout = {"title": {"text": title}, "height": height, "template": "none", **layout}
    return Figure(traces, layout, frames)


def time_range(first: float, last: float, every: float = 1) -> tuple[float, float]:
    """The range of the time axis, with half a step on both sides. Charts of one run share it, so it includes step 0 even where values start at step 1."""
    return (0 if first == every == 1 else first) - every / 2, last + every / 2


def remark(text: str, **where: Any) -> dict[str, Any]:
    """A few words inside a chart."""
    return {"text": text, "showarrow": False, "font": {"color": MUTED.light, "size": 13}, **where}
