"""A text of up to 100,000 characters with one number per character, from -1 to 1, as the colour behind it: a strip of the whole
text, and below it the text itself, which scrolls through all of it.

The numbers are sent as one byte each, once per unit. Left and right switch to the unit before and after.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import streamlit as st

from rnn_core.arrays import Array, Mask
from ui.browser import assets, door
from ui.browser.letters import RANGE, selected_range
from ui.figures.style import DIVERGING_DARK, DIVERGING_LIGHT
from ui.i18n import _

STAGE_HEIGHT = 600  # pixels that are reserved until the browser knows the height of its window

_part = st.components.v2.component("unrolled_long_text", js=assets.LOADER)


@dataclass(frozen=True)
class LongText:
    text: str
    values: Array  # (T,) from -1 to 1
    marks: Mask  # (T,) the characters that are underlined
    place: int  # the character that is gone to, and marked; -1: the beginning, and none
    position: int  # of the unit that is shown
    positions: int


def long_text(
    shown: LongText,
    *,
    key: str,
    title: str,
    alt: str,
    help: str,
    height: int | Literal["stage"] = "stage",
    take_place: Callable[[int], None] | None = None,
    take_position: Callable[[int], None] | None = None,
) -> tuple[int, int] | None:
    """Returns the places of the first and the last character that the reader has selected. `take_place` is called with a character
    that was clicked, `take_position` with the position of the unit that the arrow keys ask for, both before the page's run."""

    def take_clicked() -> None:
        place = door.read(st.session_state.get(key), "place", door.whole(0, len(shown.text) - 1))
        if place is not None and take_place is not None:
            take_place(place)

    def take_turned() -> None:
        position = door.read(st.session_state.get(key), "position", door.whole(0, shown.positions - 1))
        if position is not None and take_position is not None:
            take_position(position)

    sent = _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("long_text"),
                "height": STAGE_HEIGHT if height == "stage" else height,
                "fills_stage": height == "stage",
                "text": shown.text,
                "values": as_bytes(shown.values),
                "marks": _base64(np.packbits(shown.marks, bitorder="little").tobytes()),
                "place": shown.place,
                "position": shown.position,
                "positions": shown.positions,
                "title": title,
                "alt": alt,
                "colours": list(zip(DIVERGING_LIGHT, DIVERGING_DARK, strict=True)),
                "words": {
                    "value": _("{character}: {value}, character {place}"),
                    "help": help,
                    "unavailable": _("The text could not be loaded. Please reload the page."),
                },
            }
        ),
        on_range_change=door.no_callback,
        on_place_change=take_clicked,
        on_position_change=take_turned,
    )
    return door.read(sent, RANGE, lambda range: selected_range(range, len(shown.text)))


def as_bytes(values: Array) -> str:
    """In percent, one signed byte for each value."""
    return _base64(np.round(100 * np.clip(values, -1.0, 1.0)).astype(np.int8).tobytes())


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
