r"""Positions of sines and cosines (Vaswani et al. 2017, arXiv 1706.03762, section 3.5).

$$p_{t,2i} = \sin(t / 10000^{2i/D}) \qquad p_{t,2i+1} = \cos(t / 10000^{2i/D})$$
"""

import numpy as np

from rnn_core.arrays import Array
from rnn_core.errors import CoreError, check_integer


def sine_positions(T: int, D: int) -> Array:
    """(T, D), with t from 0.

    >>> sine_positions(2, 2).round(3).tolist()
    [[0.0, 1.0], [0.841, 0.54]]
    """
    check_integer("T", T, 1, 100_000)
    if check_integer("D", D, 2, 4096) % 2:
        raise CoreError("D", D, "an even number: each speed has a sine and a cosine")
    angles = np.arange(T)[:, None] * 10_000.0 ** (-np.arange(0, D, 2) / D)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(T, D)
