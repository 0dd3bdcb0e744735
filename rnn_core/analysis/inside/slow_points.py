r"""Fixed and slow points of a trained RNN, GRU or LSTM under a constant input (Sussillo and Barak 2013).

With s the state (h, or h and c of the LSTM) and F one step, the speed is $q(s) = \tfrac12 \lVert F(s) - s \rVert^2$. Its minima are
found from many states of real runs with the method of Levenberg and Marquardt and the analytic Jacobian of F. Where q is 0 the
point is fixed; where it is small, the state lingers. The eigenvalues of the Jacobian tell what happens near by: all inside the
unit circle, stable; some outside, a saddle.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnn_core.analysis.fixed_points import Kind, kind_of
from rnn_core.arrays import Array
from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.cells.activations import EXPRESSIONS, sigma, slope
from rnn_core.errors import check_array, check_integer, check_numbers

ROUNDS = 200
FIXED = 1e-7  # the length of F(s) - s at a fixed point
SLOW = 5e-2  # and at a slow point, at most
SAME = 1e-3  # points closer than this, relative to their size, are the same


@dataclass(frozen=True)
class SlowPoints:
    points: Array  # (N, S) the slowest first; S = H, or 2H for an LSTM: h and then c
    speeds: Array  # (N,) the length of F(s) - s
    eigenvalues: NDArray[np.complex128]  # (N, S) the largest absolute value first
    kinds: tuple[Kind, ...]  # (N,)

    @property
    def fixed(self) -> NDArray[np.bool_]:
        return np.asarray(self.speeds < FIXED)

    @property
    def stable(self) -> NDArray[np.bool_]:
        """(N,) the fixed points to which every state near by returns."""
        return np.asarray(self.fixed & (np.array(self.kinds) == "stable"))


def slow_points(params: Params, x: ArrayLike, starts: ArrayLike, rounds: int = ROUNDS) -> SlowPoints:
    """The fixed and slow points that are found from the starts (N, S), with the input x (X,) at every step."""
    S = params.hidden_size * (2 if isinstance(params, LSTMParams) else 1)
    states = check_array("starts", starts, ("N", S))
    check_numbers("starts: their number times the size of a Jacobian", len(states) * S * S)
    step = _step_of(params, check_array("x", x, (params.input_size,)))
    found = _descend(step, states, check_integer("rounds", rounds, 1, 10_000))
    speeds = np.linalg.norm(step(found)[0] - found, axis=1)
    kept = _distinct(found, speeds)
    points, speeds = found[kept], speeds[kept]
    values = np.linalg.eigvals(step(points)[1]).astype(np.complex128)
    values = np.take_along_axis(values, np.argsort(-np.abs(values), axis=1, kind="stable"), axis=1)
    return SlowPoints(points, speeds, values, tuple(kind_of(row) for row in values))


def next_and_jacobian(params: Params, x: ArrayLike, states: ArrayLike) -> tuple[Array, Array]:
    """(N, S) the states after one step, and (N, S, S) the Jacobians: row = component of the new state."""
    S = params.hidden_size * (2 if isinstance(params, LSTMParams) else 1)
    return _step_of(params, check_array("x", x, (params.input_size,)))(check_array("states", states, ("N", S)))


Step = Callable[[Array], tuple[Array, Array]]


def _descend(step: Step, states: Array, rounds: int) -> Array:
    """Levenberg-Marquardt on F(s) - s, each start with its own damping, until it has arrived or no step makes it slower."""
    (N, S), ends = states.shape, states.copy()
    left, damping = np.arange(N), np.full(N, 1e-2)
    after, jacobians = step(states)
    miss = after - states
    cost = np.einsum("ns,ns->n", miss, miss)
    for _ in range(rounds):
        system = jacobians - np.eye(S)
        slope_of_cost = (system.swapaxes(1, 2) @ miss[:, :, None])[:, :, 0]
        normal = system.swapaxes(1, 2) @ system
        normal[:, np.arange(S), np.arange(S)] += damping[:, None]
        tried = states - np.linalg.solve(normal, slope_of_cost[:, :, None])[:, :, 0]
        after, new_jacobians = step(tried)
        new_miss = after - tried
        new_cost = np.einsum("ns,ns->n", new_miss, new_miss)
        better = new_cost < cost
        states = np.where(better[:, None], tried, states)
        miss, cost = np.where(better[:, None], new_miss, miss), np.where(better, new_cost, cost)
        jacobians = np.where(better[:, None, None], new_jacobians, jacobians)
        damping = np.clip(np.where(better, damping / 4, damping * 4), 1e-14, 1e8)
        ends[left] = states
        going = (cost >= (FIXED / 10) ** 2) & (damping < 1e8)
        left, states, miss, cost = left[going], states[going], miss[going], cost[going]
        jacobians, damping = jacobians[going], damping[going]
        if not len(left):
            break
    return ends


def _distinct(points: Array, speeds: Array) -> NDArray[np.int64]:
    """The slowest point of each group, of those that are slow enough."""
    kept: list[int] = []
    for at in np.argsort(speeds, kind="stable"):
        if not speeds[at] < SLOW:
            break
        size = SAME * (1.0 + np.linalg.norm(points[at]))
        if all(np.linalg.norm(points[at] - points[other]) > size for other in kept):
            kept.append(int(at))
    return np.array(kept, np.int64)


def _step_of(params: Params, x: Array) -> Step:
    match params:
        case RNNParams():
            return lambda states: _rnn(params, x, states)
        case GRUParams():
            return lambda states: _gru(params, x, states)
        case LSTMParams():
            return lambda states: _lstm(params, x, states)


def _rows(factors: Array, matrix: Array) -> Array:
    """(N, H, H): diag(factors[n]) @ matrix."""
    return np.asarray(factors[:, :, None] * matrix)


def _rnn(p: RNNParams, x: Array, h: Array) -> tuple[Array, Array]:
    new = EXPRESSIONS[p.activation](h @ p.W_hh.T + p.W_xh @ x + p.b_h)
    return new, _rows(slope(p.activation, new), p.W_hh)


def _gru(p: GRUParams, x: Array, h: Array) -> tuple[Array, Array]:
    """The form that torch has."""
    r = sigma(h @ p.W_hr.T + p.W_xr @ x + p.b_r)
    z = sigma(h @ p.W_hz.T + p.W_xz @ x + p.b_z)
    inner = h @ p.W_hn.T + (0.0 if p.b_hn is None else p.b_hn)
    n = np.tanh(p.W_xn @ x + p.b_n + r * inner)
    by_n = (1.0 - z) * (1.0 - n * n)
    jacobian = (
        _rows((h - n) * z * (1.0 - z), p.W_hz) + _rows(by_n * r, p.W_hn) + _rows(by_n * inner * r * (1.0 - r), p.W_hr)
    )
    jacobian[:, np.arange(h.shape[1]), np.arange(h.shape[1])] += z
    return z * h + (1.0 - z) * n, jacobian


def _lstm(p: LSTMParams, x: Array, states: Array) -> tuple[Array, Array]:
    H = p.hidden_size
    h, c = states[:, :H], states[:, H:]
    gates, W_h = {}, {}
    for gate in "ifgo":
        W_x, W_h[gate], b, _w_c = p.of_gate(gate)
        a = h @ W_h[gate].T + W_x @ x + b
        gates[gate] = np.tanh(a) if gate == "g" else sigma(a)
    i, f, g, o = gates["i"], gates["f"], gates["g"], gates["o"]
    new_c = f * c + i * g
    tanh_c = np.tanh(new_c)
    c_by_h = _rows(c * f * (1 - f), W_h["f"]) + _rows(g * i * (1 - i), W_h["i"]) + _rows(i * (1 - g * g), W_h["g"])
    h_by_c = o * (1.0 - tanh_c * tanh_c)
    jacobian, unit = np.zeros((len(states), 2 * H, 2 * H)), np.arange(H)
    jacobian[:, :H, :H] = _rows(tanh_c * o * (1 - o), W_h["o"]) + h_by_c[:, :, None] * c_by_h
    jacobian[:, H:, :H] = c_by_h
    jacobian[:, unit, H + unit] = h_by_c * f
    jacobian[:, H + unit, H + unit] = f
    return np.concatenate([o * tanh_c, new_c], axis=1), jacobian
