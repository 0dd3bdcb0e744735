"""The base classes of parameters, traces and gradients. Each cell's subclass adds the values of that cell."""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array, Cell
from rnn_core.cells.heatmaps import heat_maps
from rnn_core.cells.interventions import Intervention
from rnn_core.cells.records import Record
from rnn_core.errors import check_integer, check_numbers, check_option


class CellParams(Record):
    """The weights of one cell, or the gradients of its weights."""

    cell: ClassVar[Cell]

    @property
    def input_size(self) -> int:
        raise NotImplementedError

    @property
    def hidden_size(self) -> int:
        raise NotImplementedError

    def sizes(self) -> dict[str, int]:
        return {"X": self.input_size, "H": self.hidden_size}


@dataclass(frozen=True)
class FirstBad:
    """The first value of a run that is infinite or not a number."""

    step: int  # index into the T steps, from 0
    name: str  # field of the trace, for example "pre" or "hs"
    unit: int


@dataclass(frozen=True, eq=False, repr=False)
class Trace(Record):
    """The values that a run of any cell keeps; each cell's subclass adds its own."""

    xs: Array  # (T, X)
    hs: Array  # (T+1, H) hs[0] = h_0, hs[t+1] is computed from xs[t]
    interventions: tuple[Intervention, ...] = field(default=(), kw_only=True)
    first_bad: FirstBad | None = field(default=None, kw_only=True)  # None: every value is finite

    gates: ClassVar[tuple[str, ...]]  # fields (T, H): the gates, and the candidate

    def sizes(self) -> dict[str, int]:
        sizes = {"T": self.xs.shape[0], "X": self.xs.shape[1], "H": self.hs.shape[1]}
        return sizes | ({"interventions": len(self.interventions)} if self.interventions else {})

    def _repr_html_(self) -> str:
        """The states and the gates as heat maps, for a notebook."""
        states = {name: getattr(self, name)[1:] for name in ("hs", "cs") if hasattr(self, name)}
        return heat_maps(repr(self), states | {gate: getattr(self, gate) for gate in self.gates}, least_scale=1.0)


@dataclass(frozen=True)
class Factors:
    """One weight's gradient as a sum over steps of left[t] x right[t]: the output's gradient times the weight's input.

    For a matrix the product is the outer product, for a peephole vector the elementwise one; a bias has no right factor.
    """

    left: Array  # (T, H) the gradient on the weight's product
    right: Array | None  # (T, X) or (T, H) the input that the weight multiplies
    outer: bool = True


@dataclass(frozen=True, eq=False, repr=False)
class Gradients(Record):
    """The gradients that back-propagation through time computes for any cell; each cell's subclass adds its own.

    The gradient on a value refers to the number in the trace, also where an intervention has overridden that number.
    """

    dxs: Array  # (T, X)
    dhs: Array  # (T+1, H) total gradient on h_0..h_T
    dhs_direct: Array  # (T, H) the loss's own gradient on h_1..h_T, as given
    truncate: int | None = field(default=None, kw_only=True)  # None: not truncated

    paths: ClassVar[tuple[str, ...]]  # the paths by which gradient reaches h_t; their `dhs_through` add up to dhs

    def sizes(self) -> dict[str, int]:
        return {"T": self.dxs.shape[0], "X": self.dxs.shape[1], "H": self.dhs.shape[1]}

    def _repr_html_(self) -> str:
        """The gradients on the states h_0..h_T and c_0..c_T as heat maps, for a notebook."""
        return heat_maps(repr(self), {name: getattr(self, name) for name in ("dhs", "dcs") if hasattr(self, name)})

    def factors(self, weight: str) -> Factors:
        """The two factors of each step's contribution to the gradient of `weight`."""
        raise NotImplementedError

    def sent_back(self, path: str) -> Array:
        """(T, H): the gradient that each step passes by this path to the state it read, before truncation."""
        raise NotImplementedError

    def contributions(self, weight: str) -> Array:
        """(T, *shape of the weight): the part of the gradient of `weight` that each step adds. Computed on demand: it can be large.

        Their sum over the steps is the total: `grads.contributions("W_xf").sum(0) == grads.params.W_xf`.
        """
        factors = self.factors(weight)
        columns = 1 if factors.right is None or not factors.outer else factors.right.shape[1]
        check_numbers("weight", factors.left.size * columns)
        return _products(factors)

    def contribution(self, weight: str, step: int) -> Array:
        """One row of `contributions`, without computing the others."""
        factors = self.factors(weight)
        step = check_integer("step", step, 0, len(self.dhs_direct) - 1)
        right = None if factors.right is None else factors.right[step : step + 1]
        product: Array = _products(Factors(factors.left[step : step + 1], right, factors.outer))[0]
        return product

    def contribution_norms(self, weight: str) -> Array:
        """(T,): the Frobenius norm of each step's contribution, without computing the matrices."""
        factors = self.factors(weight)
        if factors.right is None or not factors.outer:
            return _norms(_products(factors))
        return _norms(factors.left) * _norms(factors.right)

    def dhs_through(self, path: str) -> Array:
        """(T+1, H): the part of dhs that arrives by one of `paths`. "direct" is the loss's own gradient on that state."""
        check_option("path", path, self.paths)
        through = np.zeros_like(self.dhs)
        if path == "direct":
            through[1:] = self.dhs_direct
            return through
        with np.errstate(all="ignore"):
            through[:-1] = self.sent_back(path)
        if self.truncate is not None:
            through[self.truncate :: self.truncate] = 0.0
        return through


def _products(factors: Factors) -> Array:
    with np.errstate(all="ignore"):
        if factors.right is None:
            return factors.left.copy()
        if not factors.outer:
            return factors.left * factors.right
        return factors.left[:, :, None] * factors.right[:, None, :]


def _norms(rows: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(np.sqrt(np.einsum("tk,tk->t", rows, rows)))
