"""The types of arrays and the names of the cells that every file of the core uses."""

from dataclasses import fields
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Cell = Literal["rnn", "lstm", "gru"]
Activation = Literal["tanh", "relu", "sigmoid", "linear"]


def weight_names(params: Any) -> tuple[str, ...]:
    """The names of the weights and biases that these parameters have."""
    return tuple(each.name for each in fields(params) if isinstance(getattr(params, each.name), np.ndarray))
