"""What the parts of the page in the browser send back: anybody may send anything in their place."""

import base64
from collections.abc import Callable
from typing import Any

import numpy as np

from rnn_core.apps.digits import drawing
from tests.outside.reader import Reader
from ui.browser import door, draw, writer
from ui.browser.paint import inked
from ui.browser.plot import point

SIDE = 64
START, NAME = "0a1b2c", "3d4e5f"


def painted(told: Any) -> object:
    ink = inked(SIDE, SIDE)(told)
    return drawing.digit_of(ink), drawing.strip_of(ink)


def _ink(*places: tuple[slice, slice]) -> dict[str, Any]:
    field = np.zeros((SIDE, SIDE), dtype=np.bool_)
    for place in places:
        field[place] = True
    return {"field": [SIDE, SIDE], "bits": base64.b64encode(np.packbits(field).tobytes()).decode()}


DRAWINGS = (
    _ink((slice(5, 60), slice(30, 36))),
    _ink((slice(10, 50), slice(10, 14)), (slice(10, 14), slice(10, 40)), (slice(30, 60), slice(50, 60))),
    _ink((slice(20, 21), slice(20, 21))),
    _ink((slice(0, 64), slice(0, 64))),
)

WAVE = {"started": START, "values": [0.5, -0.25, 1.0, 0.0]}
CLICK = {"curve": 1, "row": None, "column": 3, "x": 4.0, "y": 0.5}
CELL = {"curve": 0, "row": 2, "column": 3, "x": "12", "y": "3"}
CHOICES = {"name": NAME, "places": {"3": "a", "12": "中"}}


def through_the_door(reader: door.Reader[Any]) -> Callable[[Any], object]:
    """As a page asks for it: a value that is refused counts as not sent."""

    def read(told: Any) -> object:
        found = door.read({"told": told}, "told", reader)
        if found is None:
            raise door.Refused
        return found

    return read


def part(name: str, reader: door.Reader[Any], *examples: Any, enters: str, share: float = 1.0) -> Reader:
    return Reader(name, through_the_door(reader), examples, (door.Refused,), (enters,), share)


BROWSER = (
    part("a drawing", painted, *DRAWINGS, enters="unrolled_paint", share=0.3),
    part("a drawn wave", draw.drawing(START, 4, (-1.0, 1.0)), WAVE, enters="unrolled_draw"),
    part("a click on a chart", point, CLICK, CELL, enters="unrolled_plot"),
    part("characters that were chosen", writer.choices(NAME), CHOICES, enters="unrolled_writer"),
)
