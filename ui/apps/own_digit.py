"""A digit that the visitor draws, as the data were made of it."""

import streamlit as st

from rnn_core.apps.vision import drawing
from rnn_core.apps.vision.drawing import BLOCK
from rnn_core.apps.vision.settings import SIDE
from rnn_core.arrays import Array
from ui.browser.paint import paint
from ui.i18n import _

PEN = 2.5  # radius, in small pixels: thinner than in the data, so that a small digit keeps its holes


def drawn_digit(key: str, shown_height: int) -> Array | None:
    """The picture (8, 8); None, with an invitation, where nothing is drawn."""
    size = SIDE * BLOCK
    ink = paint(size, size, key=key, label=_("Draw a digit here"), shown_height=shown_height, pen=PEN)
    image = drawing.digit_of(ink)
    if image is None:
        st.info(_("Draw a digit from 0 to 9, as large as you like: it is brought to size."), icon=":material/draw:")
    return image
