"""How sure a network may be: one temperature for its scores, fitted on validation pictures, and the error that is left.

A network that was trained until it made few mistakes is surer than it is right, above all on drawings unlike its training data. Its
scores are divided by the temperature before the softmax, which changes no answer (Guo, Pleiss, Sun and Weinberger, 2017).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rnn_core.apps.batched import batch_states
from rnn_core.apps.digits.drawn import drawings
from rnn_core.apps.digits.pictures import Part, Pictures, Whole, pictures
from rnn_core.apps.kept import cached_with_state
from rnn_core.apps.vision import data
from rnn_core.apps.vision.reader import DigitReader
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.learn.state import RunState

TEMPERATURES = np.geomspace(0.5, 8.0, 81)
BINS = 10
CERTAINTIES = (0.0, 0.6, 0.8, 0.9, 0.97, 1.0)  # the limits of the groups that a page names


@dataclass(frozen=True)
class CertaintyGroup:
    """The unseen pictures that were read with about the same certainty."""

    low: float
    high: float
    pictures: int
    right: int


def last_scores(reader: DigitReader, images: Array) -> Array:
    """(N, 10) the scores after the last step."""
    _states, last = batch_states(reader.recurrent.forward[0], data.as_steps(images, reader.settings.order))
    return np.asarray(last.h @ reader.readout.W_hy.T + reader.readout.b_y)


def scores_after_each_step(reader: DigitReader, images: Array) -> Array:
    """(N, T, 10)"""
    states, _last = batch_states(reader.recurrent.forward[0], data.as_steps(images, reader.settings.order))
    return np.asarray(states[:, 1:] @ reader.readout.W_hy.T + reader.readout.b_y)


@cached_with_state
def certainty_groups(state: RunState) -> tuple[CertaintyGroup, ...]:
    """The test pictures and the drawings by others in groups of about the same calibrated certainty of the answer."""
    known = both("test")
    beliefs = softmax(last_scores(DigitReader(state), known.images) / temperature(state))
    sure, right = beliefs.max(axis=1), beliefs.argmax(axis=1) == known.digits
    group = np.searchsorted(CERTAINTIES[1:-1], sure, side="right")
    return tuple(
        CertaintyGroup(low, high, int((group == g).sum()), int(right[group == g].sum()))
        for g, (low, high) in enumerate(pairwise(CERTAINTIES))
    )


def group_of(groups: tuple[CertaintyGroup, ...], certainty: float) -> CertaintyGroup:
    return next(each for each in reversed(groups) if certainty >= each.low)


@cached_with_state
def temperature(state: RunState) -> float:
    """The temperature with the smallest cross-entropy on the validation pictures and on drawings."""
    known = both("validation")
    scores = last_scores(DigitReader(state), known.images)
    losses = [_cross_entropy(scores / each, known.digits) for each in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def both(part: Part) -> Pictures:
    """The pictures of a part, and the drawings."""
    plain, drawn = pictures(part), drawings(part)
    return Pictures(np.concatenate([plain.images, drawn.images]), np.concatenate([plain.digits, drawn.digits]))


def calibration_error(beliefs: Array, digits: Whole) -> float:
    """The expected calibration error: how far belief and share of right answers lie apart, over ten groups of answers with
    about the same belief, each weighted by its size. beliefs (N, 10)."""
    best, right = beliefs.max(axis=1), beliefs.argmax(axis=1) == digits
    group = np.minimum((best * BINS).astype(int), BINS - 1)
    gaps = [abs(best[group == g].sum() - right[group == g].sum()) for g in range(BINS)]
    return float(sum(gaps) / len(digits))


def drawn_scores(state: RunState) -> tuple[float, float]:
    """The share of drawings by other people that is read right, and the calibration error on them."""
    test = drawings("test")
    beliefs = softmax(last_scores(DigitReader(state), test.images) / temperature(state))
    return float((beliefs.argmax(axis=1) == test.digits).mean()), calibration_error(beliefs, test.digits)


def _cross_entropy(scores: Array, digits: Whole) -> float:
    high = scores.max(axis=1, keepdims=True)
    logs = scores - high - np.log(np.exp(scores - high).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(digits)), digits].mean())
