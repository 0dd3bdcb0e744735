r"""The networks of the page on vanishing and exploding gradients: the recurrent matrix, its size, the number of steps.

There are two setups, so that a change of the RNN's sliders computes the RNN only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from rnn_core.analysis.bounds import LARGEST_SLOPE
from rnn_core.analysis.gradient_norms import GradientNorms, log_gradient_norms
from rnn_core.arrays import Activation, Array
from rnn_core.cells import Params, RNNParams, RNNTrace
from rnn_core.params.init import init_params
from rnn_core.passes.unroll import run

Kind = Literal["singular", "radius", "orthogonal", "identity", "nonnormal", "scalar", "torch"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Gates = Literal["bias", "chrono", "torch"]
GATES: tuple[Gates, ...] = get_args(Gates)
INPUTS = 4  # numbers per step: noise, N(0, 1)
OFF_DIAGONAL = 5.0  # of the non-normal matrix


@dataclass(frozen=True)
class RNNSetup:
    """A plain RNN. The 2x2 and the 1x1 matrix have fixed sizes, no input, and start from h_0 = 1."""

    kind: Kind = "singular"
    size: float = (
        1.5  # largest singular value, spectral radius, gain or diagonal, depending on `kind`; unused by `torch`
    )
    activation: Activation = "tanh"
    steps: int = 100
    hidden_size: int = 32

    @property
    def has_fixed_matrix(self) -> bool:
        return self.kind in ("nonnormal", "scalar")


@dataclass(frozen=True)
class GatedSetup:
    """A GRU or an LSTM with PyTorch's initialisation, except for the forget gate's bias (in a GRU: the update gate's)."""

    cell: Literal["gru", "lstm"]
    gates: Gates = "bias"
    forget_bias: float = 1.0  # b_f of the LSTM, b_z of the GRU, for `bias`
    steps: int = 100  # also T_max, for `chrono`
    hidden_size: int = 32


Setup = RNNSetup | GatedSetup


def rnn_params(setup: RNNSetup, seed: int) -> RNNParams:
    if setup.kind == "scalar":
        return _without_input(np.array([[setup.size]]), setup.activation)
    if setup.kind == "nonnormal":
        return _without_input(np.array([[setup.size, OFF_DIAGONAL], [0.0, setup.size]]), setup.activation)
    schemes: dict[Kind, dict[str, Any]] = {
        "singular": {"scheme": "singular_value", "singular_value": setup.size},
        "radius": {"scheme": "spectral_radius", "spectral_radius": setup.size},
        "orthogonal": {"scheme": "orthogonal", "gain": setup.size},
        "identity": {"scheme": "identity", "gain": setup.size},
        "torch": {"scheme": "torch"},
    }
    options = schemes[setup.kind]
    made: RNNParams = init_params("rnn", INPUTS, setup.hidden_size, seed, activation=setup.activation, **options)
    return made


def _without_input(W_hh: Array, activation: Activation) -> RNNParams:
    H = len(W_hh)
    return RNNParams(np.zeros((H, INPUTS)), W_hh, np.zeros(H), activation)


def gated_params(setup: GatedSetup, seed: int) -> Params:
    keep: dict[Gates, dict[str, Any]] = {
        "bias": {"forget_bias": setup.forget_bias},
        "chrono": {"t_max": float(max(2, setup.steps))},
        "torch": {},
    }
    return init_params(setup.cell, INPUTS, setup.hidden_size, seed, **keep[setup.gates])


def params_of(setup: Setup, seed: int) -> Params:
    return rnn_params(setup, seed) if isinstance(setup, RNNSetup) else gated_params(setup, seed)


def inputs(steps: int, seed: int) -> Array:
    """(T, X): noise drawn from the seed. All cells read the same noise."""
    return np.random.default_rng([seed, *b"noise"]).normal(size=(steps, INPUTS))


def start_of(setup: Setup, params: Params) -> Array:
    """(H,): h_0."""
    has_fixed_matrix = isinstance(setup, RNNSetup) and setup.has_fixed_matrix
    return np.full(params.hidden_size, 1.0 if has_fixed_matrix else 0.0)


def gradient_norms(setup: Setup, seeds: Sequence[int]) -> GradientNorms:
    """Row s is the run with seeds[s]."""
    params = [params_of(setup, seed) for seed in seeds]
    xs = np.stack([inputs(setup.steps, seed) for seed in seeds])
    return log_gradient_norms(params, xs, np.stack([start_of(setup, each) for each in params]))


def rnn_trace(setup: RNNSetup, seed: int) -> RNNTrace:
    """The run whose gradients `gradient_norms(setup, [seed])` measures."""
    params = rnn_params(setup, seed)
    return run(params, inputs(setup.steps, seed), start_of(setup, params))


def log_bound(params: RNNParams, steps: int) -> Array:
    """(steps+1,): log10 of (s1 * gamma)^k for k = 0, 1, ..., an upper bound on the gradient's norm k steps back."""
    s1 = float(np.linalg.norm(params.W_hh, 2))
    with np.errstate(divide="ignore"):
        one_step = np.log10(s1 * LARGEST_SLOPE[params.activation])
    return np.concatenate(([0.0], one_step * np.arange(1, steps + 1)))
