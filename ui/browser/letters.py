"""A text with one number per character, from -1 to 1, shown as the colour behind the character."""

from collections.abc import Sequence

import streamlit as st

from ui.browser import assets
from ui.figures.style import DIVERGING_DARK, DIVERGING_LIGHT
from ui.i18n import _

_part = st.components.v2.component("unrolled_letters", js=assets.LOADER)


def letters(text: str, values: Sequence[float], *, key: str, title: str, alt: str, height: int = 150) -> None:
    """`values` has one number per character of `text`."""
    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("letters"),
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
