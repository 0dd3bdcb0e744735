"""Charts that change in place: zoom, hover, legend choices and scroll position survive every update.

`plot(chart, key=...)` draws a `ui.figures.chart.Chart` through `Plotly.react`, on a DOM node that is not replaced. The browser
code is in plot/, which assets.py serves.

The shared time step. Charts with the same `cursor="group"` mark one time step t together, in the browser, with no message to
the server. They use two events on `window`, which any other part can send and receive too (the stepper does):

    new CustomEvent("unrolled:step",  { detail: { group: "lstm", step: 12 } })     // chosen: a click, Enter, the stepper
    new CustomEvent("unrolled:hover", { detail: { group: "lstm", step: 12 } })     // pointed at; step null: no longer

`step` is t as on the axes: 1..T for values of time step t, 0 for the initial state. All parts of the group receive
`unrolled:step`, the sender included; `window.unrolledStep[group]` keeps the last step for parts that are made later.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import plotly
import streamlit as st
from plotly.utils import PlotlyJSONEncoder

from ui.browser import assets, door, previews
from ui.browser.live import Live
from ui.figures.chart import LOOK, Chart, wait_for_pandas
from ui.figures.style import THEME_VARIABLES, light_to_dark
from ui.i18n import _

Event = Literal["click", "select"]
STAGE_HEIGHT = 560  # pixels that are reserved until the browser knows the height of its window
MOST = 100_000  # points that a chart has, and that a selection holds
FLAT = {"scatter", "bar", "heatmap", "contour"}  # the kinds of traces in plot/plotly/plotly-flat.js
MARKS = re.compile(r"</?(sub|sup|i|b)>")  # allowed in titles and names, but an alt text is read aloud

_part = st.components.v2.component("unrolled_plot", js=assets.LOADER, isolate_styles=False)


@dataclass(frozen=True)
class Point:
    curve: int  # index of the trace in the figure
    row: int | None  # of a heatmap
    column: int  # of a heatmap, or the index along a line
    x: float | None  # None if the axis shows names or dates
    y: float | None


@dataclass(frozen=True)
class PlotEvents:
    """The last click and the last selection since the page was opened."""

    click: Point | None = None
    selection: tuple[Point, ...] = ()


@cache
def serve_plotly() -> dict[str, str]:
    """The addresses of plotly and of our own modules. The app calls this once at its start, so that no visitor waits for it."""
    whole = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    flat = Path(__file__).parent / "plot" / "plotly" / "plotly-flat.min.js"
    folder = assets.publish("plotly", {source.name: source.read_bytes() for source in (whole, flat)})
    shared = {"DARK": light_to_dark(), "PAGE": THEME_VARIABLES, "LOOK": LOOK}
    look = "".join(f"export const {name} = {json.dumps(value)}\n" for name, value in shared.items())
    return {
        "flat": folder + flat.name,
        "whole": folder + whole.name,
        "module": assets.publish_part("plot", {"look.js": look}),
    }


def _words(events: tuple[Event, ...]) -> dict[str, str]:
    keys = _("The arrow keys read single values; Home and End lead to the first and the last.")
    return {
        "menu": _("Save or reset this chart"),
        "png": _("Save as PNG picture"),
        "svg": _("Save as SVG picture"),
        "csv": _("Save the numbers as CSV"),
        "html": _("Save as a page that works offline"),
        "embed": _("Copy the code to embed this view"),
        "all": _("Show everything again"),
        "play": _("Play"),
        "pause": _("Pause"),
        "frame": _("Moment"),
        "keys": f"{keys} {_('Enter chooses.')}" if "click" in events else keys,
        "unavailable": _("This chart could not be loaded. Please reload the page; its text says what it shows."),
    }


def plot(
    chart: Chart,
    *,
    key: str,
    height: int | Literal["stage"] | None = None,
    events: tuple[Event, ...] = (),
    cursor: str | None = None,
    live: Live | None = None,
) -> PlotEvents:
    """Draw the chart. Clicks and selections rerun the page only when `events` asks for them. `live`: how it follows a dial.
    The height "stage" fills the first screen together with the page's head and the dock below.

    One key is one chart, and it stays flat or in space: two plotlys cannot share a drawing.
    """
    wait_for_pandas()
    served = serve_plotly()
    is_flat = chart.figure.kinds <= FLAT
    result = previews.show(
        _part,
        key,
        {
            "figure": json.dumps(chart.figure.to_plotly_json(), cls=PlotlyJSONEncoder),
            "alt": MARKS.sub("", chart.alt),
            "note": chart.note,
        },
        {
            "module": served["module"],
            "library": served["flat" if is_flat else "whole"],
            "height": STAGE_HEIGHT if height == "stage" else height or chart.figure.height,
            "fills_stage": height == "stage",
            "is_flat": is_flat,
            "events": events,
            "cursor": cursor,
            "live": live,
            "words": _words(events),
        },
        **door.callbacks(*events),
    )
    return PlotEvents(last_click(result), door.read(result, "select", door.several(point, 0, MOST)) or ())


def last_click(state: object) -> Point | None:
    """The last click on the chart with this state. The session keeps the state under the chart's key, so that the click is known
    before the chart is made again."""
    return door.read(state, "click", point)


def point(sent: object) -> Point:
    """A point of a chart, as plot/events.js sends it."""
    return Point(**_FIELDS(sent))


_PLACE = door.or_else(door.number(), None)
_FIELDS = door.record(
    curve=door.whole(0, MOST), row=door.optional(door.whole(0, MOST)), column=door.whole(0, MOST), x=_PLACE, y=_PLACE
)
