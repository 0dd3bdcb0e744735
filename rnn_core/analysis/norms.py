r"""Largest singular values of many matrices, fast and with a proven accuracy.

A product of many Jacobians is close to a matrix of rank one, for which a few steps of the power method find the largest
singular value. The result is used only if its error is proven to be small. Let $G = M^\top M$ with eigenvalues $\lambda_1 \ge \lambda_2 \dots$,
v a unit vector, $\theta = v^\top G v \le \lambda_1$ and $r = \lVert G v - \theta v \rVert$. All eigenvalues add up to
$\lVert M \rVert_F^2$, so $\lambda_2 \le s := \lVert M \rVert_F^2 - \theta$; and where $s < \theta$, Temple's inequality
says $\lambda_1 - \theta \le r^2 / (\theta - s)$. For matrices without such a proof, all eigenvalues are computed.
"""

import numpy as np

from rnn_core.arrays import Array

_POWER_STEPS = 16
_PROVEN = 1e-15  # relative error of lambda_1


def largest_singular_values(matrices: Array) -> Array:
    """(n,): for each of the matrices (n, r, c); nan where a matrix is not finite.

    >>> largest_singular_values(np.array([[[3.0, 0.0], [0.0, 1.0]]]))
    array([3.])
    """
    with np.errstate(invalid="ignore"):
        scales = np.abs(matrices).max(axis=(1, 2))
    norms = np.where(np.isfinite(scales), 0.0, np.nan)
    usable = np.flatnonzero(np.isfinite(scales) & (scales > 0))
    if len(usable):
        exponents = np.frexp(scales[usable])[1]
        scaled = np.ldexp(matrices[usable], -exponents[:, None, None])  # so that no square overflows or underflows
        norms[usable] = np.ldexp(np.sqrt(_largest_eigenvalues(scaled)), exponents)
    return norms


def _largest_eigenvalues(matrices: Array) -> Array:
    """(n,): of M^T M, for each M of the matrices (n, r, c), which are not zero."""
    squares = np.einsum("nij,nij->ni", matrices, matrices)
    longest = squares.argmax(axis=1)
    v = np.take_along_axis(matrices, longest[:, None, None], axis=1)  # (n, 1, c): its longest row, so never zero
    transposed = matrices.transpose(0, 2, 1)
    for _ in range(_POWER_STEPS):
        v /= np.linalg.norm(v, axis=2, keepdims=True)
        u = v @ transposed
        unit, v = v, u @ matrices  # v = G unit

    theta: Array = np.einsum("nij,nij->n", u, u)
    residual = v - theta[:, None, None] * unit
    gap = 2.0 * theta - squares.sum(axis=1)
    proven = np.einsum("nij,nij->n", residual, residual) <= _PROVEN * theta * gap
    rest = matrices[~proven]
    theta[~proven] = np.linalg.eigvalsh(rest @ rest.transpose(0, 2, 1))[:, -1]
    return theta
