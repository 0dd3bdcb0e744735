r"""Connectionist temporal classification (Graves, Fernández, Gomez and Schmidhuber 2006): a loss for a sequence of labels
whose alignment with the frames is unknown.

At each of T frames the network predicts one of K classes or "blank" (no new label). A path of T predictions is decoded by
merging repeats and dropping blanks: 7 7 _ 7 2 2 becomes 7 7 2. The probability of the labels is the sum over all paths
that decode to them:

$$P(l \mid x) = \sum_{\pi \to l} \prod_t y_t(\pi_t), \qquad
\alpha_t(s) = y_t(l'_s)\,\bigl(\alpha_{t-1}(s) + \alpha_{t-1}(s-1) + [\,l'_s \ne \text{blank},\ l'_s \ne l'_{s-2}\,]\,\alpha_{t-1}(s-2)\bigr)$$

with l' the labels with a blank before, between and after them, 2L + 1 places. $\beta$ is the same from the end. Both
together give the posterior probability of place s at frame t, which is the alignment and, minus y, the gradient.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError


@dataclass(frozen=True)
class CTC:
    loss: float  # -log P(labels)
    places: tuple[int, ...]  # l': the labels with blanks around them
    alignment: Array  # (T, 2L+1) the posterior probability of place s at frame t: rows add up to 1
    dscores: Array  # (T, K) the gradient of the loss on the softmax's input


@dataclass(frozen=True)
class Prefix:
    labels: tuple[int, ...]
    probability: float  # the sum over all kept paths that decode to these labels


# The factor of a label after a prefix; of the end where the label is None.
LanguageModel = Callable[[tuple[int, ...], int | None], float]


def log_softmax(scores: Array) -> Array:
    below = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(below - np.log(np.exp(below).sum(axis=-1, keepdims=True)))


def ctc(scores: Array, labels: Sequence[int], blank: int) -> CTC:
    """The loss of the labels under scores (T, K), with the alignment and the gradient."""
    log_ys = log_softmax(scores)
    T = len(log_ys)
    places = [blank]
    for label in labels:
        places += [label, blank]
    S = len(places)
    if frames_needed(labels) > T:
        raise CoreError(
            "labels", f"{len(labels)} that need {frames_needed(labels)} frames", f"so few that {T} can say them"
        )
    at = np.array(places)
    jumps = np.zeros(S, dtype=bool)  # true where a path may come from two places before
    jumps[2:] = (at[2:] != blank) & (at[2:] != at[:-2])
    predicted = log_ys[:, at]  # (T, S)
    forward = _forward(predicted, jumps)
    # Beta is alpha of the mirrored sequence. Both include the frame itself, so it is subtracted once.
    mirrored = np.zeros(S, dtype=bool)
    mirrored[2:] = jumps[::-1][:-2]
    backward = _forward(predicted[::-1, ::-1], mirrored)[::-1, ::-1] - predicted
    both = forward + backward
    total = float(np.logaddexp.reduce(both[0]))
    alignment = np.exp(both - total)
    target = np.zeros_like(log_ys)
    for place, label in enumerate(places):
        target[:, label] += alignment[:, place]
    return CTC(-total, tuple(places), alignment, np.exp(log_ys) - target)


def _forward(predicted: Array, jumps: Mask) -> Array:
    """log alpha (T, S)."""
    T, S = predicted.shape
    alphas = np.full((T, S), -np.inf)
    alphas[0, :2] = predicted[0, :2]
    for t in range(1, T):
        reached = alphas[t - 1].copy()
        reached[1:] = np.logaddexp(reached[1:], alphas[t - 1, :-1])
        reached[2:] = np.where(jumps[2:], np.logaddexp(reached[2:], alphas[t - 1, :-2]), reached[2:])
        alphas[t] = reached + predicted[t]
    return alphas


def frames_needed(labels: Sequence[int]) -> int:
    """One for each label, and one for the blank between two that are the same.

    >>> frames_needed([3, 5, 5])
    4
    """
    return len(labels) + sum(a == b for a, b in pairwise(labels))


def read_path(path: Sequence[int], blank: int) -> tuple[int, ...]:
    """Repeats merged, blanks dropped.

    >>> read_path([0, 3, 3, 0, 5, 0, 5], blank=0)
    (3, 5, 5)
    """
    return tuple(label for label, _repeats in groupby(path) if label != blank)


def greedy(scores: Array, blank: int) -> tuple[int, ...]:
    """The labels that the most probable single path decodes to."""
    return read_path(scores.argmax(axis=1).tolist(), blank)


def prefix_beam(scores: Array, blank: int, width: int, model: LanguageModel | None = None) -> tuple[Prefix, ...]:
    """Beam search over prefixes, the most probable first: `width` prefixes are kept at each frame, and equal ones merged.

    With a language model every new label is multiplied by the model's factor after the prefix, and the end by its factor there.
    """
    ys = np.exp(log_softmax(scores))
    beam: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}  # ending in a blank, ending in the last label
    for y in ys.tolist():
        grown: dict[tuple[int, ...], list[float]] = {}
        for prefix, (blanks, labels) in beam.items():
            same = grown.setdefault(prefix, [0.0, 0.0])
            same[0] += (blanks + labels) * y[blank]
            if prefix:
                same[1] += labels * y[prefix[-1]]
            for label, probability in enumerate(y):
                if label != blank:
                    # A repeated label counts twice only with a blank between.
                    source = blanks if prefix and label == prefix[-1] else blanks + labels
                    factor = 1.0 if model is None else model(prefix, label)
                    grown.setdefault((*prefix, label), [0.0, 0.0])[1] += source * probability * factor
        best = sorted(grown.items(), key=lambda item: -sum(item[1]))[:width]
        beam = {prefix: (blanks, labels) for prefix, (blanks, labels) in best}
    found = [
        Prefix(prefix, sum(both) * (1.0 if model is None else model(prefix, None))) for prefix, both in beam.items()
    ]
    return tuple(sorted(found, key=lambda each: -each.probability))


def edit_distance(predicted: Sequence[int], target: Sequence[int]) -> int:
    """The number of labels that must be inserted, deleted or substituted.

    >>> edit_distance([3, 5, 7], [3, 7, 7, 9])
    2
    """
    row = list(range(len(target) + 1))
    for k, label in enumerate(predicted, start=1):
        before, row[0] = row[0], k
        for j, other in enumerate(target, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (label != other))
    return row[-1]
