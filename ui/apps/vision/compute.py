"""Cached results for digits: readers of networks, and the pictures of the page."""

from dataclasses import dataclass

import numpy as np

from rnn_core.apps.digits import drawing, pictures
from rnn_core.apps.digits.cut import digits_in, ink_of, line_of
from rnn_core.apps.digits.neighbours import nearest_digits
from rnn_core.apps.vision import data
from rnn_core.apps.vision.calibration import CertaintyGroup, certainty_groups, drawn_scores, temperature
from rnn_core.apps.vision.reader import DigitReader, StripReader
from rnn_core.apps.vision.settings import Settings
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.apps import photo
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only


@kept(2)
def digit_reader(state: RunState) -> DigitReader:
    return DigitReader(state)


@kept(2)
def strip_reader(state: RunState) -> StripReader:
    return StripReader(state)


def test_digits() -> pictures.Pictures:
    return pictures.pictures("test")


def test_strips() -> data.Strips:
    return data.strips_for_evaluation("test")


def covered(image: Array, rows: tuple[int, ...]) -> Array:
    """The picture with these rows (from 0) blanked."""
    shown = image.copy()
    shown[list(rows)] = 0.0
    return shown


@kept(4)
def calibrated(state: RunState) -> tuple[float, float]:
    """The temperature of the network's scores, and its calibration error on drawings by others."""
    return temperature(state), drawn_scores(state)[1]


@kept(4)
def certainty(state: RunState) -> tuple[CertaintyGroup, ...]:
    return certainty_groups(state)


@dataclass(frozen=True)
class Photographed:
    digits: tuple[Array, ...]  # each (8, 8), in reading order
    strip: Array | None  # (HEIGHT, WIDTH) all of them


@kept_for_visitor(4)
def photographed(data: bytes) -> Photographed | photo.Refused:
    """The digits of a picture file, brought to the form of the data."""
    grey = photo.brightness(data)
    if isinstance(grey, photo.Refused):
        return grey
    ink = ink_of(grey)
    found = [drawing.digit_of(piece) for piece in digits_in(ink)]
    return make_read_only(
        Photographed(tuple(each for each in found if each is not None), drawing.strip_of(line_of(ink)))
    )


def next_mistake(state: RunState, after: int) -> int | None:
    """The first test picture after this one that the network misreads, with wrap-around; None where there is none."""
    count = len((test_digits() if is_of_digits(state) else test_strips()).images)
    order = (*range(after + 1, count), *range(after))
    return next((k for k in order if _is_misread(state, k)), None)


def is_of_digits(state: RunState) -> bool:
    """Whether the network reads one digit, and not a strip."""
    return isinstance(state.settings, Settings) and state.settings.task == "digit"


def _is_misread(state: RunState, k: int) -> bool:
    if is_of_digits(state):
        test = test_digits()
        return digit_reader(state).read(test.images[k]).answer != int(test.digits[k])
    strips = test_strips()
    return strip_reader(state).read(strips.images[k]).answer != strips.digits[k]


@kept(2)
def right_after_each_step(state: RunState) -> Array:
    """(T,) the share of the test pictures whose digit the network names after each step."""
    reader = digit_reader(state)
    test = data.digits_for_evaluation("test", reader.settings.hidden_rows)
    predicted = np.array([reader.read(image).beliefs.argmax(axis=1) for image in test.images])
    return make_read_only((predicted == test.digits[:, None]).mean(axis=0))


def neighbours(image: Array) -> list[int]:
    """The digits of the nearest training pictures, the nearest first."""
    return [int(digit) for digit in nearest_digits(pictures.pictures("training"), image[None])[0]]
