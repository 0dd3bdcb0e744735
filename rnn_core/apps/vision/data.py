"""The data of the vision networks: digits as sequences of steps, and strips of several digits."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.digits.drawn import drawings
from rnn_core.apps.digits.pictures import HEIGHT, SIDE, WIDTH, Part, Pictures, Whole, moved, pictures
from rnn_core.apps.vision.settings import Settings
from rnn_core.arrays import Array

STRIPS: dict[Part, int] = {"training": 0, "validation": 200, "test": 500}  # made once; training makes its own
MOST_DIGITS = 5  # on a strip
GAPS = (-2, 4)  # columns between two pictures, whose own first and last column are mostly empty: below 0 they may touch


@dataclass(frozen=True)
class Strips:
    images: Array  # (N, HEIGHT, WIDTH) from 0 to 1
    digits: tuple[tuple[int, ...], ...]  # N
    starts: tuple[tuple[int, ...], ...]  # the first column of each digit's picture


@cache
def shuffled_places() -> Whole:
    """One order of the 64 pixels, the same for every picture and every run."""
    return np.random.default_rng(8).permutation(SIDE * SIDE)


def as_steps(images: Array, order: str) -> Array:
    """Pictures (N, 8, 8) as sequences of steps (N, T, X)."""
    match order:
        case "rows":
            return images
        case "columns":
            return images.transpose(0, 2, 1)
        case "pixels":
            return images.reshape(len(images), -1, 1)
        case _:
            return images.reshape(len(images), -1)[:, shuffled_places(), None]


def as_picture(steps: Array, order: str) -> Array:
    """One picture's steps (T, X) back in their places (8, 8)."""
    match order:
        case "rows":
            return steps
        case "columns":
            return steps.T
        case "pixels":
            return steps.reshape(SIDE, SIDE)
        case _:
            flat = np.empty(SIDE * SIDE)
            flat[shuffled_places()] = steps[:, 0]
            return flat.reshape(SIDE, SIDE)


def step_weights(settings: Settings) -> NDArray[np.float32]:
    """(T,) the weight of the output after each step in the loss: if every step counts, later ones count more."""
    last = np.eye(settings.steps)[-1]
    late = np.linspace(0.0, 1.0, settings.steps) ** 3
    weights = last if settings.asked == "last" else 0.5 * last + 0.5 * late / late.sum()
    return np.asarray(weights, np.float32)


def rows_hidden(images: Array, count: int, rng: np.random.Generator) -> Array:
    """The pictures with `count` random rows blanked in each."""
    if not count:
        return images
    blank = rng.random(images.shape[:2]).argsort(axis=1) < count  # (N, 8)
    return np.where(blank[:, :, None], 0.0, images)


def digit_batch(settings: Settings, step: int) -> Pictures:
    """Training batch `step`."""
    rng = np.random.default_rng([1, settings.seed, step])
    known = pictures("training")
    chosen = rng.integers(0, len(known.digits), settings.batch)
    images = known.images[chosen]
    digits = known.digits[chosen]
    if settings.moved:
        images = moved(images, rng)
    if settings.drawn:
        others = drawings("training")
        instead = rng.integers(0, len(others.digits), settings.batch // 2)
        images = np.concatenate([others.images[instead], images[len(instead) :]])
        digits = np.concatenate([others.digits[instead], digits[len(instead) :]])
    return Pictures(rows_hidden(images, settings.hidden_rows, rng), digits)


@cache
def digits_for_evaluation(part: Part, hidden_rows: int) -> Pictures:
    """The part's pictures with the same rows blanked each time."""
    known = pictures(part)
    rng = np.random.default_rng([2, hidden_rows, len(known.digits)])
    return Pictures(rows_hidden(known.images, hidden_rows, rng), known.digits)


def join(images: Array, starts: Whole, lifts: Whole) -> Array:
    """A strip of pictures (n, 8, 8): where they overlap, the darker pixel stays."""
    strip = np.zeros((HEIGHT, WIDTH))
    for image, start, lift in zip(images, starts, lifts, strict=True):
        place = strip[lift : lift + SIDE, start : start + SIDE]
        np.maximum(place, image, out=place)
    return strip


def make_strips(part: Part, count: int, rng: np.random.Generator) -> Strips:
    known = pictures(part)
    images, digits, starts = np.empty((count, HEIGHT, WIDTH)), [], []
    for k in range(count):
        length = int(rng.integers(1, MOST_DIGITS + 1))
        chosen = rng.integers(0, len(known.digits), length)
        gaps = rng.integers(GAPS[0], GAPS[1] + 1, length)
        gaps[0] = 0
        at = np.cumsum(gaps) + SIDE * np.arange(length)
        at += rng.integers(0, WIDTH - SIDE - at[-1] + 1)
        images[k] = join(known.images[chosen], at, rng.integers(0, HEIGHT - SIDE + 1, length))
        digits.append(tuple(known.digits[chosen].tolist()))
        starts.append(tuple(at.tolist()))
    return Strips(images, tuple(digits), tuple(starts))


def strip_batch(settings: Settings, step: int) -> Strips:
    """Training batch `step`."""
    return make_strips("training", settings.batch, np.random.default_rng([3, settings.seed, step]))


@cache
def strips_for_evaluation(part: Part) -> Strips:
    return make_strips(part, STRIPS[part], np.random.default_rng([4, STRIPS[part]]))
