"""What the parts of the page in the browser send back: anybody may send anything in their place."""

import base64
from typing import Any

import numpy as np

from rnn_core.apps.digits import drawing
from tests.outside.reader import Reader
from ui.browser.paint import ink_of

SIDE = 64


def painted(told: Any) -> object:
    ink = ink_of(told, SIDE, SIDE)
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

BROWSER = (Reader("a drawing", painted, DRAWINGS, enters=("unrolled_paint",), share=0.3),)
