"""Writes rnn_core/apps/digits/files/drawn.npz: drawings by other people, prepared as the page prepares a visitor's.

python -m rnn_core.apps.digits.make_drawn

Each picture of the data is drawn anew several times, and the digits of strokes.py are added. A picture, or a way of writing, is in
one part only.
"""

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.digits import strokes
from rnn_core.apps.digits.drawing import BLOCK, digit_of
from rnn_core.apps.digits.drawn import FILE
from rnn_core.apps.digits.pictures import DIGITS, PLACES, Part, pictures
from rnn_core.apps.digits.variety import redrawn
from rnn_core.arrays import Mask

AGAIN: dict[Part, int] = {"training": 5, "validation": 2, "test": 2}  # drawings of each picture
STROKES: dict[Part, int] = {"training": 150, "validation": 20, "test": 40}  # drawings of each digit


def drawings(part: Part) -> tuple[list[Mask], list[int]]:
    rng = np.random.default_rng([11, list(PLACES).index(part)])
    known = pictures(part)
    inks = [redrawn(image, rng) for image in known.images for _again in range(AGAIN[part])]
    digits = [int(digit) for digit in known.digits for _again in range(AGAIN[part])]
    forms = strokes.JUDGED if part == "test" else strokes.TRAINED
    for digit in range(DIGITS):
        inks += [strokes.drawn(forms[digit], rng) for _again in range(STROKES[part])]
        digits += [digit] * STROKES[part]
    return inks, digits


def main() -> None:
    kept: dict[str, NDArray[np.uint8]] = {}
    for part in PLACES:
        inks, digits = drawings(part)
        seen = [(image, digit) for ink, digit in zip(inks, digits, strict=True) if (image := digit_of(ink)) is not None]
        kept[f"{part}_images"] = np.round(np.array([image for image, _digit in seen]) * BLOCK**2).astype(np.uint8)
        kept[f"{part}_digits"] = np.array([digit for _image, digit in seen], np.uint8)
    np.savez_compressed(FILE, allow_pickle=False, **kept)
    print({name: len(values) for name, values in kept.items()}, f"{FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
