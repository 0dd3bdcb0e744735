"""The simple ways to read a digit or a strip, on the same test pictures as the network.

None of them cares in which order the pixels come: each looks at the whole picture at once.
"""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.vision import data
from rnn_core.apps.vision.data import Pictures, Whole
from rnn_core.apps.vision.settings import DIGITS, SIDE, Settings
from rnn_core.arrays import Array
from rnn_core.blocks.ctc import edit_distance
from rnn_core.blocks.readout import softmax

Classifier = Callable[[Array], Whole]  # pictures (N, 8, 8) -> digits (N,)
NEIGHBOURS = 3


def baselines(settings: Settings) -> dict[str, Scores]:
    return strip_baselines() if settings.task == "strip" else digit_baselines(settings.hidden_rows)


@cache
def digit_baselines(hidden_rows: int) -> dict[str, Scores]:
    whole, known, test = (
        data.pictures("training"),
        *(data.digits_to_judge(part, hidden_rows) for part in ("training", "test")),
    )
    said = {
        "the most frequent digit": np.full(len(test.digits), np.bincount(known.digits).argmax()),
        "the nearest mean picture": nearest_mean(whole)(test.images),
        "logistic regression on all pixels": logistic_regression(known)(test.images),
        f"the {NEIGHBOURS} nearest training pictures": nearest_neighbours(whole)(test.images),
    }
    return {name: scores([(digit,) for digit in digits], [(d,) for d in test.digits]) for name, digits in said.items()}


@cache
def strip_baselines() -> dict[str, Scores]:
    known, test = data.pictures("training"), data.strips_to_judge("test")
    mean, neighbours = nearest_mean(known), nearest_neighbours(known)
    cut = [cut_at_empty_columns(image) for image in test.images]
    told = [cut_at(image, starts) for image, starts in zip(test.images, test.starts, strict=True)]
    said = {
        "cut at empty columns, nearest mean picture": [tuple(mean(parts).tolist()) for parts in cut],
        f"cut at empty columns, {NEIGHBOURS} nearest training pictures": [
            tuple(neighbours(parts).tolist()) for parts in cut
        ],
        f"told where each digit lies, {NEIGHBOURS} nearest training pictures": [
            tuple(neighbours(parts).tolist()) for parts in told
        ],
    }
    return {name: scores(readings, test.digits) for name, readings in said.items()}


def scores(said: Sequence[tuple[int, ...]], wanted: Sequence[tuple[int, ...]]) -> Scores:
    pairs = list(zip(said, wanted, strict=True))
    edits = sum(edit_distance(*pair) for pair in pairs)
    return {
        "read without a mistake": float(np.mean([a == b for a, b in pairs])),
        "wrong digits": float(edits / sum(map(len, wanted))),
    }


def nearest_mean(known: Pictures) -> Classifier:
    means = np.stack([known.images[known.digits == digit].mean(axis=0).ravel() for digit in range(DIGITS)])

    def classify(images: Array) -> Whole:
        return np.asarray(_distances(images, means).argmin(axis=1))

    return classify


def nearest_neighbours(known: Pictures) -> Classifier:
    def classify(images: Array) -> Whole:
        nearest = nearest_digits(known, images)
        votes = (nearest[:, :, None] == np.arange(DIGITS)).sum(axis=1) + 0.5 * (nearest[:, :1] == np.arange(DIGITS))
        return np.asarray(votes.argmax(axis=1))  # the nearest one decides a tie

    return classify


def nearest_digits(known: Pictures, images: Array) -> Whole:
    """(N, NEIGHBOURS) what the nearest pictures show, the nearest first."""
    distances = _distances(images, known.images.reshape(len(known.images), -1))
    return known.digits[distances.argsort(axis=1, kind="stable")[:, :NEIGHBOURS]]


def logistic_regression(known: Pictures, steps: int = 300, rate: float = 2.0, decay: float = 1e-3) -> Classifier:
    """Gradient descent with momentum on all training pictures at once."""
    X = _with_one(known.images)
    wanted = np.eye(DIGITS)[known.digits]
    W, speed = np.zeros((X.shape[1], DIGITS)), np.zeros((X.shape[1], DIGITS))
    for _ in range(steps):
        slope = X.T @ (softmax(X @ W) - wanted) / len(X) + decay * W
        speed = 0.9 * speed - rate * 0.1 * slope
        W += speed

    def classify(images: Array) -> Whole:
        return np.asarray((_with_one(images) @ W).argmax(axis=1))

    return classify


def cut_at_empty_columns(strip: Array) -> Array:
    """(n, 8, 8): each run of columns with ink as a picture, its middle in the middle."""
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


def _distances(images: Array, others: Array) -> Array:
    """(N, M) squared, each picture to each of the others (M, 64), over the rows that have ink in the picture."""
    pixels = images.reshape(len(images), -1)
    seen = np.repeat(images.max(axis=2) > 0, SIDE, axis=1).astype(np.float64)  # (N, 64)
    return np.asarray((pixels**2).sum(axis=1)[:, None] - 2 * pixels @ others.T + seen @ (others**2).T)
