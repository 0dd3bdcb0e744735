"""The digits and their split.

The file repeats one form fourteen times: each begins 0 1 2 .. 9 three times over, then 0 9 5 5 6 5. It does not name its
writers, but a new form is a new page: the split is at such places, so that nobody's page is on both sides.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array

SIDE = 8  # pixels of a digit, both ways
HEIGHT, WIDTH = 10, 56  # pixels of a strip of digits
DIGITS = 10

Part = Literal["training", "validation", "test"]
Whole = NDArray[np.int64]

FILE = Path(__file__).parent / "files" / "digits.npz"
PLACES: dict[Part, slice] = {"training": slice(0, 1029), "validation": slice(1029, 1287), "test": slice(1287, 1797)}


@dataclass(frozen=True)
class Pictures:
    images: Array  # (N, 8, 8) from 0 to 1
    digits: Whole  # (N,)


@cache
def pictures(part: Part) -> Pictures:
    with np.load(FILE) as kept:
        images, digits = kept["images"][PLACES[part]] / 16.0, kept["digits"][PLACES[part]].astype(np.int64)
    images.flags.writeable = digits.flags.writeable = False
    return Pictures(images, digits)


def moved(images: Array, rng: np.random.Generator) -> Array:
    """Each picture shifted by -1, 0 or 1 pixels vertically and horizontally; pixels beyond the edge are lost."""
    side = images.shape[1]
    wide = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    down, across = rng.integers(0, 3, size=(2, len(images), 1, 1))
    places = np.arange(side)
    return np.asarray(wide[np.arange(len(images))[:, None, None], places[:, None] + down, places[None] + across])
