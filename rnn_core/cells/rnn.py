r"""The plain recurrent cell (Elman 1990).

$$a_t = W_{xh}\,x_t + W_{hh}\,h_{t-1} + b_h, \qquad h_t = \phi(a_t)$$
"""

from dataclasses import dataclass

from rnn_core.types import Activation, Array, Gradients, Trace


@dataclass(frozen=True)
class RNNParams:
    W_xh: Array  # (H, X)
    W_hh: Array  # (H, H)
    b_h: Array  # (H,)
    activation: Activation = "tanh"


@dataclass(frozen=True)
class RNNTrace(Trace):
    params: RNNParams
    pre_x: Array  # (T, H) W_xh @ x_t
    pre_h: Array  # (T, H) W_hh @ h_{t-1}
    pre: Array  # (T, H) the sum with b_h


@dataclass(frozen=True)
class RNNGradients(Gradients):
    params: RNNParams  # the gradient of every weight, by the weight's own name
    dpre: Array  # (T, H)
