r"""A gated memory as an exact sum: a part of its initial value, and a part of the value that each step wrote.

A memory that each step only scales and adds to, $m_t = k_t \odot m_{t-1} + w_t$, is the sum
$$m_t \;=\; \Big(\prod_{j=1}^{t} k_j\Big) m_0 \;+\; \sum_{s=1}^{t} \Big(\prod_{j=s+1}^{t} k_j\Big) w_s .$$
LSTM: $m = c$, kept $k = f$, written $w = i \odot g$. GRU: $m = h$, kept $k = z$, written $w = (1 - z) \odot n$ (or the
other way round). A plain RNN has no such sum, because its activation acts on the whole state.

Where an intervention overrides the memory, k is 0 and w is the new number.
"""

from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.one_step import masks_of
from rnn_core.arrays import Array
from rnn_core.cells import AnyTrace, LSTMTrace, RNNTrace
from rnn_core.errors import MAX_NUMBERS, CoreError, check_integer


@dataclass(frozen=True)
class Memory:
    """The memory of a run: values[t+1] = kept[t] * values[t] + written[t]."""

    values: Array  # (T+1, H) cs of an LSTM, hs of a GRU
    kept: Array  # (T, H)
    written: Array  # (T, H)


@dataclass(frozen=True)
class GroupedShares:
    """Shares summed over groups of consecutive steps, positive and negative ones separately, so that they do not cancel."""

    first: tuple[
        int, ...
    ]  # (G,) the first row of `shares` in the group: 0 is the initial value, s is the value that step s wrote
    last: tuple[int, ...]  # (G,) the last row of the group
    positive: Array  # (G, T+1) the sum of the shares above zero
    negative: Array  # (G, T+1) the sum of those below


def memory(trace: AnyTrace) -> Memory:
    if isinstance(trace, RNNTrace):
        raise CoreError("trace", "an RNN's", "an LSTM's or a GRU's: an RNN has no gate that keeps")
    if isinstance(trace, LSTMTrace):
        name, values, kept = "c", trace.cs, trace.forget_gate.copy()
        written = trace.input_gate * trace.candidate
    else:
        z = trace.update_gate
        kept, write = (z.copy(), 1.0 - z) if trace.params.z_keeps else (1.0 - z, z)
        name, values, written = "h", trace.hs, write * trace.candidate
    free = masks_of(trace).without_overridden(name, np.ones_like(kept)) > 0.0
    return Memory(values, np.where(free, kept, 0.0), np.where(free, written, values[1:]))


def remaining_start(trace: AnyTrace) -> Array:
    """(T+1, H): the factor with which m_0 remains in each m_t: the product of the k.

    >>> import rnn_core as rc
    >>> params = rc.init_params("lstm", 1, 1, scheme="zeros")  # the forget gate is 1/2
    >>> remaining_start(rc.run(params, np.zeros((3, 1))))[:, 0]
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    kept = memory(trace).kept
    return np.concatenate((np.ones_like(kept[:1]), np.cumprod(kept, axis=0)))


def shares(trace: AnyTrace, unit: int) -> Array:
    """(T+1, T+1): row s, column t is the part of m_t that step s wrote; row 0 is m_0's part. Each column sums to m_t."""
    made_of = memory(trace)
    T, H = made_of.kept.shape
    if (T + 1) ** 2 > MAX_NUMBERS:
        raise CoreError("trace", f"{T} steps", "a shorter run: the shares are a square of steps by steps")
    unit = check_integer("unit", unit, 0, H - 1)
    kept, written = made_of.kept[:, unit], made_of.written[:, unit]
    by_step = np.zeros((T + 1, T + 1))  # row t is m_t here, because rows are faster to fill; the result is transposed
    by_step[0, 0] = made_of.values[0, unit]
    for t in range(T):
        np.multiply(by_step[t, : t + 1], kept[t], by_step[t + 1, : t + 1])
        by_step[t + 1, t + 1] = written[t]
    return by_step.T


def grouped(parts: Array, groups: int) -> GroupedShares:
    """`shares` in at most `groups` groups of equally many consecutive steps; the initial value is a group of its own."""
    T = len(parts) - 1
    check_integer("groups", groups, 1, T)
    length = -(-T // groups)
    first = (0, *range(1, T + 1, length))
    positive, negative = (np.add.reduceat(side, first) for side in (np.maximum(parts, 0.0), np.minimum(parts, 0.0)))
    return GroupedShares(first, (0, *(min(at + length - 1, T) for at in first[1:])), positive, negative)


def time_scale(kept: Array) -> Array:
    r"""The number of steps after which a memory that keeps k per step has decayed to 1/e: $-1/\log k$; inf for k = 1.

    >>> time_scale(np.array([0.5, 0.99, 1.0])).round(1)
    array([ 1.4, 99.5,  inf])
    """
    with np.errstate(divide="ignore"):
        return np.asarray(1.0 / (0.0 - np.log(kept)))  # 0 - 0 is +0, so that k = 1 gives inf and not -inf
