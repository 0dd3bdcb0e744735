"""Ink on a photograph of paper, or on any picture of digits, and the digits cut apart in reading order.

The light on paper is uneven, so a pixel is compared with the mean of its surroundings; the ink may be darker or lighter than its
ground. The threshold is Otsu's: it makes the variance between ink and ground as large as possible.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array, Mask

AROUND = 0.2  # of the longer side: half the side of the square whose mean is the ground
CONTRAST = 0.08  # between ink and ground, on the scale from black to white
LOWEST = 0.3  # of the height of the highest piece: lower ones are specks, or parts of a digit beside them
LEAST_INK = 0.0003  # of the picture
WIDEST = 0.7  # of the picture, for a piece that is also flat: a ruled line or the paper's edge
MOST_DIGITS = 20


@dataclass(frozen=True)
class Piece:
    """A connected part of the ink."""

    top: int
    bottom: int  # exclusive
    left: int
    right: int  # exclusive
    pixels: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def joined(self, other: "Piece") -> "Piece":
        return Piece(
            min(self.top, other.top),
            max(self.bottom, other.bottom),
            min(self.left, other.left),
            max(self.right, other.right),
            self.pixels + other.pixels,
        )


def ink_of(grey: Array) -> Mask:
    """Brightness (h, w) from 0 to 1 -> true where there is ink. All false where nothing stands out."""
    against = _box_mean(grey, max(2, round(AROUND * max(grey.shape)))) - grey  # above 0 where it is darker than around
    against -= np.median(against)
    if float((against**3).mean()) < 0.0:  # few pixels lie far from the ground: the ink; here they are lighter
        against = -against
    ink = against > _otsu(against)
    if not ink.any() or ink.all() or float(against[ink].mean() - against[~ink].mean()) < CONTRAST:
        return np.zeros(grey.shape, dtype=np.bool_)
    return np.asarray(ink)


def digits_in(ink: Mask) -> list[Mask]:
    """Each digit (its own height and width), line by line from left to right."""
    pieces = [piece for piece in connected(ink) if not _is_line(piece, ink.shape[1])]
    pieces = [piece for piece in pieces if piece.pixels >= LEAST_INK * ink.size]
    if not pieces:
        return []
    high = max(piece.height for piece in pieces)
    found = []
    for line in _lines(pieces):
        found += [piece for piece in _columns(line) if piece.height >= LOWEST * high]
    return [ink[each.top : each.bottom, each.left : each.right] for each in found[:MOST_DIGITS]]


def line_of(ink: Mask) -> Mask:
    """The ink without specks and ruled lines, cut to the digits: one strip to be read as a whole."""
    pieces = [piece for piece in connected(ink) if not _is_line(piece, ink.shape[1])]
    high = max((piece.height for piece in pieces), default=0)
    kept = [piece for piece in pieces if piece.height >= LOWEST * high]
    clean = np.zeros_like(ink)
    for piece in kept:
        place = slice(piece.top, piece.bottom), slice(piece.left, piece.right)
        clean[place] = ink[place]
    return clean


def connected(ink: Mask) -> list[Piece]:
    """The connected parts, corners included. Runs of ink in neighbouring rows are joined, so the time grows with the runs."""
    parents: list[int] = []
    pieces: list[Piece] = []
    before: list[tuple[int, int, int]] = []  # (first, end, number) of the runs in the row above
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    for row in range(len(ink)):
        firsts, ends = np.flatnonzero(edges[row] == 1).tolist(), np.flatnonzero(edges[row] == -1).tolist()
        now: list[tuple[int, int, int]] = []
        for first, end in zip(firsts, ends, strict=True):
            number = len(parents)
            parents.append(number)
            pieces.append(Piece(row, row + 1, first, end, end - first))
            for above_first, above_end, above in before:
                if above_first <= end and first <= above_end:
                    parents[_root(parents, above)] = _root(parents, number)
            now.append((first, end, number))
        before = now
    whole: dict[int, Piece] = {}
    for number, piece in enumerate(pieces):
        root = _root(parents, number)
        whole[root] = whole[root].joined(piece) if root in whole else piece
    return list(whole.values())


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _is_line(piece: Piece, width: int) -> bool:
    return (
        piece.width > WIDEST * width and piece.height < 0.2 * piece.width and piece.pixels < 0.5 * width * piece.height
    )


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces whose heights overlap by half stand on one line; a small one belongs to the line that it touches."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: -each.height):
        for line in lines:
            tallest = line[0]
            shared = min(piece.bottom, tallest.bottom) - max(piece.top, tallest.top)
            if shared > 0.5 * piece.height:
                line.append(piece)
                break
        else:
            lines.append([piece])
    return sorted(lines, key=lambda line: line[0].top)


def _columns(line: list[Piece]) -> list[Piece]:
    """Pieces above one another are one digit: the bar of a 5 that does not touch it."""
    found: list[Piece] = []
    for piece in sorted(line, key=lambda each: each.left):
        shared = min(found[-1].right, piece.right) - piece.left if found else 0
        if shared > 0.5 * min(piece.width, found[-1].width if found else 0):
            found[-1] = found[-1].joined(piece)
        else:
            found.append(piece)
    return found


def _box_mean(grey: Array, reach: int) -> Array:
    """The mean of the square around each pixel, by sums of sums; beyond the edge the picture is mirrored."""
    wide = np.pad(grey, reach + 1, mode="symmetric")[:-1, :-1]
    sums = wide.cumsum(axis=0).cumsum(axis=1)
    side = 2 * reach + 1
    total = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return np.asarray(total / side**2)


def _otsu(values: Array) -> float:
    counts, edges = np.histogram(values, bins=128)
    shares = counts / counts.sum()
    middles = (edges[1:] + edges[:-1]) / 2
    below = shares.cumsum()[:-1]
    mean_below = (shares * middles).cumsum()[:-1]
    total = float((shares * middles).sum())
    with np.errstate(all="ignore"):
        between: NDArray[np.float64] = (total * below - mean_below) ** 2 / (below * (1.0 - below))
    return float(edges[1 + int(np.nan_to_num(between).argmax())])
