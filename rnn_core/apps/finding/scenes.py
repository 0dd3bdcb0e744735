"""Pictures with digits at several places: the stamp of a digit, its box, and the picture of many.

A scene that a visitor arranges is written as a short text, seven characters a digit: the digit, a letter for the handwriting, a
letter for the size, and the middle of its stamp (two figures across, two down), as "3am2040".
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.digits.pictures import SIDE as SOURCE
from rnn_core.apps.digits.pictures import pictures
from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError, shown

SIDE = 64  # pixels along the picture
STAMP = 20  # pixels along the square in which one digit is drawn
LOWEST, HIGHEST = 10.0, 14.0  # a digit, in pixels
HANDS = "abcdef"  # handwritings of each digit that a visitor can place
SIZES = {"s": 10.0, "m": 12.0, "l": 14.0}
MOST_DIGITS = 8  # in a visitor's scene
_EDGE = 0.3  # ink that counts for the box


@dataclass(frozen=True)
class Placed:
    """A digit that a visitor has placed."""

    digit: int
    hand: str
    size: str
    x: int  # the middle of its stamp
    y: int

    @property
    def text(self) -> str:
        return f"{self.digit}{self.hand}{self.size}{self.x:02d}{self.y:02d}"


Scene = tuple[Placed, ...]


@dataclass(frozen=True)
class Truth:
    digits: NDArray[np.int64]  # (n,)
    boxes: Array  # (n, 4) left, top, right, bottom, in pixels

    @property
    def middles(self) -> Array:
        """(n, 2) x, y."""
        return np.asarray((self.boxes[:, :2] + self.boxes[:, 2:]) / 2)


def written(scene: Scene) -> str:
    return "".join(placed.text for placed in scene)


def read_scene(text: str) -> Scene:
    """The scene of such a text; another text is refused."""
    expected = f"seven characters a digit, at most {MOST_DIGITS} digits"
    if len(text) % 7 or len(text) > 7 * MOST_DIGITS:
        raise CoreError("scene", shown(text), expected)
    placed = []
    for at in range(0, len(text), 7):
        digit, hand, size, x, y = text[at], text[at + 1], text[at + 2], text[at + 3 : at + 5], text[at + 5 : at + 7]
        numbers = digit + x + y
        if not (numbers.isascii() and numbers.isdigit()) or hand not in HANDS or size not in SIZES:
            raise CoreError("scene", shown(text), expected)
        if int(x) >= SIDE or int(y) >= SIDE:
            raise CoreError("scene", shown(text), expected)
        placed.append(Placed(int(digit), hand, size, int(x), int(y)))
    return tuple(placed)


def stamps(images: Array, heights: Array, widths: Array, slants: Array) -> Array:
    """(N, 8, 8) -> (N, STAMP, STAMP): each digit in its own size and slant, linear between the pixels of its source."""
    at = np.arange(STAMP) - (STAMP - 1) / 2
    down = np.broadcast_to(at[:, None] * (SOURCE / heights)[:, None, None], (len(images), STAMP, STAMP))
    across = (at[None, None] + slants[:, None, None] * at[:, None]) * (SOURCE / widths)[:, None, None]
    wide = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    row, column = (np.clip(place + (SOURCE - 1) / 2 + 2, 0.0, SOURCE + 2.999) for place in (down, across))
    i, j, n = row.astype(int), column.astype(int), np.arange(len(images))[:, None, None]
    a, b = row - i, column - j
    above = wide[n, i, j] * (1 - b) + wide[n, i, j + 1] * b
    below = wide[n, i + 1, j] * (1 - b) + wide[n, i + 1, j + 1] * b
    return np.asarray(np.clip((above * (1 - a) + below * a - 0.15) / 0.55, 0.0, 1.0))


def ink_box(stamp: Array) -> Array:
    """(4,) the box of the ink, in the stamp's own pixels."""
    ink: Mask = stamp > _EDGE
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], dtype=np.float64)


def paste(picture: Array, stamp: Array, left: int, top: int) -> None:
    """Adds the stamp's ink; what lies beyond the picture's edge is lost."""
    high, wide = stamp.shape
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + wide, SIDE), min(top + high, SIDE)
    if x0 < x1 and y0 < y1:
        place = slice(y0, y1), slice(x0, x1)
        picture[place] = np.maximum(picture[place], stamp[y0 - top : y1 - top, x0 - left : x1 - left])


@cache
def stamp_of(digit: int, hand: str, size: str) -> Array:
    """A digit of the test data, as a visitor places it."""
    known = pictures("test")
    image = known.images[np.flatnonzero(known.digits == digit)[HANDS.index(hand)]]
    height = SIZES[size]
    [stamp] = stamps(image[None], np.array([height]), np.array([height]), np.zeros(1))
    return np.asarray(stamp)


def drawn(scene: Scene) -> tuple[Array, Truth]:
    """The picture (SIDE, SIDE) of a visitor's scene, and what is in it."""
    picture, boxes = np.zeros((SIDE, SIDE)), []
    for placed in scene:
        stamp = stamp_of(placed.digit, placed.hand, placed.size)
        left, top = placed.x - STAMP // 2, placed.y - STAMP // 2
        paste(picture, stamp, left, top)
        boxes.append(np.clip(ink_box(stamp) + np.array([left, top, left, top]), 0, SIDE))
    truth = Truth(np.array([placed.digit for placed in scene], np.int64), np.array(boxes).reshape(-1, 4))
    return picture, truth
