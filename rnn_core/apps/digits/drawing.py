"""The normalisation of a drawing to the form of the training data.

Every digit of the data fills the height of its picture, is about five columns wide, has ink on three tenths of it, and its
first and last row begin in the same column: it was deskewed and resized, its strokes were made thicker or thinner, and
then each block of small pixels became one number, the share of black pixels.
"""

import numpy as np

from rnn_core.apps.digits.pictures import HEIGHT, SIDE, WIDTH
from rnn_core.arrays import Array, Mask

BLOCK = 8  # side of the square of small pixels that become one number
FULL = SIDE * BLOCK
WIDE = 5 * BLOCK
INK = 0.31  # the share of a picture that is black
STROKE = 1.25 * BLOCK  # the thickness of the strokes of most digits
MOST_BEND = 2.0  # no drawing is made wider or narrower by more than this against its height: a stick stays one
SPECK = BLOCK  # what is no larger than this is a touch of the pen, and no digit
MOST_GAP = 6 * BLOCK  # between two digits of a strip, as in the data
REACH = 3 * BLOCK  # larger distances are clipped


def digit_of(ink: Mask) -> Array | None:
    """Small pixels (h, w), true where there is ink, as a picture (8, 8); None for an empty drawing or a single dot."""
    found = _cropped(ink)
    if max(found.shape) <= SPECK:
        return None
    return block_shares(_centred(_normal(found), FULL, FULL))


def strip_of(ink: Mask) -> Array | None:
    """Small pixels (h, w) of a strip as (HEIGHT, WIDTH). Separate digits are normalised one by one, as in the data;
    digits that touch are normalised together."""
    found = _cropped(ink)
    parts: list[Mask] = []
    high, before = len(found), 0
    for begin, end in np.flatnonzero(np.diff(found.any(axis=0), prepend=False, append=False)).reshape(-1, 2):
        piece = _cropped(found[:, begin:end])
        if max(piece.shape) <= SPECK:
            continue
        gap = min(max((begin - before) * FULL // high, BLOCK), MOST_GAP) if parts else 0
        sized = _normal(piece) if piece.shape[1] <= len(piece) else _touching(piece)
        parts += [np.zeros((FULL, gap), dtype=np.bool_), _centred(sized, FULL, sized.shape[1])]
        before = end
    if not parts:
        return None
    row = np.concatenate(parts, axis=1)
    fitting = _resized(row, FULL, min(row.shape[1], WIDTH * BLOCK))
    return block_shares(_centred(fitting, HEIGHT * BLOCK, WIDTH * BLOCK))


def block_shares(ink: Mask) -> Array:
    """(h, w) -> (h / BLOCK, w / BLOCK)."""
    h, w = ink.shape
    return np.asarray(ink.reshape(h // BLOCK, BLOCK, w // BLOCK, BLOCK).mean(axis=(1, 3)))


def _normal(found: Mask) -> Mask:
    for _round in range(2):  # thicker strokes enlarge the digit, so it is resized a second time
        depth = depth_of(_centred(_sized(_deskewed(found)), FULL + 2 * BLOCK, FULL + 2 * BLOCK))
        found = _cropped(depth <= np.sort(depth, axis=None)[round(INK * FULL * FULL) - 1])
    found = _deskewed(found)
    return _resized(found, min(len(found), FULL), min(found.shape[1], FULL))


def _touching(found: Mask) -> Mask:
    """Digits that touch: the full height, and strokes as thick as those of the data."""
    for _round in range(2):
        depth = depth_of(np.pad(_as_high(found), BLOCK))
        thickness = -4 * depth[depth < 0].mean()  # across a stroke the depth rises to half of it and falls again
        found = _cropped(depth <= max((STROKE - thickness) / 2, depth.min() / 2))  # a blot stays one
    return _as_high(found)


def _as_high(ink: Mask) -> Mask:
    return _resized(ink, FULL, round(ink.shape[1] * FULL / len(ink)))


def _deskewed(ink: Mask) -> Mask:
    """The ink with its rows shifted so that the first and the last begin in the same column."""
    high, wide = ink.shape
    first, last = (int(np.flatnonzero(ink[row])[0]) for row in (0, -1))
    canvas = np.zeros((high, wide + abs(last - first)), dtype=np.bool_)
    for row, place in enumerate(np.linspace(max(last - first, 0), max(first - last, 0), high).round().astype(int)):
        canvas[row, place : place + wide] = ink[row]
    return _cropped(canvas)


def _sized(ink: Mask) -> Mask:
    """The full height, and as wide as the data, within what MOST_BEND allows."""
    high, wide = ink.shape
    bent = wide * FULL / high * np.clip(WIDE / wide * high / FULL, 1 / MOST_BEND, MOST_BEND)
    fits = min(1.0, WIDE / bent)
    return _resized(ink, round(FULL * fits), round(bent * fits))


def depth_of(ink: Mask) -> Array:
    """The distance to the edge of the ink, below 0 inside."""
    return _distance(ink) - _distance(~ink)


def _distance(ink: Mask) -> Array:
    """The distance from each small pixel to the nearest one with ink, at most REACH."""
    found = np.where(ink, 0.0, REACH**2)
    for _axis in range(2):  # squares of distances add up: first along the columns, then along the rows
        steps, wide = len(found), np.pad(found, ((REACH, REACH), (0, 0)), constant_values=REACH**2)
        for k in range(2 * REACH + 1):
            np.minimum(found, wide[k : k + steps] + (k - REACH) ** 2, out=found)
        found = found.T.copy()
    return np.sqrt(found)


def _cropped(ink: Mask) -> Mask:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else ink[:0, :0]


def _resized(ink: Mask, high: int, wide: int) -> Mask:
    """Each new pixel is the old one at its middle."""
    high, wide = max(high, 1), max(wide, 1)  # a line keeps its pixel
    down = ((np.arange(high) + 0.5) * len(ink) / high).astype(int)
    across = ((np.arange(wide) + 0.5) * ink.shape[1] / wide).astype(int)
    return np.asarray(ink[np.ix_(down, across)])


def _centred(ink: Mask, high: int, wide: int) -> Mask:
    top, left = (high - ink.shape[0]) // 2, (wide - ink.shape[1]) // 2
    canvas = np.zeros((high, wide), dtype=np.bool_)
    canvas[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return canvas
