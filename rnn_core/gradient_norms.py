r"""How long the gradient on each state is, for many runs at once, however small or large it becomes.

The loss is the sum over the units of the last state, divided by $\sqrt H$, so that its own gradient has length 1 and
$\lVert \partial L/\partial h_t \rVert \le \lVert \partial h_T/\partial h_t \rVert$ on the way back.

One backward pass with a vector costs $H^2$ a step, where a Jacobian costs $H^3$; and S runs with weights of their own
take little longer than one while the matrices are small. The pass carries a power of two beside each vector, so that
the logarithms go on where float64 ends. The equations are those of cells/: rnn.py, gru.py (`reset="after"`) and lstm.py
(`standard`).

The gradient on the LSTM's cell splits exactly. What reached $c_T$ goes back along the cell alone, times the forget gates,
$$\text{highway}_t = \frac{\partial L}{\partial c_T} \odot \prod_{\tau=t+1}^{T} f_\tau ,$$
and the rest has been through a gate at least once: $\text{gates}_t = \partial L/\partial c_t - \text{highway}_t$.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.cells.activations import FUNCTIONS, sigmoid, sigmoid_slope, slope, tanh_slope
from rnn_core.errors import CoreError
from rnn_core.types import Array

Integers = NDArray[np.int64]
_EVERY = 8  # steps between two looks at the range: no step of a sane network changes a length by 10^30


@dataclass(frozen=True)
class GradientNorms:
    """Base-10 logarithms of lengths: -inf where the gradient is zero, nan after the last finite state."""

    h: Array  # (S, T+1) of dL/dh_0..dL/dh_T
    ends: Integers  # (S,) the last step whose state is finite, and whose h the loss reads: T unless the run overflowed
    c: Array | None = None  # (S, T+1) of dL/dc_t; None without a cell
    highway: Array | None = None  # (S, T+1) of its part along the cell
    gates: Array | None = None  # (S, T+1) of its part through the gates


def log_gradient_norms(params: Sequence[Params], xs: Array, h_0: Array | None = None) -> GradientNorms:
    """S runs of one kind of cell, each with parameters of its own, over xs (S, T, X) from h_0 (S, H), or zeros."""
    rnns = [each for each in params if isinstance(each, RNNParams)]
    grus = [each for each in params if isinstance(each, GRUParams)]
    lstms = [each for each in params if isinstance(each, LSTMParams)]
    if any(each.reset != "after" or not each.z_keeps or each.b_hn is None for each in grus):
        raise CoreError("params", "another form of the GRU", "torch's: reset='after', z_keeps=True, with b_hn")
    if any(each.variant != "standard" for each in lstms):
        raise CoreError("params", "another variant of the LSTM", "the standard one")
    start = np.zeros((len(params), params[0].hidden_size)) if h_0 is None else h_0
    with np.errstate(all="ignore"):
        if len(rnns) == len(params):
            return _rnn(rnns, xs, start)
        return _gru(grus, xs, start) if grus else _lstm(lstms, xs, start)


def _from_inputs(xs: Array, W_x: Sequence[Array], b: Sequence[Array]) -> Array:
    """(T, S, G H): what every step adds before h is known."""
    made = xs @ np.stack(W_x).transpose(0, 2, 1) + np.stack(b)[:, None, :]
    return np.ascontiguousarray(made.transpose(1, 0, 2))


def _forward(W_h: Array, h: Array) -> Array:
    return np.asarray((W_h @ h[:, :, None])[:, :, 0])


def _back(W_h: Array, g: Array) -> Array:
    return np.asarray((g[:, None, :] @ W_h)[:, 0, :])


def _last_finite(hs: Array) -> Integers:
    """(S,): the last step, of hs (T+1, S, H), up to which every state is finite."""
    finite = np.isfinite(hs).all(axis=2)
    return np.where(finite.all(axis=0), len(hs), finite.argmin(axis=0)) - 1


def _lengths(vectors: Array, exponents: Integers) -> Array:
    """(S, T+1): log10 of the length of vectors (T+1, S, H) * 2**exponents."""
    squares = np.einsum("tsh,tsh->ts", vectors, vectors)
    return np.asarray((0.5 * np.log10(squares) + exponents * np.log10(2.0)).T)


def _send_back(
    last: Array, ends: Integers, T: int, through_step: Callable[[int, Array], Array]
) -> tuple[Array, Integers]:
    """The gradients on all states, (T+1, S, N), and their powers of two (T+1, S), from those on the states `ends`.

    `through_step(t, g)` turns the gradient on state t + 1 into the gradient on state t.
    """
    S, N = last.shape
    gs, exponents = np.full((T + 1, S, N), np.nan), np.zeros((T + 1, S), dtype=np.int64)
    g, exponent = np.full((S, N), np.nan), np.zeros(S, dtype=np.int64)
    starts = set(ends.tolist())
    for t in reversed(range(T + 1)):
        if t < T:
            g = through_step(t, g)
        if t in starts:
            g[ends == t] = last[ends == t]
        if t % _EVERY == 0:
            shift = np.frexp(np.abs(g).max(axis=1))[1]  # 0 where the vector is zero or not finite
            g = np.ldexp(g, -shift[:, None])
            exponent = exponent + shift
        gs[t], exponents[t] = g, exponent
    return gs, exponents


def _loss_gradient(S: int, H: int) -> Array:
    """(S, H): dL/dh_T, of length 1."""
    return np.full((S, H), H**-0.5)


def _rnn(params: Sequence[RNNParams], xs: Array, h_0: Array) -> GradientNorms:
    pre = _from_inputs(xs, [each.W_xh for each in params], [each.b_h for each in params])
    W_hh = np.stack([each.W_hh for each in params])
    T, S, H = pre.shape
    hs = np.empty((T + 1, S, H))
    hs[0] = h_0
    activation = params[0].activation
    for t in range(T):
        pre[t] += _forward(W_hh, hs[t])
        FUNCTIONS[activation](pre[t], hs[t + 1])
    slopes, ends = slope(activation, hs[1:]), _last_finite(hs)
    gs, exponents = _send_back(_loss_gradient(S, H), ends, T, lambda t, g: _back(W_hh, g * slopes[t]))
    return GradientNorms(_lengths(gs, exponents), ends)


def _gru(params: Sequence[GRUParams], xs: Array, h_0: Array) -> GradientNorms:
    pre = _from_inputs(xs, [each.stack("W_x") for each in params], [each.stack("b_") for each in params])
    W_h = np.stack([each.stack("W_h") for each in params])  # (S, 3H, H): r, z, n
    (T, S, _), H = pre.shape, h_0.shape[1]
    b_hn = np.stack([each.b_hn for each in params if each.b_hn is not None])
    hs, keeps, h_by_products = np.empty((T + 1, S, H)), np.empty((T, S, H)), np.empty((T, S, 3, H))
    hs[0] = h_0
    gates = np.empty((S, 2 * H))
    r, z, n = gates[:, :H], gates[:, H:], np.empty((S, H))
    for t in range(T):
        a_h = _forward(W_h, hs[t])
        inner = a_h[:, 2 * H :] + b_hn
        sigmoid(pre[t, :, : 2 * H] + a_h[:, : 2 * H], gates)
        np.tanh(pre[t, :, 2 * H :] + r * inner, n)
        hs[t + 1] = z * hs[t] + (1.0 - z) * n
        h_by_n_pre = (1.0 - z) * tanh_slope(n)
        keeps[t] = z
        h_by_products[t, :, 0] = h_by_n_pre * inner * sigmoid_slope(r)
        h_by_products[t, :, 1] = (hs[t] - n) * sigmoid_slope(z)
        h_by_products[t, :, 2] = h_by_n_pre * r

    def through_step(t: int, dh: Array) -> Array:
        dproducts = (dh[:, None, :] * h_by_products[t]).reshape(S, 3 * H)
        return np.asarray(dh * keeps[t] + _back(W_h, dproducts))

    ends = _last_finite(hs)
    gs, exponents = _send_back(_loss_gradient(S, H), ends, T, through_step)
    return GradientNorms(_lengths(gs, exponents), ends)


def _lstm(params: Sequence[LSTMParams], xs: Array, h_0: Array) -> GradientNorms:
    values = _from_inputs(xs, [each.stack("W_x") for each in params], [each.stack("b_") for each in params])
    W_h = np.stack([each.stack("W_h") for each in params])  # (S, 4H, H): o, i, f, g, as in `values`
    (T, S, _), H = values.shape, h_0.shape[1]
    hs, cs, tanh_cs = np.empty((T + 1, S, H)), np.zeros((T + 1, S, H)), np.zeros((T + 1, S, H))
    hs[0] = h_0
    for t in range(T):
        values[t] += _forward(W_h, hs[t])  # the pre-activations, which then become the gates
        sigmoid(values[t, :, : 3 * H], values[t, :, : 3 * H])
        np.tanh(values[t, :, 3 * H :], values[t, :, 3 * H :])
        o, i, f, g = values[t].reshape(S, 4, H).transpose(1, 0, 2)
        cs[t + 1] = f * cs[t] + i * g
        np.tanh(cs[t + 1], tanh_cs[t + 1])
        hs[t + 1] = o * tanh_cs[t + 1]

    o, i, f, g = values.reshape(T, S, 4, H).transpose(2, 0, 1, 3)  # each (T, S, H)
    h_by_c = np.zeros((T + 1, S, H))  # row 0 stays 0: h_0 was given, not made from c_0
    h_by_c[1:] = o * tanh_slope(tanh_cs[1:])
    h_by_o_pre = tanh_cs[1:] * sigmoid_slope(o)
    c_by_pre = np.stack((g * sigmoid_slope(i), cs[:-1] * sigmoid_slope(f), i * tanh_slope(g)), axis=2)  # (T, S, 3, H)

    def through_step(t: int, g: Array) -> Array:
        """g (S, 3H): on h, on c, and the part of that on c that came through a gate."""
        dh, dc, gates = g[:, :H], g[:, H : 2 * H], g[:, 2 * H :]
        dpre = np.concatenate((dh * h_by_o_pre[t], (dc[:, None, :] * c_by_pre[t]).reshape(S, 3 * H)), axis=1)
        dh_before = _back(W_h, dpre)
        through_output = dh_before * h_by_c[t]
        return np.concatenate((dh_before, dc * f[t] + through_output, gates * f[t] + through_output), axis=1)

    ends, u = _last_finite(hs), _loss_gradient(S, H)
    dc_last = u * h_by_c[ends, np.arange(S)]
    gs, exponents = _send_back(np.concatenate((u, dc_last, 0.0 * u), axis=1), ends, T, through_step)
    h, c, gates = (_lengths(gs[:, :, part], exponents) for part in (slice(0, H), slice(H, 2 * H), slice(2 * H, 3 * H)))

    return GradientNorms(h, ends, c, _highway(dc_last, f, ends), gates)


def _highway(dc_last: Array, f: Array, ends: Integers) -> Array:
    """(S, T+1): log10 of the length of dc_last (S, H) times the forget gates f (T, S, H) from each step to the end."""
    T, S, H = f.shape
    logs = np.log10(f)
    logs[np.arange(T)[:, None] >= ends] = 0.0  # what comes after a run's end is no part of its way back
    kept = np.zeros((T + 1, S, H))  # log10 of f_{t+1} * ... * f_end
    np.cumsum(logs[::-1], axis=0, out=kept[-2::-1])
    kept += np.log10(np.abs(dc_last))
    largest = kept.max(axis=2)
    lengths = largest + 0.5 * np.log10(np.square(10.0 ** (kept - largest[:, :, None])).sum(axis=2))
    lengths[np.isneginf(largest)] = -np.inf
    lengths[np.arange(T + 1)[:, None] > ends] = np.nan
    return np.asarray(lengths.T)
