r"""Gradient clipping: a remedy for exploding gradients, which does nothing against vanishing ones.

By norm (Pascanu, Mikolov and Bengio 2013): with $\lVert g \rVert$ over all weights together,
$$g \leftarrow g \cdot \min(1, \text{max} / \lVert g \rVert),$$
which keeps the direction. By value, every entry is clipped to [-max, max], which does not.

torch's `clip_grad_norm_` adds 1e-6 to the norm to avoid a division by zero, so its result is slightly smaller.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np

from rnn_core.arrays import Array, weight_names
from rnn_core.cells import Params
from rnn_core.errors import CoreError, check_number

P = TypeVar("P", bound=Params)


@dataclass(frozen=True)
class Clipped(Generic[P]):
    params: P  # the clipped gradient of every weight
    norm_before: float
    norm_after: float


def gradient_norm(gradients: Params) -> float:
    """The Euclidean norm over all weights together, computed without overflow of the squares.

    >>> import rnn_core as rc
    >>> gradient_norm(rc.RNNParams(W_xh=np.array([[3.0]]), W_hh=np.array([[0.0]]), b_h=np.array([4.0])))
    5.0
    """
    _check_gradients(gradients)
    weights = [getattr(gradients, name) for name in weight_names(gradients)]
    largest = max(float(np.abs(weight).max()) for weight in weights)
    norm = largest
    if 0.0 < largest < math.inf:
        norm = largest * math.sqrt(sum(float(np.square(weight / largest).sum()) for weight in weights))
    if not math.isfinite(norm):
        raise CoreError(
            "gradients", f"a gradient of norm {norm}", "a finite norm: this gradient has already overflowed"
        )
    return norm


def clip_by_norm(gradients: P, max_norm: float) -> Clipped[P]:
    """Scale the whole gradient so that its norm is at most `max_norm`.

    >>> import rnn_core as rc
    >>> clip_by_norm(rc.RNNParams(W_xh=np.array([[3.0]]), W_hh=np.array([[0.0]]), b_h=np.array([4.0])), max_norm=1.0).params.b_h
    array([0.8])
    """
    limit = check_number("max_norm", max_norm, low=0.0)
    norm = gradient_norm(gradients)
    if norm <= limit:
        return Clipped(gradients, norm, norm)
    clipped = _each(gradients, lambda weight: weight * (limit / norm))
    return Clipped(clipped, norm, gradient_norm(clipped))


def clip_by_value(gradients: P, max_value: float) -> Clipped[P]:
    """Clip every entry to [-max_value, max_value].

    >>> import rnn_core as rc
    >>> clip_by_value(rc.RNNParams(W_xh=np.array([[3.0]]), W_hh=np.array([[0.0]]), b_h=np.array([4.0])), max_value=1.0).params.b_h
    array([1.])
    """
    limit = check_number("max_value", max_value, low=0.0)
    _check_gradients(gradients)
    clipped = _each(gradients, lambda weight: np.clip(weight, -limit, limit))
    return Clipped(clipped, gradient_norm(gradients), gradient_norm(clipped))


def _check_gradients(gradients: Params) -> None:
    if not isinstance(gradients, Params):
        raise CoreError("gradients", type(gradients).__name__, "the gradients of one cell's weights: bptt(...).params")


def _each(gradients: P, change: Callable[[Array], Array]) -> P:
    changed: dict[str, Any] = {name: change(getattr(gradients, name)) for name in weight_names(gradients)}
    return replace(gradients, **changed)
