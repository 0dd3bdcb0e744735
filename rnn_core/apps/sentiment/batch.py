"""The scores of many sentences at once, without intermediate values: for tests, prefixes and omissions.

`Reader` reads one sentence with all intermediate values; a test requires both to be equal.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.batched import batch_states
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.tensors import Tensors
from rnn_core.arrays import Array
from rnn_core.passes.layers import StackParams

Ids = NDArray[np.int64]


def padded(sentences: Sequence[Sequence[int]]) -> tuple[Ids, Ids]:
    """(N, T), 0 after the end, and the lengths (N,)."""
    lengths = np.array([len(each) for each in sentences])
    ids = np.zeros((len(sentences), int(lengths.max())), dtype=np.int64)
    for row, each in enumerate(sentences):
        ids[row, : len(each)] = each
    return ids, lengths


def outputs_of(stack: StackParams, tensors: Tensors, settings: Settings, ids: Ids, lengths: Ids) -> Array:
    """(N, T) and (N,), none 0 -> the outputs (N, K), K = 1 for two classes."""
    vectors = states = tensors["embedding.weight"][ids]
    back = backward_order(lengths, ids.shape[1])[:, :, None]
    for layer, forward in enumerate(stack.forward):
        read = [batch_states(forward, states)[0][:, 1:]]
        if stack.backward:
            turned = np.take_along_axis(states, back, axis=1)
            read.append(np.take_along_axis(batch_states(stack.backward[layer], turned)[0][:, 1:], back, axis=1))
        states = np.concatenate(read, axis=2)
    gathered = gather(tensors, settings, states, lengths)
    if settings.words_too:
        gathered = np.concatenate([gathered, mean_of_words(vectors, lengths)], axis=1)
    return np.asarray(gathered @ tensors["answer.weight"].T + tensors["answer.bias"])


def backward_order(lengths: Ids, T: int) -> Ids:
    """(N, T): indices that reverse each sentence and leave its padding in place."""
    steps = np.arange(T)[None, :]
    return np.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)


def mean_of_words(vectors: Array, lengths: Ids) -> Array:
    """(N, T, E) -> (N, E), without the padding."""
    there = (np.arange(vectors.shape[1]) < lengths[:, None])[:, :, None]
    return np.asarray((vectors * there).sum(axis=1) / lengths[:, None])


def gather(tensors: Tensors, settings: Settings, states: Array, lengths: Ids) -> Array:
    """(N, T, D*H) -> (N, D*H)."""
    H = settings.hidden
    there = (np.arange(states.shape[1]) < lengths[:, None])[:, :, None]
    match settings.pooling:
        case "last":
            end = states[np.arange(len(states)), lengths - 1]
            return np.concatenate([end[:, :H], states[:, 0, H:]], axis=1)
        case "mean":
            return np.asarray((states * there).sum(axis=1) / lengths[:, None])
        case "max":
            return np.asarray(np.where(there, states, -np.inf).max(axis=1))
        case _:
            asked = np.where(there, states @ tensors["attention.weight"].T, -np.inf)  # (N, T, 1)
            raised = np.exp(asked - asked.max(axis=1, keepdims=True))
            return np.asarray((raised / raised.sum(axis=1, keepdims=True) * states).sum(axis=1))
