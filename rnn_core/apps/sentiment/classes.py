"""The classes of a review, and what follows from the outputs of a network or of a word count.

Two classes have one output, the score of "positive" against "negative". Three classes have one output each.
"""

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.cells.activations import sigma

NEGATIVE, POSITIVE, NEUTRAL = 0, 1, 2
AS_SHOWN = {2: (NEGATIVE, POSITIVE), 3: (NEGATIVE, NEUTRAL, POSITIVE)}  # by the number of classes


def outputs_for(classes: int) -> int:
    return 1 if classes == 2 else classes


def chances(outputs: Array) -> Array:
    """(..., 1) or (..., 3) -> the probability of each class (..., 2) or (..., 3)."""
    if outputs.shape[-1] > 1:
        return softmax(outputs)
    return np.concatenate([1.0 - sigma(outputs), sigma(outputs)], axis=-1)


def score(outputs: Array) -> Array:
    """(...,) of "positive" against "negative": above 0 where positive is more probable of the two."""
    return np.asarray(outputs[..., 0] if outputs.shape[-1] == 1 else outputs[..., POSITIVE] - outputs[..., NEGATIVE])


def balance(given: Array) -> Array:
    """Probabilities (..., K) -> (...,) from 0, negative, to 1, positive. A neutral review counts as one half."""
    neutral = given[..., NEUTRAL] / 2 if given.shape[-1] > 2 else 0.0
    return np.asarray(given[..., POSITIVE] + neutral)


def most_probable(given: Array) -> int:
    """The class of one vector of probabilities. Where all are equal, it is neutral."""
    return len(given) - 1 - int(given[::-1].argmax())


def answers(outputs: Array) -> NDArray[np.int64]:
    """(...,) the most probable class."""
    return np.asarray(outputs[..., 0] > 0 if outputs.shape[-1] == 1 else outputs.argmax(axis=-1)).astype(np.int64)


def confusion(right: NDArray[np.int64], found: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """(K, K) reviews of each class, and what was answered, in the order of AS_SHOWN."""
    order = AS_SHOWN[classes]
    return np.array([[np.sum((right == row) & (found == column)) for column in order] for row in order])
