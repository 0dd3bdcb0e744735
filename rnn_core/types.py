"""The words that every file of the core shares."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Cell = Literal["rnn", "lstm", "gru"]
Activation = Literal["tanh", "relu", "sigmoid", "linear"]


@dataclass(frozen=True)
class FirstBad:
    """The first value of a run that is infinite or not a number."""

    step: int  # index into the T steps, from 0
    name: str  # field of the trace, for example "pre" or "hs"
    unit: int


@dataclass(frozen=True)
class Trace:
    """What every cell's run keeps; the cells add their own values."""

    xs: Array  # (T, X)
    hs: Array  # (T+1, H) hs[0] = h_0, hs[t+1] is made from xs[t]


@dataclass(frozen=True)
class Gradients:
    """What back-propagation through time gives for every cell; the cells add their own values."""

    dxs: Array  # (T, X)
    dhs: Array  # (T+1, H) total gradient on h_0..h_T
    dhs_direct: Array  # (T, H) the loss's own gradient on h_1..h_T, as given
