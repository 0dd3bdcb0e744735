"""Test pictures that are worth looking at, chosen by what the shipped network makes of them, as small pictures."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.apps.digits.pictures import DIGITS
from rnn_core.apps.vision.calibration import scores_after_each_step
from rnn_core.apps.vision.reader import DigitReader
from rnn_core.apps.vision.settings import Settings
from rnn_core.learn.state import RunState
from ui.apps.vision import compute
from ui.browser.thumbnails import Thumbnail
from ui.cache.kept import kept
from ui.cache.shipped import shipped
from ui.i18n import _

Kind = Literal["clear", "late", "unsure", "wrong"]
UNSURE, WRONG = 3, 3
STRIPS_TRIED = 30


@dataclass(frozen=True)
class Preset:
    kind: Kind
    at: int  # of the test pictures, from 0
    digits: str  # that the picture shows
    read: str  # the answer; of `unsure` the second guess


def digit_thumbnails(settings: Settings) -> dict[str, Thumbnail]:
    """The test pictures to choose from, by their number from 1."""
    test, ready = compute.test_digits(), shipped(settings)
    if ready is None:
        firsts = [int(np.flatnonzero(test.digits == digit)[0]) for digit in range(DIGITS)]
        return {str(at + 1): Thumbnail(str(digit), pixels=_rows(test.images[at])) for digit, at in enumerate(firsts)}
    return {
        str(each.at + 1): Thumbnail(_label(each), pixels=_rows(test.images[each.at]))
        for each in digit_presets(ready.state)
    }


def strip_thumbnails(settings: Settings) -> dict[str, Thumbnail]:
    strips, ready = compute.test_strips(), shipped(settings)
    chosen = _by_length() if ready is None else _strip_presets(ready.state)
    return {
        str(each.at + 1): Thumbnail(_label(each) if each.kind == "wrong" else each.digits, pixels=_rows(strips.images[each.at]))
        for each in chosen
    }  # fmt: skip


def _rows(image: np.ndarray) -> tuple[list[float], ...]:
    return tuple(image.tolist())


def _label(preset: Preset) -> str:
    match preset.kind:
        case "clear":
            return _("known early")
        case "late":
            return _("known late")
        case "unsure":
            return _("{digit} or {other}?").format(digit=preset.digits, other=preset.read)
        case "wrong":
            return _("{digit} as {other}").format(digit=preset.digits, other=preset.read)


@kept(2)
def digit_presets(state: RunState) -> tuple[Preset, ...]:
    test = compute.test_digits()
    scores = scores_after_each_step(DigitReader(state), test.images)  # (N, T, 10)
    answers = scores.argmax(axis=2)
    stays = (answers == answers[:, -1:])[:, ::-1]
    decided = scores.shape[1] - np.where(stays.all(axis=1), scores.shape[1], stays.argmin(axis=1))
    last = scores[:, -1]
    ranked = np.argsort(last, axis=1)
    places = np.arange(len(last))
    lead = last[places, ranked[:, -1]] - last[places, ranked[:, -2]]
    right = answers[:, -1] == test.digits
    rights = np.flatnonzero(right)
    clear = min(rights, key=lambda at: (decided[at], -lead[at]))
    late = max(rights, key=lambda at: (decided[at], lead[at]))
    pairs = {frozenset(ranked[at, -2:]): at for at in sorted(set(rights) - {clear, late}, key=lambda at: -lead[at])}
    unsure = sorted(pairs.values(), key=lambda at: lead[at])  # the least sure of each pair of digits
    wrong = sorted(np.flatnonzero(~right), key=lambda at: -lead[at])
    return (
        Preset("clear", int(clear), str(test.digits[clear]), ""),
        Preset("late", int(late), str(test.digits[late]), ""),
        *(Preset("unsure", int(at), str(test.digits[at]), str(ranked[at, -2])) for at in unsure[:UNSURE]),
        *(Preset("wrong", int(at), str(test.digits[at]), str(answers[at, -1])) for at in wrong[:WRONG]),
    )


def _by_length() -> tuple[Preset, ...]:
    """The first test strip of each length."""
    digits = compute.test_strips().digits
    firsts = [next(at for at, each in enumerate(digits) if len(each) == length) for length in range(1, 6)]
    return tuple(Preset("clear", at, _joined(digits[at]), "") for at in firsts)


@kept(2)
def _strip_presets(state: RunState) -> tuple[Preset, ...]:
    """Those, and the first that are misread."""
    strips, reader = compute.test_strips(), compute.strip_reader(state)
    answers = [reader.read(image).answer for image in strips.images[:STRIPS_TRIED]]
    wrong = [at for at, answer in enumerate(answers) if answer != strips.digits[at]]
    found = [each for each in _by_length() if each.at not in wrong]
    misread = (Preset("wrong", at, _joined(strips.digits[at]), _joined(answers[at])) for at in wrong[:WRONG])
    return (*found, *misread)


def _joined(digits: tuple[int, ...]) -> str:
    return "".join(map(str, digits))
