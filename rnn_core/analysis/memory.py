r"""What a gated memory is made of: of what it held at the start, and of what each step wrote, exactly.

A memory that is only scaled and added to, $m_t = k_t \odot m_{t-1} + w_t$, is the sum
$$m_t \;=\; \Big(\prod_{j=1}^{t} k_j\Big) m_0 \;+\; \sum_{s=1}^{t} \Big(\prod_{j=s+1}^{t} k_j\Big) w_s .$$
LSTM: $m = c$, kept $k = f$, written $w = i \odot g$. GRU: $m = h$, kept $k = z$, written $w = (1 - z) \odot n$ (or the
other way round). A plain RNN has no such sum: it squashes its whole state at every step.

Where an intervention puts a number into the memory, nothing of the old is kept and the number is what was written.
"""

from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.one_step import holds_of
from rnn_core.arrays import Array
from rnn_core.cells import AnyTrace, LSTMTrace, RNNTrace
from rnn_core.errors import MAX_NUMBERS, CoreError, check_integer


@dataclass(frozen=True)
class Memory:
    """The memory of a run with what each step kept and wrote: values[t+1] = kept[t] * values[t] + written[t]."""

    values: Array  # (T+1, H) cs of an LSTM, hs of a GRU
    kept: Array  # (T, H)
    written: Array  # (T, H)


@dataclass(frozen=True)
class GroupedShares:
    """Shares added up over stretches of steps. Signs stay apart, so that nothing cancels unseen."""

    first: tuple[int, ...]  # (G,) the first row of `shares` in the group: 0 is the start, s is what step s wrote
    last: tuple[int, ...]  # (G,) the last
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
    free = holds_of(trace).cut(name, np.ones_like(kept)) > 0.0
    return Memory(values, np.where(free, kept, 0.0), np.where(free, written, values[1:]))


def left_of_start(trace: AnyTrace) -> Array:
    """(T+1, H): the part of m_0 that is still there at each step, the product of what was kept.

    >>> import rnn_core as rc
    >>> params = rc.init_params("lstm", 1, 1, scheme="zeros")  # the forget gate is 1/2
    >>> left_of_start(rc.run(params, np.zeros((3, 1))))[:, 0]
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    kept = memory(trace).kept
    return np.concatenate((np.ones_like(kept[:1]), np.cumprod(kept, axis=0)))


def shares(trace: AnyTrace, unit: int) -> Array:
    """(T+1, T+1): row s, column t is what m_t owes to step s; row 0 is the start. Each column adds up to m_t."""
    made_of = memory(trace)
    T, H = made_of.kept.shape
    if (T + 1) ** 2 > MAX_NUMBERS:
        raise CoreError("trace", f"{T} steps", "a shorter run: the shares are a square of steps by steps")
    unit = check_integer("unit", unit, 0, H - 1)
    kept, written = made_of.kept[:, unit], made_of.written[:, unit]
    by_step = np.zeros((T + 1, T + 1))  # row t here is m_t: written row by row, handed out transposed
    by_step[0, 0] = made_of.values[0, unit]
    for t in range(T):
        np.multiply(by_step[t, : t + 1], kept[t], by_step[t + 1, : t + 1])
        by_step[t + 1, t + 1] = written[t]
    return by_step.T


def grouped(parts: Array, groups: int) -> GroupedShares:
    """`shares` in at most `groups` stretches of steps of equal length, beside the start, which stands alone."""
    T = len(parts) - 1
    check_integer("groups", groups, 1, T)
    length = -(-T // groups)
    first = (0, *range(1, T + 1, length))
    positive, negative = (np.add.reduceat(side, first) for side in (np.maximum(parts, 0.0), np.minimum(parts, 0.0)))
    return GroupedShares(first, (0, *(min(at + length - 1, T) for at in first[1:])), positive, negative)


def time_scale(kept: Array) -> Array:
    r"""After how many steps a memory that keeps the part k at each step is down to 1/e: $-1/\log k$. 1 never: inf.

    >>> time_scale(np.array([0.5, 0.99, 1.0])).round(1)
    array([ 1.4, 99.5,  inf])
    """
    with np.errstate(divide="ignore"):
        return np.asarray(1.0 / (0.0 - np.log(kept)))  # 0 - 0 is +0, so that 1 gives inf and not -inf
