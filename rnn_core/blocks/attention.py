r"""Attention over states: the last state is the query (scaled dot product, Vaswani et al. 2017; one head).

$$s_t = \beta\,\frac{h_t \cdot h_T}{\sqrt H} \qquad \alpha_t = \frac{e^{s_t}}{\sum_k e^{s_k}} \qquad
a = \sum_t \alpha_t\, h_t$$

Each state is a value in the sum and a key in its own score; the last state is also the query in every score. There are
no trained weights: with them, the same formula applies to $W_k h_t$, $W_q h_T$ and $W_v h_t$ with $\beta = 1$, because
training can make the scores large. Here $\beta$ scales the scores.

Backward, with $\delta v$ the gradient on $v$:
$$\delta\alpha_t = h_t \cdot \delta a, \qquad
\delta s_t = \alpha_t \Big(\delta\alpha_t - \sum_k \alpha_k\, \delta\alpha_k\Big), \qquad
\delta h_t = \underbrace{\alpha_t\,\delta a}_{\text{value}}
+ \underbrace{\tfrac{\beta}{\sqrt H}\,\delta s_t\, h_T}_{\text{key}}
+ \underbrace{[t = T]\, \tfrac{\beta}{\sqrt H} \textstyle\sum_k \delta s_k\, h_k}_{\text{query}}$$
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.arrays import Array
from rnn_core.cells.records import Record
from rnn_core.errors import CoreError, check_array, check_number, check_numbers


@dataclass(frozen=True, eq=False, repr=False)
class Attention(Record):
    states: Array  # (T, H)
    sharpness: float  # beta: 0 weighs all states equally, a large one selects a single state
    scores: Array  # (T,)
    weights: Array  # (T,) positive, with sum 1
    context: Array  # (H,)


@dataclass(frozen=True, eq=False, repr=False)
class AttentionGradients(Record):
    dstates: Array  # (T, H) the sum of the three parts
    as_value: Array  # (T, H)
    as_key: Array  # (T, H)
    as_query: Array  # (H,) of the last state only
    dweights: Array  # (T,)
    dscores: Array  # (T,) with sum 0: softmax is invariant to a constant added to all scores


def attend(states: ArrayLike, sharpness: float = 1.0) -> Attention:
    """The attention of the last of the states (T, H) over all of them, itself included."""
    hs = check_array("states", states, ("T", "H"))
    beta = check_number("sharpness", sharpness, 0.0)
    with np.errstate(over="ignore", invalid="ignore"):
        scores = hs @ hs[-1] * (beta / np.sqrt(hs.shape[1]))
    _check_finite(scores)
    weights = _softmax(scores)
    return Attention(hs, beta, scores, weights, weights @ hs)


def attend_backward(attention: Attention, dcontext: ArrayLike) -> AttentionGradients:
    """The gradients of a loss, given its gradient on the context (H,)."""
    hs, weights = attention.states, attention.weights
    direct = check_array("dcontext", dcontext, attention.context.shape)
    scale = attention.sharpness / np.sqrt(hs.shape[1])
    dweights = hs @ direct
    dscores = weights * (dweights - weights @ dweights)
    as_value = weights[:, None] * direct
    as_key = scale * dscores[:, None] * hs[-1]
    as_query = scale * dscores @ hs
    dstates = as_value + as_key
    dstates[-1] += as_query
    return AttentionGradients(dstates, as_value, as_key, as_query, dweights, dscores)


def attention_map(states: ArrayLike, sharpness: float = 1.0) -> Array:
    """(T, T): row t are the weights that `attend(states[:t + 1])` gives; nan for later steps."""
    hs = check_array("states", states, ("T", "H"))
    check_numbers("states", len(hs) ** 2)
    beta = check_number("sharpness", sharpness, 0.0)
    with np.errstate(over="ignore", invalid="ignore"):
        scores = hs @ hs.T * (beta / np.sqrt(hs.shape[1]))
    _check_finite(scores)
    to_come = np.triu(np.ones(scores.shape, dtype=bool), k=1)
    weights = _softmax(np.where(to_come, -np.inf, scores))
    return np.where(to_come, np.nan, weights)


def _softmax(scores: Array) -> Array:
    """Over the last axis. The largest score is subtracted, so that nothing overflows."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _check_finite(scores: Array) -> None:
    if not np.isfinite(scores).all():
        raise CoreError("states", "states whose products overflow", "smaller states, or a smaller sharpness")
