r"""Upper bounds on $\lVert \partial s_T/\partial s_t \rVert$, from loose to tight.

For k = T - t steps of a plain RNN (Pascanu, Mikolov and Bengio 2013), with $s_1$ the largest singular value of $W_{hh}$
and $\gamma$ the largest slope of the activation:
$$\Big\lVert \prod D_\tau W \Big\rVert \;\le\; \prod \lVert D_\tau W \rVert \;\le\;
\prod s_1 \max_j \phi'(a_{\tau j}) \;\le\; (s_1 \gamma)^k .$$
The first bound from the left holds for every cell when the Jacobian is that of the whole state. The bounds are
base-10 logarithms, because their values exceed the range of float64: row t bounds `log_jacobian_norms(trace)[t]`.
"""

from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.norms import largest_singular_values
from rnn_core.analysis.one_step import blocks_of_steps, ignore_overflow, masks_of, step_jacobians_of
from rnn_core.arrays import Activation, Array
from rnn_core.cells import AnyTrace, LSTMTrace, RNNTrace, lstm_fast, rnn_fast
from rnn_core.errors import CoreError

LARGEST_SLOPE: dict[Activation, float] = {"tanh": 1.0, "sigmoid": 0.25, "relu": 1.0, "linear": 1.0}


@dataclass(frozen=True)
class LogBounds:
    """Base-10 logarithms, loosest first. The first two exist for a plain RNN only."""

    gamma: Array | None  # (T+1,) (s1 * gamma)^(T-t), which depends on the weights only
    slopes: Array | None  # (T+1,) product of s1 * (largest slope of the step), which depends on this run
    steps: Array  # (T+1,) product of the norms of the steps' own Jacobians


@ignore_overflow
def step_norms(trace: AnyTrace) -> Array:
    """(T,): the largest singular value of each step's own Jacobian, of the whole state: (h, c) for the LSTM."""
    jacobians_of_steps = step_jacobians_of(trace)
    return np.concatenate(
        [largest_singular_values(jacobians_of_steps(block).dense()) for block in blocks_of_steps(trace)]
    )


def _log_products(factors: Array) -> Array:
    """(T+1, ...): row t is the logarithm of the product of rows t..T-1."""
    logs = np.log10(factors)
    return np.concatenate((np.cumsum(logs[::-1], axis=0)[::-1], np.zeros_like(logs[:1])))


@ignore_overflow
def log_bounds(trace: AnyTrace) -> LogBounds:
    steps = _log_products(step_norms(trace))
    if not isinstance(trace, RNNTrace):
        return LogBounds(None, None, steps)
    T, s1 = len(trace.xs), float(np.linalg.norm(trace.params.W_hh, 2))
    largest_slopes = rnn_fast.slopes(trace, masks_of(trace)).h_by_pre.max(axis=1)
    gamma = LARGEST_SLOPE[trace.params.activation]
    return LogBounds(_log_products(np.full(T, s1 * gamma)), _log_products(s1 * largest_slopes), steps)


@ignore_overflow
def log_cell_path(trace: LSTMTrace) -> Array:
    """(T+1, H): log10 of f_{t+1} * ... * f_T, the part of dc_T/dc_t along the cell state only.

    `jacobians(trace, of="c")` is the sum of this diagonal and of the paths through the gates.
    Where an intervention overrides the cell state, no gradient passes: -inf.

    >>> import rnn_core as rc
    >>> params = rc.init_params("lstm", 1, 1, scheme="zeros")  # every gate is 1/2
    >>> 10 ** log_cell_path(rc.run(params, np.zeros((3, 1))))[:, 0]
    array([0.125, 0.25 , 0.5  , 1.   ])
    """
    if not isinstance(trace, LSTMTrace):
        raise CoreError("trace", type(trace).__name__, "an LSTM's: no other cell has a forget gate")
    return _log_products(lstm_fast.slopes(trace, masks_of(trace)).c_by_c)
