"""The baselines for a digit and a strip, on the same test pictures as the network.

They use the whole picture at once, so the order of its pixels does not matter.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from rnn_core.apps.digits.drawn import drawings
from rnn_core.apps.digits.neighbours import NEIGHBOURS, Classifier, distances, nearest_neighbours
from rnn_core.apps.digits.pictures import DIGITS, SIDE, Pictures, Whole, pictures
from rnn_core.apps.scores import Scores
from rnn_core.apps.vision import data
from rnn_core.apps.vision.settings import MEASURES, Settings
from rnn_core.arrays import Array
from rnn_core.blocks.ctc import edit_distance
from rnn_core.blocks.readout import softmax

DRAWN = MEASURES[2].name


def baselines(settings: Settings) -> dict[str, Scores]:
    return strip_baselines() if settings.task == "strip" else digit_baselines(settings.hidden_rows)


@cache
def digit_baselines(hidden_rows: int) -> dict[str, Scores]:
    whole, known, test = (
        pictures("training"),
        *(data.digits_for_evaluation(part, hidden_rows) for part in ("training", "test")),
    )
    most = np.bincount(known.digits).argmax()
    classifiers: dict[str, Classifier] = {
        "the most frequent digit": lambda images: np.full(len(images), most),
        "the nearest mean picture": nearest_mean(whole),
        "logistic regression on all pixels": logistic_regression(known),
        f"the {NEIGHBOURS} nearest training pictures": nearest_neighbours(whole),
    }
    drawn = drawings("test")
    found: dict[str, Scores] = {}
    for name, classify in classifiers.items():
        known_right = scores([(digit,) for digit in classify(test.images)], [(digit,) for digit in test.digits])
        found[name] = known_right | {DRAWN: float((classify(drawn.images) == drawn.digits).mean())}
    return found


@cache
def strip_baselines() -> dict[str, Scores]:
    known, test = pictures("training"), data.strips_for_evaluation("test")
    mean, neighbours = nearest_mean(known), nearest_neighbours(known)
    cut = [cut_at_empty_columns(image) for image in test.images]
    cut_at_starts = [cut_at(image, starts) for image, starts in zip(test.images, test.starts, strict=True)]
    predicted = {
        "cut at empty columns, nearest mean picture": [tuple(mean(parts).tolist()) for parts in cut],
        f"cut at empty columns, {NEIGHBOURS} nearest training pictures": [
            tuple(neighbours(parts).tolist()) for parts in cut
        ],
        f"told where each digit lies, {NEIGHBOURS} nearest training pictures": [
            tuple(neighbours(parts).tolist()) for parts in cut_at_starts
        ],
    }
    return {name: scores(readings, test.digits) for name, readings in predicted.items()}


def scores(predicted: Sequence[tuple[int, ...]], target: Sequence[tuple[int, ...]]) -> dict[str, float]:
    pairs = list(zip(predicted, target, strict=True))
    edits = sum(edit_distance(*pair) for pair in pairs)
    return {
        "read without a mistake": float(np.mean([a == b for a, b in pairs])),
        "wrong digits": float(edits / sum(map(len, target))),
    }


def nearest_mean(known: Pictures) -> Classifier:
    means = np.stack([known.images[known.digits == digit].mean(axis=0).ravel() for digit in range(DIGITS)])

    def classify(images: Array) -> Whole:
        return np.asarray(distances(images, means).argmin(axis=1))

    return classify


def logistic_regression(known: Pictures, steps: int = 300, rate: float = 2.0, decay: float = 1e-3) -> Classifier:
    """Gradient descent with momentum on all training pictures at once."""
    X = _with_one(known.images)
    target = np.eye(DIGITS)[known.digits]
    W, speed = np.zeros((X.shape[1], DIGITS)), np.zeros((X.shape[1], DIGITS))
    for _ in range(steps):
        slope = X.T @ (softmax(X @ W) - target) / len(X) + decay * W
        speed = 0.9 * speed - rate * 0.1 * slope
        W += speed

    def classify(images: Array) -> Whole:
        return np.asarray((_with_one(images) @ W).argmax(axis=1))

    return classify


def cut_at_empty_columns(strip: Array) -> Array:
    """(n, 8, 8): each run of columns with ink as a picture, centred."""
    inked = np.flatnonzero(np.diff(np.concatenate([[0], (strip.max(axis=0) > 0).astype(int), [0]])))
    return np.array([_framed(strip[:, a:b]) for a, b in inked.reshape(-1, 2)]).reshape(-1, SIDE, SIDE)


def cut_at(strip: Array, starts: tuple[int, ...]) -> Array:
    return np.array([_framed(strip[:, start : start + SIDE]) for start in starts])


def _framed(piece: Array) -> Array:
    """A piece of a strip as a picture: the 8 rows from the first with ink, and 8 columns around its middle."""
    inked = np.flatnonzero(piece.max(axis=1) > 0)
    top = min(int(inked[0]), len(piece) - SIDE) if len(inked) else 0
    piece = piece[top : top + SIDE]
    width = piece.shape[1]
    if width > SIDE:
        return piece[:, (width - SIDE) // 2 :][:, :SIDE]
    left = (SIDE - width) // 2
    return np.pad(piece, ((0, 0), (left, SIDE - width - left)))


def _with_one(images: Array) -> Array:
    return np.concatenate([images.reshape(len(images), -1), np.ones((len(images), 1))], axis=1)
