"""A text with one number per character, from -1 to 1, shown as the colour behind the character."""

from collections.abc import Collection, Sequence
from typing import Literal

import streamlit as st

from ui.browser import assets, door
from ui.figures.style import DIVERGING_DARK, DIVERGING_LIGHT
from ui.i18n import _

RANGE = "range"
STAGE_HEIGHT = 600  # pixels that are reserved until the browser knows the height of its window

_part = st.components.v2.component("unrolled_letters", js=assets.LOADER)


def letters(
    text: str,
    values: Sequence[float],
    *,
    key: str,
    title: str,
    alt: str,
    height: int | Literal["stage"] = 150,
    marks: Collection[int] = (),
    help: str = "",
    selects: bool = False,
) -> tuple[int, int] | None:
    """`values` has one number per character of `text`; the characters at the places `marks` are underlined.

    `selects`: returns the places of the first and the last character that the reader has selected.

    The height "stage" is that of a chart beside it, title and foot included. `help` is the line below while no character is pointed at.
    """
    sent = _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("letters"),
                "height": STAGE_HEIGHT if height == "stage" else height,
                "fills_stage": height == "stage",
                "text": text,
                "values": [round(100 * float(value)) for value in values],
                "marks": sorted(map(int, marks)),
                "selects": selects,
                "title": title,
                "alt": alt,
                "colours": list(zip(DIVERGING_LIGHT, DIVERGING_DARK, strict=True)),
                "words": {
                    "value": _("{character}: {value}"),
                    "help": help or _("Point at a character to read its value. Blue is above zero, orange below."),
                    "unavailable": _("The text could not be loaded. Please reload the page."),
                },
            }
        ),
        on_range_change=door.no_callback,
    )
    return door.read(sent, RANGE, lambda range: selected_range(range, len(text))) if selects else None


def selected_range(sent: object, length: int) -> tuple[int, int]:
    first, last = door.several(door.whole(0, length - 1), 2, 2)(sent)
    return min(first, last), max(first, last)
