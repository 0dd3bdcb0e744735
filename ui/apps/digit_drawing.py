"""A digit that the visitor draws, scaled as the data are."""

from rnn_core.apps.digits import drawing
from rnn_core.apps.digits.drawing import BLOCK
from rnn_core.apps.digits.pictures import SIDE
from rnn_core.arrays import Array
from ui.browser.paint import drawn_ink
from ui.i18n import _

PEN = 2.5  # radius, in small pixels: thinner than in the data, so that a small digit does not fill up
FIELD = (SIDE * BLOCK, SIDE * BLOCK)  # small pixels


def drawn_digit(key: str) -> Array | None:
    """The picture (8, 8) of what is drawn on the pad with this key; None where nothing is drawn."""
    return drawing.digit_of(drawn_ink(*FIELD, key=key))


def digit_hint() -> str:
    return _("Draw a digit from 0 to 9, as large as you like: it is brought to size.")


def no_network() -> str:
    """Beside a picture that nothing has read."""
    return _("No network with these settings is trained yet. Train one below: its predictions appear here.")
