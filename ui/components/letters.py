"""A text whose characters carry a number each, from -1 to 1, as the colour behind them."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from ui.components import assets
from ui.components.bundle import bundle
from ui.figures.style import DIVERGING_DARK, DIVERGING_LIGHT
from ui.i18n import _

_part = st.components.v2.component("unrolled_letters", js=assets.LOADER)


@cache
def serve_letters() -> str:
    """Where the browser finds the code of this part."""
    folder = Path(__file__).parent / "letters"
    files = {"letters.js": bundle(folder, "part.js").encode(), "letters.css": (folder / "letters.css").read_bytes()}
    return assets.publish("letters", files) + "letters.js"


def letters(text: str, values: Sequence[float], *, key: str, title: str, alt: str, height: int = 150) -> None:
    """One value a character."""
    _part(
        key=key,
        data=assets.parcel(
            {
                "module": serve_letters(),
                "height": height,
                "text": text,
                "values": [round(100 * float(value)) for value in values],
                "title": title,
                "alt": alt,
                "colours": list(zip(DIVERGING_LIGHT, DIVERGING_DARK, strict=True)),
                "words": {
                    "value": _("{character}: {value}"),
                    "help": _("Point at a character to read its value. Blue is above zero, orange below."),
                    "unavailable": _("The text could not be loaded. Please reload the page."),
                },
            }
        ),
    )
