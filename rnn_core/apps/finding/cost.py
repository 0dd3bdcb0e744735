"""How many multiplications the ways of reading a picture need."""

from rnn_core.apps.digits.pictures import DIGITS
from rnn_core.apps.finding.scenes import SIDE
from rnn_core.apps.finding.settings import (
    ALL_PLACES,
    COARSE,
    EYE,
    FEATURES,
    MARGIN,
    PLACES,
    POINTING,
    WINDOW,
    Settings,
)

_KERNEL = 9  # pixels
_GATES = {"rnn": 1, "gru": 3, "lstm": 4}
_ANSWERS = FEATURES * (DIGITS + 1 + 4)  # of the class and the box


def _eye(side: int) -> int:
    """The three convolutions over a square, which lie inside it, with a pooling after the first two."""
    first = side - 2
    second = first // 2 - 2
    third = second // 2 - 2
    return _KERNEL * (first**2 * EYE[0] + second**2 * EYE[0] * EYE[1] + third**2 * EYE[1] * FEATURES)


def one_window() -> int:
    return _eye(WINDOW) + _ANSWERS


def all_windows() -> int:
    """The windows at all places, whose convolutions share their work."""
    return _eye(SIDE + 2 * MARGIN) + ALL_PLACES * _ANSWERS


def one_by_one() -> int:
    """The windows at all places, each for itself."""
    return ALL_PLACES * one_window()


def glimpses(settings: Settings, count: int) -> int:
    """The coarse view, this many glimpses, and the choice before each of them and of the end."""
    coarse = PLACES**2 * (_KERNEL * COARSE[0] * (1 + COARSE[1]) + COARSE[1] * POINTING)
    recurrent = _GATES[settings.core_cell] * settings.hidden * (FEATURES + POINTING + settings.hidden)
    choice = POINTING * (settings.hidden + ALL_PLACES) + settings.hidden
    return coarse + count * (one_window() + recurrent) + (count + 1) * choice
