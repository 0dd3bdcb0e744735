r"""Back-propagation through two steps of one linear unit, small enough to do on paper.

$h_t = w h_{t-1} + x_t$ from $h_0 = 4$ with the inputs 1 and 0.5, and $L = \tfrac12 h_2^2$. At $w = 0.5$ every number is whole:
the two uses of $w$ add 4 and 6 to its gradient.
"""

from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells import RNNParams
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

START, INPUTS = 4.0, (1.0, 0.5)


@dataclass(frozen=True)
class TwoSteps:
    w: float
    xs: Array  # (2,)
    hs: Array  # (3,) h_0, h_1, h_2
    dhs: Array  # (3,) dL/dh_0, dL/dh_1, dL/dh_2
    parts: Array  # (2,) what each step adds to dL/dw
    loss: float


def two_steps(w: float) -> TwoSteps:
    xs = np.array(INPUTS)
    params = RNNParams(np.ones((1, 1)), np.array([[w]]), np.zeros(1), "linear")
    trace = run(params, xs[:, None], np.array([START]))
    direct = np.zeros((2, 1))
    direct[-1] = trace.hs[-1]  # dL/dh_2 = h_2
    grads = bptt(trace, direct)
    last = float(trace.hs[-1, 0])
    return TwoSteps(w, xs, trace.hs[:, 0], grads.dhs[:, 0], grads.contributions("W_hh")[:, 0, 0], 0.5 * last * last)
