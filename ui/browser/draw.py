"""A wave to draw by mouse, finger or arrow keys: T points, each dragged up and down; other lines can be shown behind it.

`draw(start, key=...)` returns the values as they are drawn, about ten times a second while the pointer moves. The browser
keeps the values: what comes back from Python never fights the pointer. Another `start` begins anew.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from ui.browser import assets
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
    told = (st.session_state.get(key) or {}).get("drawn")
    lines = behind(_checked(told, started, y_range) or tuple(start))
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
        on_drawn_change=_heard,
    )
    return _checked(result.get("drawn"), started, y_range) or tuple(start)


def _checked(drawn: dict[str, Any] | None, started: str, y_range: tuple[float, float]) -> tuple[float, ...] | None:
    """The drawn values if they were begun from this start and are what a drawing can be: a browser may send anything."""
    if drawn is None or drawn.get("started") != started:
        return None
    low, high = y_range
    values = drawn.get("values", [])
    return tuple(map(float, values)) if all(low <= value <= high for value in values) else None


def _heard() -> None:
    """Streamlit keeps only the state that has a callback; the page reads the value itself."""
