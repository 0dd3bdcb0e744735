"""Baselines on the same test as the network: from one input only, without grammar, and with the rules given."""

from collections.abc import Callable
from functools import cache

import numpy as np

from rnn_core.apps.digits.neighbours import nearest_neighbours
from rnn_core.apps.digits.pictures import pictures
from rnn_core.apps.multimodal import data
from rnn_core.apps.multimodal.data import KINDS, Examples
from rnn_core.apps.multimodal.questions import vocabulary
from rnn_core.apps.multimodal.settings import Settings
from rnn_core.apps.scores import Scores
from rnn_core.apps.trained import load_trained
from rnn_core.arrays import Array, Mask
from rnn_core.cells.activations import sigma

Answer = Callable[[Examples], Mask]
MADE = 6000  # training examples for the baselines that count or fit


def baselines(settings: Settings) -> dict[str, Scores]:
    """The networks with one input are the application's own, trained in the same way."""
    found = dict(_simple())
    for inputs, name in (("question", "the network, the question only"), ("picture", "the network, the picture only")):
        if settings.inputs != inputs:
            found[name] = load_trained(Settings, f"{inputs}-gru").about.scores
    return found


@cache
def _simple() -> dict[str, Scores]:
    known = data.make("training", KINDS[0], MADE, np.random.default_rng(7))
    mostly = bool(known.yes.mean() >= 0.5)
    weights = _logistic_regression(known)
    digits_of = nearest_neighbours(pictures("training"))
    return {
        "always the same answer": _scores(lambda test: np.full(len(test.yes), mostly)),
        "all pixels and words, weighted": _scores(lambda test: _inputs(test) @ weights > 0),
        "nearest pictures, and the rules told": _scores(
            lambda test: np.array(
                [asked.is_true_for(int(digit)) for asked, digit in zip(test.asked, digits_of(test.images), strict=True)]
            )
        ),
    }


def _scores(answer: Answer) -> Scores:
    each = {kind: _share(answer, data.evaluation_examples("test", kind)) for kind in KINDS}
    return {"right answers": float(np.mean(list(each.values())))} | each


def _share(answer: Answer, test: Examples) -> float:
    return float(np.mean(answer(test) == test.yes))


def _inputs(given: Examples) -> Array:
    """(N, 64 + V + 1): pixels, which words occur, and one."""
    N = len(given.yes)
    words = np.zeros((N, len(vocabulary())))
    np.put_along_axis(words, given.words, 1.0, axis=1)
    return np.concatenate([given.images.reshape(N, -1), words[:, 1:], np.ones((N, 1))], axis=1)


def _logistic_regression(known: Examples, steps: int = 300, rate: float = 0.2) -> Array:
    X, W = _inputs(known), np.zeros(64 + len(vocabulary()))
    speed = np.zeros_like(W)
    for _ in range(steps):
        speed = 0.9 * speed - rate * (X.T @ (sigma(X @ W) - known.yes) / len(X) + 1e-4 * W)
        W += speed
    return W
