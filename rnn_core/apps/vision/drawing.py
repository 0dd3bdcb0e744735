"""From a drawing to what the network was trained on, in the way the data were made: the ink is brought to the full height,
then each block of 4 x 4 small pixels becomes one number, the share of it that is black."""

import numpy as np

from rnn_core.apps.vision.settings import HEIGHT, SIDE, WIDTH
from rnn_core.types import Array, Mask

BLOCK = 4
WIDEST = 6 * BLOCK  # small pixels: in the data a digit leaves the first and the last column nearly empty
MOST_ZOOM = 3.0  # a dot stays small


def digit_of(ink: Mask) -> Array | None:
    """Small pixels (h, w), true where there is ink, as a picture (8, 8); None where nothing was drawn."""
    found = _cropped(ink)
    if found is None:
        return None
    high, wide = found.shape
    full = SIDE * BLOCK
    zoom = min(full / high, MOST_ZOOM)
    rows, columns = round(high * zoom), min(round(wide * zoom), WIDEST)
    return block_shares(_in_the_middle(_resized(found, max(rows, 1), max(columns, 1)), full, full))


def strip_of(ink: Mask) -> Array | None:
    """Small pixels (h, w) of a strip as (HEIGHT, WIDTH): all digits are brought to size together."""
    found = _cropped(ink)
    if found is None:
        return None
    high, wide = found.shape
    zoom = min(SIDE * BLOCK / high, WIDTH * BLOCK / wide, MOST_ZOOM)
    sized = _resized(found, max(round(high * zoom), 1), max(round(wide * zoom), 1))
    return block_shares(_in_the_middle(sized, HEIGHT * BLOCK, WIDTH * BLOCK))


def block_shares(ink: Mask) -> Array:
    """(h, w) -> (h / 4, w / 4)."""
    h, w = ink.shape
    return np.asarray(ink.reshape(h // BLOCK, BLOCK, w // BLOCK, BLOCK).mean(axis=(1, 3)))


def _cropped(ink: Mask) -> Mask | None:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else None


def _resized(ink: Mask, high: int, wide: int) -> Mask:
    """Each new pixel is the old one at its middle."""
    down = ((np.arange(high) + 0.5) * len(ink) / high).astype(int)
    across = ((np.arange(wide) + 0.5) * ink.shape[1] / wide).astype(int)
    return np.asarray(ink[np.ix_(down, across)])


def _in_the_middle(ink: Mask, high: int, wide: int) -> Mask:
    top, left = (high - ink.shape[0]) // 2, (wide - ink.shape[1]) // 2
    room = np.zeros((high, wide), dtype=np.bool_)
    room[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return room
