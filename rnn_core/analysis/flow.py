r"""The Jacobians $\partial s_T / \partial s_t$ of a run, computed by one backward pass.

`of` selects the derivative:

- `"h"`: $\partial h_T/\partial h_t$. An LSTM also has c: c_t is constant while h_t varies, as in autograd's derivative
  of the loop that starts from the pair (h_t, c_t).
- `"c"`: $\partial c_T/\partial c_t$, LSTM only. Here h_t = o_t tanh(c_t) varies with c_t (h_0 does not: it is given), so
  this is the total effect of c_t on c_T: along the cell state through the forget gates, and through h_t and the gates.
  `bptt` computes the gradient on c_t in the same sense.
- `"state"`: the partial derivatives of the whole state by the whole state: (h, c) for the LSTM, (2H, 2H); h for the
  others. For the LSTM, only this one of the three is the product of the steps' own Jacobians.

Index t runs from 0 to T, as in `hs`: entry T is the identity. A product of a thousand Jacobians can leave the range of
float64, so the pass keeps a power of two beside the matrix, and the `log_` functions are finite wherever the exact
number is not zero. NaN in the run gives NaN here.
"""

import math
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis.norms import largest_singular_values
from rnn_core.analysis.one_step import blocks_of_steps, ignore_overflow, state_size, step_jacobians_of
from rnn_core.arrays import Array
from rnn_core.cells import AnyTrace, LSTMTrace
from rnn_core.errors import CoreError, check_kind, check_numbers, check_option

Of = Literal["h", "c", "state"]
Integers = NDArray[np.intc]  # the type of exponent that ldexp accepts on every platform
Complexes = NDArray[np.complex128]
_FAR = 2.0**100  # a product is rescaled when its largest entry leaves [1/_FAR, _FAR]


def _size(trace: AnyTrace, of: Of) -> int:
    """Rows and columns of ds_T/ds_t."""
    check_kind("trace", trace, AnyTrace)
    check_option("of", of, get_args(Of))
    if of == "c" and not isinstance(trace, LSTMTrace):
        raise CoreError("of", "'c'", f"'h' or 'state': the {trace.params.cell} has no cell state")
    return state_size(trace) if of == "state" else trace.params.hidden_size


def _where_finite(
    values_of: Callable[[Array], NDArray[np.inexact[Any]]], matrices: Array, dtype: type[np.inexact[Any]]
) -> NDArray[Any]:
    """(n, size): `values_of` each finite matrix; nan for the others, which LAPACK refuses."""
    finite = np.isfinite(matrices).all(axis=(1, 2))
    found = np.full(matrices.shape[:2], np.nan, dtype=dtype)
    found[finite] = values_of(matrices[finite])
    return found


def _products(trace: AnyTrace, of: Of) -> Iterator[tuple[slice, Array, Integers]]:
    """From the end to the start: the slice of t, the matrices (n, rows, columns) of these t, and the exponents (n,).

    The Jacobian is matrix * 2**exponent.
    """
    H, size = trace.params.hidden_size, state_size(trace)
    wanted = {"h": slice(0, H), "c": slice(H, size), "state": slice(0, size)}[of]
    product, exponent = np.eye(size)[wanted], 0
    jacobians_of_steps = step_jacobians_of(trace)
    for block in reversed(blocks_of_steps(trace)):
        steps, n = jacobians_of_steps(block), block.stop - block.start
        matrices, exponents = np.empty((n, *product[:, wanted].shape)), np.empty(n, dtype=np.intc)
        for k in reversed(range(n)):
            matrices[k] = steps.total_on_c(k, product) if of == "c" else product[:, wanted]
            exponents[k] = exponent
            product = steps.send_back(k, product)
            largest = max(product.max(), -product.min())
            if 0 < largest < np.inf and not 1 / _FAR < largest < _FAR:
                shift = int(np.frexp(largest)[1])
                product = np.ldexp(product, -shift)  # exact: only the exponents change
                exponent += shift
        yield slice(block.start + 1, block.stop + 1), matrices, exponents
    yield slice(0, 1), product[None, :, wanted], np.array([exponent], dtype=np.intc)


@ignore_overflow
def jacobians(trace: AnyTrace, of: Of = "h") -> Array:
    """(T+1, H, H), or (T+1, 2H, 2H) of an LSTM's state: ds_T/ds_t for every t, row = unit at the end.

    >>> import rnn_core as rc
    >>> turning = rc.RNNParams(W_xh=[[1.0], [0.0]], W_hh=[[0.0, -1.0], [1.0, 0.0]], b_h=[0.0, 0.0], activation="linear")
    >>> jacobians(rc.run(turning, np.ones((2, 1))))[0]  # dh_2/dh_0: two quarter turns
    array([[-1.,  0.],
           [ 0., -1.]])
    """
    size = _size(trace, of)
    shape = (len(trace.xs) + 1, size, size)
    check_numbers("trace", math.prod(shape))
    made = np.empty(shape)
    for at, matrices, exponents in _products(trace, of):
        made[at] = np.ldexp(matrices, exponents[:, None, None])
    return made


def _norm_parts(trace: AnyTrace, of: Of) -> tuple[Array, Integers]:
    """(T+1,) and (T+1,): the norm of ds_T/ds_t is the first times two to the power of the second."""
    _size(trace, of)
    norms, exponents = np.empty(len(trace.xs) + 1), np.empty(len(trace.xs) + 1, dtype=np.intc)
    for at, matrices, shifts in _products(trace, of):
        norms[at], exponents[at] = largest_singular_values(matrices), shifts
    return norms, exponents


@ignore_overflow
def jacobian_norms(trace: AnyTrace, of: Of = "h") -> Array:
    """(T+1,): the largest singular value of ds_T/ds_t for each t. 0 or infinite outside the range of float64.

    >>> import rnn_core as rc
    >>> halving = rc.RNNParams(W_xh=[[1.0]], W_hh=[[0.5]], b_h=[0.0], activation="linear")
    >>> rc.jacobian_norms(rc.run(halving, np.ones((3, 1))))  # of dh_3/dh_0 ... dh_3/dh_3
    array([0.125, 0.25 , 0.5  , 1.   ])
    """
    return np.asarray(np.ldexp(*_norm_parts(trace, of)))


@ignore_overflow
def log_jacobian_norms(trace: AnyTrace, of: Of = "h") -> Array:
    """(T+1,): the base-10 logarithm of `jacobian_norms`, also outside the range of float64; -inf for a zero Jacobian."""
    norms, exponents = _norm_parts(trace, of)
    return np.asarray(np.log10(norms) + exponents * np.log10(2.0))


@ignore_overflow
def growth(trace: AnyTrace, of: Of = "h") -> Array:
    """(T,): the factor by which step t (from 0) multiplies the norm: that of ds_T/ds_t over that of ds_T/ds_{t+1}.

    A gradient that vanishes or explodes steadily has a constant growth, below or above 1. nan where both norms are 0.

    >>> import rnn_core as rc
    >>> halving = rc.RNNParams(W_xh=[[1.0]], W_hh=[[0.5]], b_h=[0.0], activation="linear")
    >>> growth(rc.run(halving, np.ones((3, 1))))
    array([0.5, 0.5, 0.5])
    """
    norms, exponents = _norm_parts(trace, of)
    return np.asarray(np.ldexp(norms[:-1] / norms[1:], exponents[:-1] - exponents[1:]))


@ignore_overflow
def singular_values(trace: AnyTrace, of: Of = "h") -> Array:
    """(T+1, n): all singular values of ds_T/ds_t, largest first."""
    size = _size(trace, of)
    values = np.empty((len(trace.xs) + 1, size))
    check_numbers("trace", values.size)
    for at, matrices, exponents in _products(trace, of):
        values[at] = np.ldexp(_where_finite(np.linalg.svdvals, matrices, np.float64), exponents[:, None])
    return values


@ignore_overflow
def eigenvalues(trace: AnyTrace, of: Of = "h") -> Complexes:
    """(T+1, n): the eigenvalues of ds_T/ds_t, largest absolute value first."""
    size = _size(trace, of)
    values = np.empty((len(trace.xs) + 1, size), dtype=np.complex128)
    check_numbers("trace", 2 * values.size)
    for at, matrices, exponents in _products(trace, of):
        found = _where_finite(np.linalg.eigvals, matrices, np.complex128)
        found = np.take_along_axis(found, np.argsort(-np.abs(found), axis=1), axis=1)
        values[at].real = np.ldexp(found.real, exponents[:, None])
        values[at].imag = np.ldexp(found.imag, exponents[:, None])
    return values
