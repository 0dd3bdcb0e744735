"""Pictures of digits at random places, in disjoint parts.

The handwritings of the parts are disjoint as those of `rnn_core/apps/digits` are. Training, validation and test have one to three
digits, none of them with its middle in the NEW_PLACE. Further tests: four or five digits, a digit in the new place, and digits
drawn with a pen in ways of writing that training does not contain. Short strokes lie between the digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from rnn_core.apps.digits import strokes
from rnn_core.apps.digits.pictures import DIGITS, Pictures, Whole, pictures
from rnn_core.apps.finding.scenes import HIGHEST, LOWEST, SIDE, STAMP, Truth, ink_box, paste, stamps
from rnn_core.arrays import Array, Mask

Part = Literal["training", "validation", "test", "more digits", "new places", "other pens"]

TESTS: tuple[Part, ...] = ("test", "more digits", "new places", "other pens")
COUNTS: dict[Part, int] = {"validation": 100, **dict.fromkeys(TESTS, 200)}
_STREAMS: dict[Part, int] = {"training": 51, "validation": 52, **{part: 53 + at for at, part in enumerate(TESTS)}}
MOST = 3  # digits in training
NEW_PLACE = 40  # a digit whose middle lies to the right of this and below it is at a new place
_FROM_PENS = 0.3  # of the digits in training
_PENS = {"training": 24, "other pens": 20}  # drawings of each digit
_MOST_STROKES, _GAP = 3, 1.0


@dataclass(frozen=True)
class Examples:
    images: Array  # (N, SIDE, SIDE) from 0 to 1
    truths: tuple[Truth, ...]


def draw(part: Part, seed: Sequence[int], count: int) -> Examples:
    rng = np.random.default_rng(seed)
    counts = rng.integers(4, 6, count) if part == "more digits" else rng.integers(1, MOST + 1, count)
    drawn, digits = _stamps(part, rng, int(counts.sum()))
    ends = counts.cumsum()
    made = [
        _arranged(part, rng, drawn[end - n : end], digits[end - n : end]) for n, end in zip(counts, ends, strict=True)
    ]
    return Examples(np.stack([image for image, _truth in made]), tuple(truth for _image, truth in made))


@cache
def held_out(part: Part) -> Examples:
    """They come from a fixed seed, so every run is judged on the same pictures."""
    return draw(part, [_STREAMS[part]], COUNTS[part])


def _stamps(part: Part, rng: np.random.Generator, count: int) -> tuple[Array, Whole]:
    """Digits as they are drawn (count, STAMP, STAMP), and which they are."""
    known = pictures("training" if part == "training" else "validation" if part == "validation" else "test")
    chosen = rng.integers(len(known.digits), size=count)
    heights = rng.uniform(LOWEST, HIGHEST, count)
    widths, slants = heights * rng.uniform(0.85, 1.15, count), rng.normal(0.0, 0.12, count)
    drawn, digits = stamps(known.images[chosen], heights, widths, slants), known.digits[chosen]
    if part in _PENS:
        pens = _pens(part)
        share = _FROM_PENS if part == "training" else 1.0
        by_pen = np.flatnonzero(rng.random(count) < share)
        taken = rng.integers(len(pens.digits), size=len(by_pen))
        drawn[by_pen], digits[by_pen] = pens.images[taken], pens.digits[taken]
    return drawn, digits


@cache
def _pens(part: Part) -> Pictures:
    """Digits drawn with a pen; the ways of writing of training and test differ."""
    rng = np.random.default_rng([60, part == "training"])
    forms = strokes.TRAINED if part == "training" else strokes.JUDGED
    digits = np.repeat(np.arange(DIGITS), _PENS[part])
    return Pictures(np.stack([_by_pen(strokes.drawn(forms[digit], rng), rng) for digit in digits]), digits)


def _by_pen(ink: Mask, rng: np.random.Generator) -> Array:
    """Small pixels as a stamp: cropped, and each pixel the share of ink below it."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    high, wide = rows[-1] + 1 - rows[0], columns[-1] + 1 - columns[0]
    scale = min(rng.uniform(LOWEST, HIGHEST) / high, HIGHEST / wide)
    fine = 4
    places = (np.arange(STAMP * fine) + 0.5) / fine - STAMP / 2
    down = np.floor(places / scale + rows[0] + high / 2).astype(int)
    across = np.floor(places / scale + columns[0] + wide / 2).astype(int)
    sampled = np.pad(ink, 64)[np.ix_(np.clip(down + 64, 0, 191), np.clip(across + 64, 0, 191))]
    return np.asarray(sampled.reshape(STAMP, fine, STAMP, fine).mean(axis=(1, 3)))


def _arranged(part: Part, rng: np.random.Generator, drawn: Array, digits: Whole) -> tuple[Array, Truth]:
    """The digits at places where they do not overlap, and short strokes between them."""
    own = [ink_box(stamp) for stamp in drawn]
    while True:
        boxes: list[Array] = []
        for at, box in enumerate(own):
            free = _free_place(rng, box, boxes, is_new=part == "new places" and at == 0)
            if free is None:
                break
            boxes.append(free)
        else:
            break
    picture = np.zeros((SIDE, SIDE))
    for stamp, box, placed in zip(drawn, own, boxes, strict=True):
        left, top = (placed - box)[:2].astype(int)
        paste(picture, stamp, left, top)
    for _ in range(rng.integers(0, _MOST_STROKES + 1)):
        _add_stroke(rng, picture, boxes)
    return picture, Truth(np.asarray(digits, np.int64), np.array(boxes))


def _free_place(rng: np.random.Generator, box: Array, others: list[Array], is_new: bool) -> Array | None:
    size = box[2:] - box[:2]
    for _ in range(60):
        start = rng.integers(1, (SIDE - size).astype(int)).astype(np.float64)
        placed = np.concatenate([start, start + size])
        middle = start + size / 2
        if bool((middle > NEW_PLACE).all()) == is_new and not any(_touch(placed, other) for other in others):
            return placed
    return None


def _touch(one: Array, other: Array) -> bool:
    return bool((one[:2] < other[2:] + _GAP).all() and (other[:2] < one[2:] + _GAP).all())


def _add_stroke(rng: np.random.Generator, picture: Array, boxes: list[Array]) -> None:
    """A short line of the pen, if it touches no digit."""
    start, angle, length = rng.uniform(3, SIDE - 3, 2), rng.uniform(0, np.pi), rng.uniform(1.0, 5.0)
    along = np.array([np.cos(angle), np.sin(angle)]) * length
    low, high = np.minimum(start, start + along) - 1.5, np.maximum(start, start + along) + 1.5
    if not any(_touch(np.concatenate([low, high]), box) for box in boxes):
        picture[:] = np.maximum(picture, line(start, start + along, 0.9))


def line(start: Array, end: Array, pen: float) -> Array:
    """(SIDE, SIDE) the ink of a straight line: full within the pen's radius, less over one pixel beyond."""
    xs, ys = np.meshgrid(np.arange(SIDE) + 0.5, np.arange(SIDE) + 0.5)
    along = end - start
    share = np.clip(((xs - start[0]) * along[0] + (ys - start[1]) * along[1]) / max(float(along @ along), 1e-9), 0, 1)
    distance = np.hypot(xs - start[0] - share * along[0], ys - start[1] - share * along[1])
    return np.asarray(np.clip(pen + 0.5 - distance, 0.0, 1.0))
