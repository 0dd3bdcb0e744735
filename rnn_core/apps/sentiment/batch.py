"""Many sentences at once through a trained network, with nothing kept but the answers: for scores, prefixes and omissions.

`Reader` reads one sentence with everything open; a test holds the two equal.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.tensors import Tensors
from rnn_core.types import Array

Ids = NDArray[np.int64]


def padded(sentences: Sequence[Sequence[int]]) -> tuple[Ids, Ids]:
    """(N, T), 0 behind the end, and the lengths (N,)."""
    lengths = np.array([len(each) for each in sentences])
    ids = np.zeros((len(sentences), int(lengths.max())), dtype=np.int64)
    for row, each in enumerate(sentences):
        ids[row, : len(each)] = each
    return ids, lengths


def scores_of(tensors: Tensors, settings: Settings, ids: Ids, lengths: Ids) -> Array:
    """(N, T) and (N,), none 0 -> the score of "positive" (N,)."""
    states = tensors["embedding.weight"][ids]
    for layer in range(settings.layers):
        read = [_run(tensors, f"l{layer}", settings, states)]
        if settings.bidirectional:
            back = backward_order(lengths, ids.shape[1])
            turned = np.take_along_axis(states, back[:, :, None], axis=1)
            ended = _run(tensors, f"l{layer}_reverse", settings, turned)
            read.append(np.take_along_axis(ended, back[:, :, None], axis=1))
        states = np.concatenate(read, axis=2)
    gathered = gather(tensors, settings, states, lengths)
    return np.asarray(gathered @ tensors["answer.weight"][0] + tensors["answer.bias"][0])


def backward_order(lengths: Ids, T: int) -> Ids:
    """(N, T): each sentence from its own end; what is behind the end stays there."""
    steps = np.arange(T)[None, :]
    return np.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)


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


def _run(tensors: Mapping[str, Array], end: str, settings: Settings, xs: Array) -> Array:
    """One layer in one direction: (N, T, X) -> (N, T, H). The gates are in torch's order."""
    W_ih, W_hh, b_ih, b_hh = (
        tensors[f"layers.{name}_{end}"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    from_input = xs @ W_ih.T + b_ih
    h = np.zeros((len(xs), settings.hidden))
    c = np.zeros_like(h)
    states = np.empty((*xs.shape[:2], settings.hidden))
    for t in range(xs.shape[1]):
        from_input_now, from_state = from_input[:, t], h @ W_hh.T + b_hh
        match settings.core_cell:
            case "rnn":
                h = np.tanh(from_input_now + from_state)
            case "lstm":
                i, f, g, o = np.split(from_input_now + from_state, 4, axis=1)
                c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
                h = _sigmoid(o) * np.tanh(c)
            case "gru":
                (r_x, z_x, n_x), (r_h, z_h, n_h) = np.split(from_input_now, 3, axis=1), np.split(from_state, 3, axis=1)
                z = _sigmoid(z_x + z_h)
                h = (1.0 - z) * np.tanh(n_x + _sigmoid(r_x + r_h) * n_h) + z * h
        states[:, t] = h
    return states


def _sigmoid(values: Array) -> Array:
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-values)))
