"""A wave that the visitor draws with the mouse, a finger or the arrow keys: T points, each of which is dragged up and down.

`draw(start, key=...)` returns the drawn values, about ten times a second while the pointer moves. The values are kept in the
browser, so that an answer from Python never moves a point back under the pointer. Another `start` begins a new drawing.
"""

import hashlib
import json
from collections.abc import Callable, Sequence

import streamlit as st

from ui.browser import assets, door
from ui.figures.lines import Line
from ui.figures.style import INKS
from ui.i18n import _

HEIGHT = 300

_part = st.components.v2.component("unrolled_draw", js=assets.LOADER)


def draw(
    start: Sequence[float],
    *,
    key: str,
    label: str,
    y_range: tuple[float, float] = (-1.0, 1.0),
    behind: Callable[[tuple[float, ...]], Sequence[Line]] = lambda _drawn: (),
    last_step: int = 0,
) -> tuple[float, ...]:
    """The drawn values, one per time step. `behind` makes further lines of them, which are shown on the same axes, up to
    `last_step`."""
    started = hashlib.sha256(json.dumps(list(start)).encode()).hexdigest()[:12]
    reader = drawing(started, len(start), y_range)
    lines = behind(door.read(st.session_state.get(key), "drawn", reader) or tuple(start))
    result = _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("draw"),
                "height": HEIGHT,
                "start": list(start),
                "started": started,
                "label": label,
                "range": y_range,
                "lines": [
                    {
                        "name": line.name,
                        "values": list(map(float, line.values)),
                        "first": line.first_step,
                        "ink": line.ink,
                    }
                    for line in lines
                ],
                "last": max(last_step, len(start)),
                "inks": INKS,
                "words": {
                    "point": _("step {step}: {value}"),
                    "help": _("Drag anywhere. Arrow keys: left and right choose a step, up and down move it."),
                    "reset": _("Start again"),
                    "unavailable": _("The drawing area could not be loaded. Please reload the page."),
                },
            }
        ),
        on_drawn_change=door.no_callback,
    )
    return door.read(result, "drawn", reader) or tuple(start)


def drawing(started: str, steps: int, y_range: tuple[float, float]) -> door.Reader[tuple[float, ...]]:
    """One value per time step, in range, of a drawing that began with this start."""
    fields = door.record(started=door.exactly(started), values=door.several(door.number(*y_range), steps, steps))

    def reader(sent: object) -> tuple[float, ...]:
        values: tuple[float, ...] = fields(sent)["values"]
        return values

    return reader
