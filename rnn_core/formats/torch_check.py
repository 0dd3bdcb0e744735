"""The core against torch: the result, and the job of a worker process. This module does not import torch."""

from dataclasses import dataclass

from rnn_core.arrays import Array
from rnn_core.cells import Params


@dataclass(frozen=True)
class TorchCheck:
    """The differences between the core and torch on the same weights and inputs, in float64."""

    forward: float  # the largest difference in any state
    gradient: float  # the largest difference in any gradient, of a weight, an input or an initial state
    largest_gradient: float  # for scale
    judge: str  # "torch.nn.LSTM", or "torch autograd" where torch has no such layer


def check_against_torch(params: Params, xs: Array) -> TorchCheck:
    """States and gradients of both, in float64. Imports torch."""
    from rnn_core.formats.torch_cells import compare_with_torch

    return compare_with_torch(params, xs)
