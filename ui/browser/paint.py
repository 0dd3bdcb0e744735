"""A field of small pixels on which the visitor draws with the mouse, a finger or keys, in several strokes, with an eraser.

`paint(width, height, key=...)` returns the ink at the end of the last stroke, true for a pixel with ink. The pixels are kept in
the browser, so that an answer from Python never changes a stroke under the pointer. The session keeps the ink for a field that
is made again.
"""

import base64
import binascii

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.browser import assets, door
from ui.figures.style import INKS
from ui.i18n import _

Ink = NDArray[np.bool_]

_part = st.components.v2.component("unrolled_paint", js=assets.LOADER)


def paint(width: int, height: int, *, key: str, label: str, shown_height: int, pen: float = 2.0) -> Ink:
    """The ink (height, width). `pen` is a radius in small pixels, `shown_height` the height of the field on the page."""
    kept = f"ink of {key}"
    result = _part(
        key=key,
        data={
            "ink": st.session_state.get(kept),
            "module": assets.serve("paint"),
            "height": shown_height + 44,
            "field": [width, height],
            "shown": shown_height,
            "pen": pen,
            "label": label,
            "inks": INKS["y"],
            "words": {
                "help": _(
                    "Draw with the mouse or a finger. Keys: arrows move, the space bar puts the pen down or lifts it."
                ),
                "clear": _("Clear"),
                "erase": _("Eraser"),
                "where": _("row {row}, column {column}, pen {pen}"),
                "down": _("down"),
                "up": _("up"),
                "unavailable": _("The drawing area could not be loaded. Please reload the page."),
            },
        },
        on_ink_change=door.no_callback,
    )
    reader = inked(width, height)
    if door.read(result, "ink", reader) is not None:
        st.session_state[kept] = result["ink"]
    ink = door.read(st.session_state, kept, reader)
    return np.zeros((height, width), dtype=np.bool_) if ink is None else ink


def inked(width: int, height: int) -> door.Reader[Ink]:
    """The ink of a field of this size: one bit per pixel, in base64."""
    size = (width * height + 7) // 8
    field = door.several(door.whole(1, max(width, height)), 2, 2)
    fields = door.record(field=field, bits=door.text(4 * -(-size // 3)))

    def reader(sent: object) -> Ink:
        ink = fields(sent)
        if ink["field"] != (width, height):
            raise door.Refused
        try:
            packed = np.frombuffer(base64.b64decode(ink["bits"], validate=True), np.uint8)
        except (binascii.Error, ValueError):
            raise door.Refused from None
        if len(packed) != size:
            raise door.Refused
        return np.unpackbits(packed, count=width * height).reshape(height, width).astype(np.bool_)

    return reader
