"""Drawings by other people, in the form that the network reads (python -m rnn_core.apps.digits.make_drawn)."""

from functools import cache

import numpy as np

from rnn_core.apps.digits.drawing import BLOCK
from rnn_core.apps.digits.pictures import FILE as DIGITS_FILE
from rnn_core.apps.digits.pictures import Part, Pictures

FILE = DIGITS_FILE.with_name("drawn.npz")


@cache
def drawings(part: Part) -> Pictures:
    """The pictures of the part drawn anew, and then digits drawn with a pen in other ways of writing."""
    with np.load(FILE) as kept:
        images, digits = kept[f"{part}_images"] / float(BLOCK**2), kept[f"{part}_digits"].astype(np.int64)
    images.flags.writeable = digits.flags.writeable = False
    return Pictures(images, digits)
