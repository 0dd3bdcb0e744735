"""Logistic regression on counts of words, which ignores their order, or of words and pairs of neighbours.

P(positive) = sigmoid(b + sum of the weights of what is found). Trained with Nesterov's momentum on the same
reviews as the networks, with a small penalty on the weights; a sparse product is a `bincount`.
"""

import itertools
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.sentiment import classes, data, own, sentences
from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma

STEPS, MOMENTUM, PENALTY = 100, 0.95, 1e-4
_FILES = Path(__file__).parent / "files"
GENERATED, SENTENCES = _FILES / "bags.json", _FILES / "sentences-bags.json"  # the kept bags (make_data.py)
RAREST = 2  # rarer features are left out

Order = Literal[1, 2]


@dataclass(frozen=True)
class Bag:
    order: Order  # 1: words; 2: words and pairs of neighbours
    weights: dict[str, float]
    bias: float

    def parts(self, words: Sequence[str]) -> list[tuple[str, float]]:
        """Every feature of this text with its weight; an unknown feature has weight 0."""
        return [(feature, self.weights.get(feature, 0.0)) for feature in features(words, self.order)]

    def score(self, words: Sequence[str]) -> float:
        return self.bias + sum(weight for _feature, weight in self.parts(words))

    def scores(self, given: data.Examples) -> Array:
        return np.array([self.score(words) for words in given.words])


def features(words: Sequence[str], order: Order) -> list[str]:
    single = list(words)
    if order == 1:
        return single
    ended = ["^", *words, "$"]
    return single + [f"{left} {right}" for left, right in itertools.pairwise(ended)]


def train_bag(given: data.Examples, order: Order) -> Bag:
    counted = [features(words, order) for words in given.words]
    often = Counter(feature for found in counted for feature in set(found))
    places = {feature: place for place, feature in enumerate(sorted(f for f, n in often.items() if n >= RAREST))}
    rows, columns = [], []
    for row, found in enumerate(counted):
        kept = [places[feature] for feature in found if feature in places]
        rows += [row] * len(kept)
        columns += kept
    weights, bias = _fit(np.array(rows), np.array(columns), len(places), given.labels.astype(np.float64))
    return Bag(order, dict(zip(places, weights.tolist(), strict=True)), bias)


def _fit(rows: NDArray[np.int64], columns: NDArray[np.int64], width: int, labels: Array) -> tuple[Array, float]:
    N = len(labels)
    weights, speed, bias, bias_speed = np.zeros(width), np.zeros(width), 0.0, 0.0
    # The largest slope of a sigmoid is 1/4, and a review holds len(rows) / N ones. Rare features take larger steps.
    rate = 4.0 * N / len(rows)
    rates = rate * N / np.bincount(columns, minlength=width)
    for _ in range(STEPS):
        ahead, bias_ahead = weights + MOMENTUM * speed, bias + MOMENTUM * bias_speed
        scores = bias_ahead + np.bincount(rows, ahead[columns], minlength=N)
        error = (sigma(np.asarray(scores, np.float64)) - labels) / N
        slope = np.bincount(columns, error[rows], minlength=width) + PENALTY * ahead
        speed = MOMENTUM * speed - rates * slope
        bias_speed = MOMENTUM * bias_speed - rate * float(error.sum())
        weights, bias = weights + speed, bias + bias_speed
    return weights, bias


@cached_until_cleared(8)
def trained(rows: str, order: Order) -> tuple[Bag, ...]:
    """Trained on the networks' training data: rated reviews, or the generated ones. One bag for two classes, which answers
    "positive"; for three a bag of each class against the others."""
    if not rows:
        return (train_bag(data.training(), order),)
    given = own.data(rows).training()
    if own.classes(rows) == 2:
        return (train_bag(given, order),)
    return tuple(
        train_bag(replace(given, labels=(given.labels == each).astype(np.int64)), order)
        for each in (classes.NEGATIVE, classes.POSITIVE, classes.NEUTRAL)
    )


def bags(rows: str, order: Order) -> tuple[Bag, ...]:
    """The same; for the reviews of networks that ship they are read from a file."""
    file = kept_in(rows)
    return _read(file, order) if file else trained(rows, order)


def kept_in(rows: str) -> Path | None:
    """The file with the bags of these reviews; None for a visitor's own."""
    if not rows:
        return GENERATED
    return SENTENCES if rows == sentences.packed() else None


@cache
def _read(file: Path, order: Order) -> tuple[Bag, ...]:
    found = kept(file)["bags"][str(order)]
    return tuple(
        Bag(order, {feature: weights[at] for feature, weights in found["weights"].items()}, bias)
        for at, bias in enumerate(found["bias"])
    )


def outputs(found: Sequence[Bag], words: Sequence[str]) -> Array:
    """(K,) as those of a network. Of three bags the probabilities are scaled to the sum 1."""
    scores = np.array([each.score(words) for each in found])
    return scores if len(found) == 1 else -np.logaddexp(0.0, -scores)


def belief(rows: str, order: Order, words: Sequence[str]) -> float:
    """P(positive), and half of P(neutral)."""
    return float(classes.balance(classes.chances(outputs(bags(rows, order), words))))


@cache
def kept(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
