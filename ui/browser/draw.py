"""A wave to draw by mouse, finger or arrow keys: T points, each dragged up and down; other lines can be shown behind it.

`draw(start, key=...)` returns the values as they are drawn, about ten times a second while the pointer moves. The browser
keeps the values: what comes back from Python never fights the pointer. Another `start` begins anew.
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
    """The drawn values, one a step. `behind` makes other lines of them, which are shown on the same axes, up to `last_step`."""
    started = hashlib.sha256(json.dumps(list(start)).encode()).hexdigest()[:12]
    reader = drawing(started, len(start), y_range)
    lines = behind(door.read(st.session_state.get(key), "drawn", reader) or tuple(start))
    result = _part(
        key=key,
        data=assets.parcel(
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
        **door.callbacks("drawn"),
    )
    return door.read(result, "drawn", reader) or tuple(start)


def drawing(started: str, steps: int, y_range: tuple[float, float]) -> door.Reader[tuple[float, ...]]:
    """One value a step, in range, of a drawing that was begun from this start."""
    fields = door.record(started=door.exactly(started), values=door.several(door.number(*y_range), steps, steps))
    return lambda told: fields(told)["values"]
