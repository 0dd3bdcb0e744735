"""Scenes: coloured shapes in the nine cells of a square, and the picture of a scene in pixels.

A scene is written as a short text, four characters a shape: its cell, form, colour and size, as "0crl4sbs".
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError, shown

GRID = 3  # cells along a side
CELLS = GRID * GRID
CELL = 12  # pixels along a cell
SIDE = GRID * CELL
FORMS = ("circle", "square", "triangle", "star")
COLOURS = ("red", "yellow", "green", "blue", "purple")
SIZES = ("large", "small")
RADIUS = {"large": 5.0, "small": 3.5}  # pixels
MOST_MOVED = {"large": 1, "small": 2}  # pixels off the middle of the cell, in training and test pictures
RGB = {
    "red": (0.84, 0.19, 0.18),
    "yellow": (0.93, 0.74, 0.10),
    "green": (0.18, 0.60, 0.30),
    "blue": (0.18, 0.40, 0.85),
    "purple": (0.55, 0.25, 0.70),
}
LETTERS = (
    {name[0]: name for name in ("circle", "square", "triangle")} | {"x": "star"},
    *({n[0]: n for n in names} for names in (COLOURS, SIZES)),
)
_FINER = 6  # samples along a pixel
Shift = tuple[int, int]  # pixels down and to the right


@dataclass(frozen=True, order=True)
class Shape:
    cell: int  # row by row
    form: str
    colour: str
    size: str

    @property
    def letters(self) -> str:
        return f"{self.cell}{'x' if self.form == 'star' else self.form[0]}{self.colour[0]}{self.size[0]}"


Scene = tuple[Shape, ...]  # by their cells, one shape in a cell at most


def scene_count(shapes: int) -> int:
    """How many scenes have so many shapes."""
    kinds = len(FORMS) * len(COLOURS) * len(SIZES)
    return int(math.comb(CELLS, shapes) * kinds**shapes)


def written(scene: Scene) -> str:
    return "".join(shape.letters for shape in scene)


def read_scene(text: str) -> Scene:
    """The scene of such a text; another text is refused."""
    expected = "four characters a shape, at most one in each of the cells 0 to 8"
    if len(text) % 4 or len(text) > 4 * CELLS:
        raise CoreError("scene", shown(text), expected)
    shapes = []
    for at in range(0, len(text), 4):
        cell, letters = text[at], text[at + 1 : at + 4]
        names = [table.get(letter) for table, letter in zip(LETTERS, letters, strict=True)]
        if cell not in "012345678" or None in names:
            raise CoreError("scene", shown(text), expected)
        shapes.append(Shape(int(cell), *(str(name) for name in names)))
    if len({shape.cell for shape in shapes}) < len(shapes):
        raise CoreError("scene", shown(text), expected)
    return tuple(sorted(shapes))


@cache
def outline(form: str) -> tuple[tuple[float, float], ...]:
    """The corners (x, y) of a form around (0, 0), with y downwards, for a radius of 1."""
    match form:
        case "square":
            return ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85))
        case "triangle":
            return ((0.0, -1.0), (1.0, 0.85), (-1.0, 0.85))
        case "star":
            rays = [(1.1 if k % 2 == 0 else 0.45, k * math.pi / 5) for k in range(10)]
            return tuple((r * math.sin(angle), -r * math.cos(angle)) for r, angle in rays)
        case _:
            corners = [k * math.pi / 16 for k in range(32)]
            return tuple((math.sin(angle), -math.cos(angle)) for angle in corners)


@cache
def _stamp(form: str, size: str) -> Array:
    """(CELL, CELL): the share of each pixel that the shape covers, in the middle of its cell."""
    points = (np.arange(CELL * _FINER) + 0.5) / _FINER - CELL / 2
    xs, ys = np.meshgrid(points / RADIUS[size], points / RADIUS[size])
    fine = _inside(xs, ys, outline(form)).astype(float)
    return np.asarray(fine.reshape(CELL, _FINER, CELL, _FINER).mean(axis=(1, 3)))


def _inside(xs: Array, ys: Array, corners: tuple[tuple[float, float], ...]) -> Mask:
    """A ray to the right from a point inside crosses the outline an odd number of times."""
    inside = np.zeros(xs.shape, dtype=np.bool_)
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if y0 != y1:
            between = (ys < y0) != (ys < y1)
            inside ^= between & (xs < x0 + (ys - y0) * (x1 - x0) / (y1 - y0))
    return inside


def picture(scene: Scene, shifts: tuple[Shift, ...] | None = None) -> Array:
    """(3, SIDE, SIDE): one minus red, green and blue, so that empty paper is zero."""
    image = np.zeros((3, SIDE, SIDE))
    for shape, shift in zip(scene, shifts or ((0, 0),) * len(scene), strict=True):
        row, column = CELL * (shape.cell // GRID), CELL * (shape.cell % GRID)
        stamp = np.roll(_stamp(shape.form, shape.size), shift, axis=(0, 1))
        ink = 1.0 - np.array(RGB[shape.colour])
        image[:, row : row + CELL, column : column + CELL] = ink[:, None, None] * stamp
    return image
