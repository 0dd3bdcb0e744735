r"""The norm of the gradient on each state, for many runs at once, also outside the range of float64.

The loss is the sum over the units of the last state, divided by $\sqrt H$, so that its direct gradient has norm 1 and
$\lVert \partial L/\partial h_t \rVert \le \lVert \partial h_T/\partial h_t \rVert$ at every step.

One backward pass with a vector costs $H^2$ per step, with a Jacobian $H^3$; and S runs, each with its own weights, take
little longer than one while the matrices are small. The pass keeps a power of two beside each vector, so that the
logarithms stay finite outside the range of float64. The equations are those of cells/: rnn.py, gru.py (`reset="after"`)
and lstm.py (`standard`).

The gradient on the LSTM's cell state is an exact sum of two parts. One part reaches $c_t$ along the cell state only,
multiplied by the forget gates,
$$\text{highway}_t = \frac{\partial L}{\partial c_T} \odot \prod_{\tau=t+1}^{T} f_\tau ,$$
and the other part passes through at least one gate: $\text{gates}_t = \partial L/\partial c_t - \text{highway}_t$.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.cells.activations import FUNCTIONS, sigmoid, sigmoid_slope, slope, tanh_slope
from rnn_core.errors import CoreError

Integers = NDArray[np.int64]
_EVERY = 8  # steps between two rescalings: one step of an ordinary network does not change a norm by 10^30


@dataclass(frozen=True)
class GradientNorms:
    """Base-10 logarithms of norms: -inf where the gradient is zero, nan after the last finite state."""

    h: Array  # (S, T+1) of dL/dh_0..dL/dh_T
    ends: Integers  # (S,) the last step with a finite state, whose h the loss reads: T unless the run overflowed
    c: Array | None = None  # (S, T+1) of dL/dc_t; None without a cell
    highway: Array | None = None  # (S, T+1) of its part along the cell state
    gates: Array | None = None  # (S, T+1) of its part through the gates


def log_gradient_norms(params: Sequence[Params], xs: Array, h_0: Array | None = None) -> GradientNorms:
    """S runs of one kind of cell, each with its own parameters, over xs (S, T, X) from h_0 (S, H), or zeros."""
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


def _from_inputs(xs: Array, W_x: Sequence[Array], b: Sequence[Array], gates: int) -> Array:
    """(T, S, G, H): W_x x_t + b of every step and gate, which does not depend on h."""
    made = xs @ np.stack(W_x).transpose(0, 2, 1) + np.stack(b)[:, None, :]
    S, T, rows = made.shape
    return np.ascontiguousarray(made.transpose(1, 0, 2)).reshape(T, S, gates, rows // gates)


def _last_finite(hs: Array) -> Integers:
    """(S,): the last step, of hs (T+1, S, H), up to which every state is finite."""
    finite = np.isfinite(hs).all(axis=2)
    return np.where(finite.all(axis=0), len(hs), finite.argmin(axis=0)) - 1


def _lengths(vectors: Array, exponents: Integers) -> Array:
    """(S, T+1): log10 of the norm of vectors (T+1, S, H) * 2**exponents."""
    squares = np.einsum("tsh,tsh->ts", vectors, vectors)
    return np.asarray((0.5 * np.log10(squares) + exponents * np.log10(2.0)).T)


def _send_back(
    last: Array, ends: Integers, T: int, through_step: Callable[[int, Array, Array], object]
) -> tuple[Array, Integers]:
    """The gradients on all states, (T+1, S, K, H), and their powers of two (T+1, S), from those on the states `ends`.

    `through_step(t, g, out)` turns the gradient g (S, K, H) on state t + 1 into the gradient `out` on state t.
    """
    gs, exponents = np.full((T + 1, *last.shape), np.nan), np.zeros((T + 1, len(last)), dtype=np.int64)
    starts, exponent = set(ends.tolist()), exponents[T]
    for t in reversed(range(T + 1)):
        if t < T:
            through_step(t, gs[t + 1], gs[t])
        if t in starts:
            gs[t, ends == t] = last[ends == t]
        if t % _EVERY == 0:
            shift = np.frexp(np.abs(gs[t]).max(axis=(1, 2)))[1]  # 0 where the vector is zero or not finite
            np.ldexp(gs[t], -shift[:, None, None], gs[t])
            exponent = exponent + shift
        exponents[t] = exponent
    return gs, exponents


def _loss_gradient(S: int, H: int) -> Array:
    """(S, H): dL/dh_T, of norm 1."""
    return np.full((S, H), H**-0.5)


def _rnn(params: Sequence[RNNParams], xs: Array, h_0: Array) -> GradientNorms:
    pre = _from_inputs(xs, [each.W_xh for each in params], [each.b_h for each in params], 1)
    W_hh = np.stack([each.W_hh for each in params])
    T, S, _, H = pre.shape
    hs, phi = np.empty((T + 1, S, H)), FUNCTIONS[params[0].activation]
    hs[0] = h_0
    a_h = np.empty((S, H, 1))
    for a, h, h_next in zip(pre[:, :, 0], hs, hs[1:], strict=False):
        np.matmul(W_hh, h[:, :, None], a_h)
        np.add(a, a_h[:, :, 0], a)
        phi(a, h_next)

    slopes, ends, dpre = slope(params[0].activation, hs[1:])[:, :, None], _last_finite(hs), np.empty((S, 1, H))

    def through_step(t: int, g: Array, out: Array) -> None:
        np.multiply(g, slopes[t], dpre)
        np.matmul(dpre, W_hh, out)

    gs, exponents = _send_back(_loss_gradient(S, H)[:, None], ends, T, through_step)
    return GradientNorms(_lengths(gs[:, :, 0], exponents), ends)


def _gru(params: Sequence[GRUParams], xs: Array, h_0: Array) -> GradientNorms:
    pre = _from_inputs(xs, [each.stack("W_x") for each in params], [each.stack("b_") for each in params], 3)  # r, z, n
    W_h = np.stack([each.stack("W_h") for each in params])  # (S, 3H, H)
    b_hn = np.stack([each.b_hn for each in params if each.b_hn is not None])
    T, S, _, H = pre.shape
    hs, inner = np.empty((T + 1, S, H)), np.empty((T, S, H))
    hs[0] = h_0
    product, change = np.empty((S, 3 * H, 1)), np.empty((S, H))
    a_h = product.reshape(S, 3, H)
    for a, h, h_next, inner_t in zip(pre, hs, hs[1:], inner, strict=False):
        r, z, n = a[:, 0], a[:, 1], a[:, 2]  # the pre-activations, which then become the gates
        np.matmul(W_h, h[:, :, None], product)
        np.add(a[:, :2], a_h[:, :2], a[:, :2])
        sigmoid(a[:, :2], a[:, :2])
        np.add(a_h[:, 2], b_hn, inner_t)
        np.multiply(r, inner_t, change)
        np.add(n, change, n)
        np.tanh(n, n)
        np.subtract(h, n, change)
        np.multiply(z, change, h_next)
        np.add(n, h_next, h_next)  # z h + (1 - z) n

    r, z, n = pre[:, :, 0], pre[:, :, 1], pre[:, :, 2]  # each (T, S, H)
    h_by_n_pre = (1.0 - z) * tanh_slope(n)
    h_by_z_pre = (hs[:-1] - n) * sigmoid_slope(z)
    h_by_products = np.stack((h_by_n_pre * inner * sigmoid_slope(r), h_by_z_pre, h_by_n_pre * r), axis=2)
    dproducts, kept = np.empty((S, 3, H)), np.empty((S, 1, H))
    flat, keeps = dproducts.reshape(S, 1, 3 * H), z[:, :, None]

    def through_step(t: int, g: Array, out: Array) -> None:
        np.multiply(g, h_by_products[t], dproducts)
        np.matmul(flat, W_h, out)
        np.multiply(g, keeps[t], kept)
        np.add(out, kept, out)

    ends = _last_finite(hs)
    gs, exponents = _send_back(_loss_gradient(S, H)[:, None], ends, T, through_step)
    return GradientNorms(_lengths(gs[:, :, 0], exponents), ends)


def _lstm(params: Sequence[LSTMParams], xs: Array, h_0: Array) -> GradientNorms:
    values = _from_inputs(xs, [each.stack("W_x") for each in params], [each.stack("b_") for each in params], 4)
    W_h = np.stack([each.stack("W_h") for each in params])  # (S, 4H, H): o, i, f, g, as in `values`
    T, S, _, H = values.shape
    hs, cs, tanh_cs = np.empty((T + 1, S, H)), np.zeros((T + 1, S, H)), np.zeros((T + 1, S, H))
    hs[0] = h_0
    product, written = np.empty((S, 4 * H, 1)), np.empty((S, H))
    a_h = product.reshape(S, 4, H)
    states = zip(values, hs, cs, hs[1:], cs[1:], tanh_cs[1:], strict=False)
    for a, h, c, h_next, c_next, tanh_c in states:
        np.matmul(W_h, h[:, :, None], product)
        np.add(a, a_h, a)  # the pre-activations, which then become the gates
        sigmoid(a[:, :3], a[:, :3])
        np.tanh(a[:, 3], a[:, 3])
        np.multiply(a[:, 2], c, c_next)
        np.multiply(a[:, 1], a[:, 3], written)
        np.add(c_next, written, c_next)
        np.tanh(c_next, tanh_c)
        np.multiply(a[:, 0], tanh_c, h_next)

    o, i, f, g = (values[:, :, gate] for gate in range(4))  # each (T, S, H)
    h_by_c = np.zeros((T + 1, S, H))  # row 0 stays 0: h_0 is given, it does not depend on c_0
    h_by_c[1:] = o * tanh_slope(tanh_cs[1:])
    h_by_o_pre = tanh_cs[1:] * sigmoid_slope(o)
    c_by_pre = np.stack((g * sigmoid_slope(i), cs[:-1] * sigmoid_slope(f), i * tanh_slope(g)), axis=2)  # (T, S, 3, H)
    dpre, through_output = np.empty((S, 4, H)), np.empty((S, 1, H))
    flat, c_by_c, out_by_c = dpre.reshape(S, 1, 4 * H), f[:, :, None], h_by_c[:, :, None]

    def through_step(t: int, g: Array, out: Array) -> None:
        """g (S, 3, H): the gradient on h, on c, and the part of that on c that passed through a gate."""
        np.multiply(g[:, 0], h_by_o_pre[t], dpre[:, 0])
        np.multiply(g[:, 1:2], c_by_pre[t], dpre[:, 1:])
        np.matmul(flat, W_h, out[:, :1])
        np.multiply(out[:, :1], out_by_c[t], through_output)
        np.multiply(g[:, 1:], c_by_c[t], out[:, 1:])
        np.add(out[:, 1:], through_output, out[:, 1:])

    ends, u = _last_finite(hs), _loss_gradient(S, H)
    dc_last = u * h_by_c[ends, np.arange(S)]
    gs, exponents = _send_back(np.stack((u, dc_last, 0.0 * u), axis=1), ends, T, through_step)
    on_h, on_c, by_gates = (_lengths(gs[:, :, part], exponents) for part in range(3))
    return GradientNorms(on_h, ends, on_c, _highway(dc_last, f, ends), by_gates)


def _highway(dc_last: Array, f: Array, ends: Integers) -> Array:
    """(S, T+1): log10 of the norm of dc_last (S, H) times the forget gates f (T, S, H) from each step to the end."""
    T, S, H = f.shape
    logs = np.log(f)
    logs[np.arange(T)[:, None] >= ends] = 0.0  # steps after a run's end do not count
    kept = np.zeros((T + 1, S, H))  # log of f_{t+1} * ... * f_end
    np.cumsum(logs[::-1], axis=0, out=kept[-2::-1])
    kept += np.log(np.abs(dc_last))
    largest = kept.max(axis=2)
    lengths = largest + 0.5 * np.log(np.exp(2.0 * (kept - largest[:, :, None])).sum(axis=2))
    lengths[np.isneginf(largest)] = -np.inf
    lengths[np.arange(T + 1)[:, None] > ends] = np.nan
    return np.asarray(lengths.T / np.log(10.0))
