"""The rivals: every window of the picture with the shipped network's eye, and connected pieces of ink with nearest neighbours.

Their scores are stored beside the trained network: to measure them takes three seconds
(python -m rnn_core.apps.finding.make_baselines).
"""

import json

import numpy as np

from rnn_core.apps.digits.cut import connected
from rnn_core.apps.digits.neighbours import nearest_neighbours
from rnn_core.apps.digits.pictures import SIDE as SOURCE
from rnn_core.apps.digits.pictures import pictures
from rnn_core.apps.finding import data
from rnn_core.apps.finding.data import Part
from rnn_core.apps.finding.found import Found, Judged, judged
from rnn_core.apps.finding.reader import judged_scan
from rnn_core.apps.finding.scenes import LOWEST
from rnn_core.apps.finding.settings import MEASURES, Settings
from rnn_core.apps.scores import Scores
from rnn_core.apps.trained import APPS, load_trained
from rnn_core.arrays import Array

WINDOWS, PIECES = "all windows, the same eye", "connected ink, nearest neighbours"
INK = 0.3
KEPT = APPS / "finding" / "files" / "baselines.json"
LEAST = 0.8 * LOWEST  # pixels: lower pieces are no digits


def baselines(_settings: Settings) -> dict[str, Scores]:
    kept: dict[str, Scores] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def measured() -> dict[str, Scores]:
    """Computed anew."""
    by_windows = judged_scan(load_trained(Settings, "gru").state, "test")
    by_pieces = {part: _judged_pieces(part) for part in data.TESTS}
    return {WINDOWS: _scores({"test": by_windows}), PIECES: _scores(by_pieces)}


def _scores(found: dict[Part, Judged]) -> Scores:
    test = found["test"]
    values = [test.everything_right, test.precision, test.recall]
    scores = {measure.name: value for measure, value in zip(MEASURES, values, strict=False)}
    if test.windows:
        scores[MEASURES[3].name] = test.windows / test.pictures
    more = zip(MEASURES[4:], data.TESTS[1:], strict=True)
    return scores | {measure.name: found[part].everything_right for measure, part in more if part in found}


def _judged_pieces(part: Part) -> Judged:
    examples = data.held_out(part)
    return judged([_by_pieces(image) for image in examples.images], examples.truths, windows=0)


def _by_pieces(image: Array) -> list[Found]:
    """Each connected piece of ink that is as high as a digit, with the digit of the nearest training pictures."""
    pieces = [piece for piece in connected(image > INK) if piece.height >= LEAST]
    if not pieces:
        return []
    crops = [_squared(image[piece.top : piece.bottom, piece.left : piece.right]) for piece in pieces]
    digits = nearest_neighbours(pictures("training"))(np.stack(crops))
    boxes = [np.array([piece.left, piece.top, piece.right, piece.bottom], dtype=np.float64) for piece in pieces]
    return [Found(int(digit), 1.0, box, cell=0) for digit, box in zip(digits, boxes, strict=True)]


def _squared(crop: Array) -> Array:
    """(8, 8): the piece in the middle of a square, each pixel the mean of the ink below it."""
    side = max(crop.shape)
    high, wide = crop.shape
    square = np.zeros((side, side))
    top, left = (side - high) // 2, (side - wide) // 2
    square[top : top + high, left : left + wide] = crop
    fine = np.repeat(np.repeat(square, SOURCE, axis=0), SOURCE, axis=1)
    return np.asarray(fine.reshape(SOURCE, side, SOURCE, side).mean(axis=(1, 3)))
