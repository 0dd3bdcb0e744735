"""Gradient norms, singular values, and the LSTM's two paths back: the page on vanishing and exploding gradients."""

from dataclasses import dataclass, replace

import numpy as np

import rnn_core as rc
from rnn_core.analysis.bounds import log_cell_path
from rnn_core.analysis.flow import jacobians
from rnn_core.analysis.gradient_norms import GradientNorms
from rnn_core.arrays import Array
from rnn_core.studies.gradients import RNNSetup, Setup, gradient_norms, log_bound, rnn_params, rnn_trace, start_of
from ui.cache.read_only import make_read_only
from ui.cache.shared import shared

MOST_MATRIX_STEPS = 200
QUICK = 10_000  # steps times units
_MATRIX_WORK = 8e7  # H^3 times steps that take about a tenth of a second
_ROUNDING = 1e-13  # smaller parts of the largest singular value are rounding errors


def chance_seeds(setup: Setup) -> tuple[int, ...]:
    """The number of seeds; fewer where a run takes longer."""
    work = setup.steps * setup.hidden_size
    return tuple(range(16 if work <= QUICK else 8 if work <= 4 * QUICK else 4))


def is_quick(setup: Setup) -> bool:
    """Whether all seeds are fast enough to be computed while a slider moves."""
    return setup.steps * setup.hidden_size <= QUICK


# 512 results of at most 16 runs of 100 steps or 4 of 1,000: 60 MB with every slider at its largest value.
@shared(512)
def _lengths(setup: Setup, seeds: tuple[int, ...]) -> GradientNorms:
    return make_read_only(gradient_norms(setup, seeds))


def chance(setup: Setup) -> GradientNorms:
    """The norms of several seeds in one computation."""
    return _lengths(setup, chance_seeds(setup))


@dataclass(frozen=True)
class Lengths:
    chosen: GradientNorms  # of the seed that was asked for
    chance: GradientNorms | None  # of the first seeds; None: not computed yet


def gradient_lengths(setup: Setup, seed: int, with_chance: bool = True) -> Lengths:
    if not with_chance:
        return Lengths(_lengths(setup, (seed,)), None)
    together = chance(setup)
    known = seed < len(together.ends)
    return Lengths(_row(together, seed) if known else _lengths(setup, (seed,)), together)


def _row(together: GradientNorms, row: int) -> GradientNorms:
    parts = {name: value[row : row + 1] for name, value in vars(together).items() if value is not None}
    return replace(together, **parts)


@shared(256)
def bound(setup: RNNSetup, seed: int) -> Array:
    """(T+1,): log10 of (s1 * gamma)^k, known before the network has read anything."""
    return make_read_only(log_bound(rnn_params(setup, seed), setup.steps))


@dataclass(frozen=True)
class Spectrum:
    """The spectrum of the recurrent matrix."""

    largest_singular: float
    eigenvalues: np.ndarray  # (H,) complex


@shared(256)
def spectrum(setup: RNNSetup, seed: int) -> Spectrum:
    W_hh = rnn_params(setup, seed).W_hh
    return make_read_only(Spectrum(float(np.linalg.norm(W_hh, 2)), np.linalg.eigvals(W_hh)))


@shared(128)
def last_jacobians(setup: RNNSetup, seed: int) -> Array:
    """(K+1, H, H): the product of the Jacobians of the last k steps, k = 0..K.

    Matrices cost H^3 a step, so only the last steps are multiplied when H is large.
    """
    whole = rnn_trace(setup, seed)
    end = len(whole.xs) if whole.first_bad is None else whole.first_bad.step
    K = min(end, MOST_MATRIX_STEPS, max(40, int(_MATRIX_WORK / whole.params.hidden_size**3)))
    last = rc.run(whole.params, whole.xs[end - K : end], whole.hs[end - K])
    return make_read_only(np.ascontiguousarray(jacobians(last)[::-1]))


@shared(128)
def jacobian_spread(setup: RNNSetup, seed: int) -> Array:
    """(K+1, H): the singular values of `last_jacobians`, largest first; nan where rounding errors are larger."""
    values = np.linalg.svdvals(last_jacobians(setup, seed))
    return make_read_only(np.where(values < _ROUNDING * values[:, :1], np.nan, values))


@shared(256)
def scalar_weight_gradient(setup: RNNSetup) -> float:
    """dh_T/dw of the scalar network, by back-propagation."""
    params = rnn_params(setup, 0)
    trace = rc.run(params, np.zeros((setup.steps, params.input_size)), start_of(setup, params))
    direct = np.zeros((setup.steps, 1))
    direct[-1] = 1.0
    return float(rc.bptt(trace, direct).params.W_hh[0, 0])


@shared(256)
def memory_at_rest(forget_bias: float, steps: int) -> Array:
    """(steps+1,): log10 of the remaining share of a memory after k steps when all weights are zero: sigma(b_f)^k."""
    params = rc.init_params("lstm", 1, 1, scheme="zeros", forget_bias=forget_bias)
    return make_read_only(log_cell_path(rc.run(params, np.zeros((steps, 1))))[::-1, 0].copy())


@shared(64)
def off_diagonal(setup: RNNSetup) -> Array:
    """(K+1,): the largest entry beside the diagonal of the product of k Jacobians."""
    products = last_jacobians(setup, 0)
    return make_read_only(np.abs(products - np.eye(products.shape[1]) * products).max(axis=(1, 2)))
