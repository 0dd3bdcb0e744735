"""The words that every file of the core shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from rnn_core.interventions import Intervention

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Cell = Literal["rnn", "lstm", "gru"]
Activation = Literal["tanh", "relu", "sigmoid", "linear"]


@dataclass(frozen=True)
class FirstBad:
    """The first value of a run that is infinite or not a number."""

    step: int  # index into the T steps, from 0
    name: str  # field of the trace, for example "pre" or "hs"
    unit: int


@dataclass(frozen=True)
class Trace:
    """What every cell's run keeps; the cells add their own values."""

    xs: Array  # (T, X)
    hs: Array  # (T+1, H) hs[0] = h_0, hs[t+1] is made from xs[t]
    interventions: tuple[Intervention, ...] = field(default=(), kw_only=True)
    first_bad: FirstBad | None = field(default=None, kw_only=True)  # None: every value is finite


@dataclass(frozen=True)
class Factors:
    """One weight's gradient as a sum over steps of left[t] x right[t]: the push, and what the weight was given.

    A matrix takes the outer product, a peephole vector the elementwise one, a bias has no right side.
    """

    left: Array  # (T, H) the gradient on what the weight produced
    right: Array | None  # (T, X) or (T, H) what the weight was multiplied with
    outer: bool = True


@dataclass(frozen=True)
class Gradients:
    """What back-propagation through time gives for every cell; the cells add their own values."""

    dxs: Array  # (T, X)
    dhs: Array  # (T+1, H) total gradient on h_0..h_T
    dhs_direct: Array  # (T, H) the loss's own gradient on h_1..h_T, as given
    truncate: int | None = field(default=None, kw_only=True)  # None: all the way back

    def factors(self, weight: str) -> Factors:
        """The two sides of each step's contribution to the gradient of `weight`."""
        raise NotImplementedError

    def contributions(self, weight: str) -> Array:
        """(T, *shape of the weight): what each step adds to the gradient of `weight`. Made on demand: it can be large.

        Their sum over the steps is the total: `grads.contributions("W_xf").sum(0) == grads.params.W_xf`.
        """
        sides = self.factors(weight)
        if sides.right is None:
            return sides.left.copy()
        if not sides.outer:
            return sides.left * sides.right
        return sides.left[:, :, None] * sides.right[:, None, :]

    def contribution(self, weight: str, step: int) -> Array:
        """One row of `contributions`, without making the others."""
        sides = self.factors(weight)
        if sides.right is None:
            return sides.left[step].copy()
        if not sides.outer:
            return sides.left[step] * sides.right[step]
        return np.outer(sides.left[step], sides.right[step])

    def contribution_norms(self, weight: str) -> Array:
        """(T,): the Frobenius norm of each step's contribution, without making the matrices."""
        sides = self.factors(weight)
        if sides.right is None or not sides.outer:
            return np.linalg.norm(self.contributions(weight), axis=1)
        return np.linalg.norm(sides.left, axis=1) * np.linalg.norm(sides.right, axis=1)
