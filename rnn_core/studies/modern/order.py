r"""Softmax attention and the order of its inputs, and what a token costs.

Attention reads a set: without positions the last output is the same whatever the order of the inputs before it, up to
rounding. Positions $p_t$ of sines and cosines are added to the inputs to tell the order (Vaswani et al. 2017, section 3.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array
from rnn_core.blocks.positions import sine_positions
from rnn_core.errors import check_integer
from rnn_core.params.modern import init_modern
from rnn_core.passes.modern import run_modern

SIZE = 6  # of inputs, keys and values
SHARPER = 2.0  # times the initial weights of queries and keys, whose attention would be nearly even


@dataclass(frozen=True)
class TwoOrders:
    order: tuple[int, ...]  # the input, from 0, that is read at each step of the second run; the last one stays
    given: Array  # (T, T) the weights of every step over the steps up to it
    shuffled: Array  # (T, T)
    last_given: Array  # (SIZE,) the last output
    last_shuffled: Array

    @property
    def difference(self) -> float:
        """The largest difference between the two last outputs."""
        return float(np.abs(self.last_given - self.last_shuffled).max())


def two_orders(T: int, with_positions: bool, seed: int = 0) -> TwoOrders:
    check_integer("T", T, 2, 64)
    rng = np.random.default_rng([seed, 11])
    xs = rng.normal(size=(T, SIZE))
    order = (*rng.permutation(T - 1).tolist(), T - 1)
    drawn = init_modern("attention", SIZE, SIZE, seed=seed)
    weights = {name: getattr(drawn, name) * (SHARPER if name != "W_xv" else 1.0) for name in ("W_xq", "W_xk", "W_xv")}
    params = type(drawn)(**weights)
    added = sine_positions(T, SIZE) if with_positions else 0.0
    one, two = (run_modern(params, inputs + added) for inputs in (xs, xs[list(order)]))
    return TwoOrders(order, one.weights, two.weights, one.output[-1], two.output[-1])


def multiplications(H: int, t: int) -> Mapping[str, int]:
    """The multiplications of step t, counted from 1, with X = N = H and without elementwise functions."""
    check_integer("H", H, 1, 4096)
    check_integer("t", t, 1, 10**7)
    return {
        "lstm": 8 * H * H + 3 * H,  # eight matrices, three products of vectors
        "min_gru": 2 * H * H + 2 * H,
        "linear_attention": 5 * H * H,  # query, key and value; v k^T; S q
        "attention": 3 * H * H + 2 * t * H,  # query, key and value; t scores; t weighted values
    }
