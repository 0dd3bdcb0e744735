"""A digit that the visitor draws, scaled as the data are."""

import streamlit as st

from rnn_core.apps.digits import drawing
from rnn_core.apps.digits.drawing import BLOCK
from rnn_core.apps.digits.pictures import SIDE
from rnn_core.arrays import Array
from ui.browser.paint import paint
from ui.i18n import _

PEN = 2.5  # radius, in small pixels: thinner than in the data, so that a small digit does not fill up


def drawn_digit(key: str, shown_height: int) -> Array | None:
    """The picture (8, 8); None, with a request to draw, where nothing is drawn."""
    size = SIDE * BLOCK
    ink = paint(size, size, key=key, label=_("Draw a digit here"), shown_height=shown_height, pen=PEN)
    image = drawing.digit_of(ink)
    if image is None:
        st.info(_("Draw a digit from 0 to 9, as large as you like: it is brought to size."), icon=":material/draw:")
    return image
