"""The door to the digits: readers of networks, and the pictures that the page shows."""

import numpy as np

from rnn_core.apps.digits import pictures
from rnn_core.apps.digits.neighbours import nearest_digits
from rnn_core.apps.vision import data
from rnn_core.apps.vision.reader import DigitReader, StripReader
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.cache.kept import kept
from ui.cache.read_only import sealed


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


def next_mistake(state: RunState, after: int) -> int | None:
    """The first test picture after this one that the network misreads, round the end; None where there is none."""
    digits = state.settings.task == "digit"
    reader = digit_reader(state) if digits else strip_reader(state)
    given = test_digits() if digits else test_strips()
    wanted = given.digits.tolist() if digits else given.digits
    for k in (*range(after + 1, len(wanted)), *range(after)):
        if reader.read(given.images[k]).answer != wanted[k]:
            return k
    return None


@kept(2)
def right_after_each_step(state: RunState) -> Array:
    """(T,) the share of the test pictures whose digit the network names after each step."""
    reader = digit_reader(state)
    test = data.digits_for_evaluation("test", reader.settings.hidden_rows)
    said = np.array([reader.read(image).beliefs.argmax(axis=1) for image in test.images])
    return sealed((said == test.digits[:, None]).mean(axis=0))


def neighbours(image: Array) -> list[int]:
    """The digits of the nearest training pictures, the nearest first."""
    return nearest_digits(pictures.pictures("training"), image[None])[0].tolist()
