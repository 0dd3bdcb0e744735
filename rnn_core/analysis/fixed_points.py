r"""Fixed points of a plain RNN under a constant input: states that one step maps to themselves.

$$F(h) = \phi(W_{hh} h + W_{xh} x + b_h) = h$$
Newton's method on $F(h) - h$ finds them from many starts, and the eigenvalues of the step's Jacobian
$J = \mathrm{diag}(\phi'(a))\,W_{hh}$ classify them: nearby states converge where every $|\lambda| < 1$, and diverge where one is above 1.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnn_core.arrays import Activation, Array
from rnn_core.cells import RNNParams
from rnn_core.cells.activations import FUNCTIONS, slope
from rnn_core.errors import CoreError, check_array

Kind = Literal["stable", "saddle", "unstable", "neutral"]
# The range of every state after one step, and so of every fixed point. None: the activation is unbounded.
RANGES: dict[Activation, tuple[float, float] | None] = {
    "tanh": (-1.0, 1.0),
    "sigmoid": (0.0, 1.0),
    "relu": None,
    "linear": None,
}
_UNBOUNDED = (-10.0, 10.0)  # the range of the starts for an unbounded activation
_ROUNDS = 60
_SAME = 1e-6  # fixed points closer than this are the same
_NEUTRAL = 1e-6  # |lambda| this close to 1 leaves the stability undecided


@dataclass(frozen=True)
class FixedPoints:
    points: Array  # (N, H)
    eigenvalues: NDArray[np.complex128]  # (N, H) of the step's Jacobian there, the largest absolute value first
    kinds: tuple[Kind, ...]  # (N,)


def next_states(params: RNNParams, x: ArrayLike, states: Array) -> Array:
    """(N, H): the state after one step from each of the states (N, H), with the input x (X,)."""
    pre = states @ params.W_hh.T + (params.W_xh @ check_array("x", x, (params.input_size,)) + params.b_h)
    made = np.empty_like(pre)
    with np.errstate(all="ignore"):
        FUNCTIONS[params.activation](pre, made)
    return made


def jacobians_at(params: RNNParams, x: ArrayLike, states: Array) -> Array:
    """(N, H, H): the Jacobian of the step at each state, row = unit of the new state."""
    slopes = slope(params.activation, next_states(params, x, states))
    return np.asarray(slopes[:, :, None] * params.W_hh)


def grid(params: RNNParams, side: int) -> Array:
    """(side * side, 2): a grid over the square that contains the states of two units."""
    if params.hidden_size != 2:
        raise CoreError("params.hidden_size", params.hidden_size, "2: a grid is drawn in a plane")
    low, high = RANGES[params.activation] or _UNBOUNDED
    axis = np.linspace(low, high, side)
    return np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)


def fixed_points(params: RNNParams, x: ArrayLike, starts: Array | None = None) -> FixedPoints:
    """Every fixed point that Newton's method finds from the starts (N, H); from a 21 by 21 grid for two units."""
    states = grid(params, 21) if starts is None else check_array("starts", starts, ("N", params.hidden_size))
    for _round in range(_ROUNDS):
        states, moved = _newton_step(params, x, states)
        if moved < 1e-15:
            break
    error = _errors(params, x, states)
    found = _distinct(states[error < 1e-12], error[error < 1e-12])
    values = np.linalg.eigvals(jacobians_at(params, x, found)).astype(np.complex128)
    values = np.take_along_axis(values, np.argsort(-np.abs(values), axis=1, kind="stable"), axis=1)
    return FixedPoints(found, values, tuple(kind_of(row) for row in values))


def kind_of(eigenvalues: NDArray[np.complex128]) -> Kind:
    sizes = np.abs(eigenvalues)
    if (np.abs(sizes - 1.0) < _NEUTRAL).any():
        return "neutral"
    if (sizes < 1.0).all():
        return "stable"
    return "unstable" if (sizes > 1.0).all() else "saddle"


def _errors(params: RNNParams, x: ArrayLike, states: Array) -> Array:
    return np.asarray(np.linalg.norm(next_states(params, x, states) - states, axis=1))


def _newton_step(params: RNNParams, x: ArrayLike, states: Array) -> tuple[Array, float]:
    """One damped Newton step for each state, and the length of the longest step."""
    miss = next_states(params, x, states) - states
    system = jacobians_at(params, x, states) - np.eye(params.hidden_size)
    step = -(np.linalg.pinv(system) @ miss[:, :, None])[:, :, 0]  # least squares where the system is singular
    tried = np.stack([states, *(states + size * step for size in (1.0, 0.5, 0.25, 0.1, 0.02))])  # (6, N, H)
    errors = np.stack([_errors(params, x, each) for each in tried])
    best = np.where(np.isfinite(errors), errors, np.inf).argmin(axis=0)
    chosen = tried[best, np.arange(len(states))]
    return chosen, float(np.abs(chosen - states).max(initial=0.0))


def _distinct(points: Array, error: Array) -> Array:
    """The most exact point of each group of equal points; sorted, so that equal settings give equal lists."""
    kept: list[Array] = []
    for point in points[np.argsort(error, kind="stable")]:
        if all(np.abs(point - other).max() > _SAME for other in kept):
            kept.append(point)
    if not kept:
        return points[:0]
    together = np.array(kept) + 0.0  # turns -0.0 into 0.0
    return together[np.lexsort(np.round(together, 6).T[::-1])]
