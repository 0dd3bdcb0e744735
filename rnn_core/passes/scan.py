r"""A linear recurrence computed in three ways: step by step, as a convolution, and by a parallel scan.

$$S_t = A_t \circ S_{t-1} + B_t$$

Two steps in a row are one step of the same form: first (A, B), then (A', B') is

$$(A', B') \circ (A, B) = (A' A,\; A' B + B')$$

and this product is associative. So neighbouring pairs can be combined in any order, many at the same time:

- `fewest`: in round r every pair is combined with the pair that ends $2^{r-1}$ steps before it (Hillis and Steele 1986):
  $\lceil\log_2 T\rceil$ rounds, about $T \log_2 T$ combinations.
- `least`: a tree up and a tree down (Brent and Kung 1982; Blelloch 1990): about $2 \log_2 T$ rounds, less than 2T combinations.

With `matrices`, $S_t = S_{t-1} A_t + B_t$: the product of matrices is not commutative, and the earlier one stands left.
Where A is the same at every step, $S_t = \sum_k A^k B_{t-k} + A^t S_0$ is a convolution with the kernel $A^0, A^1, \ldots$
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.cells.modern.base import Recurrence
from rnn_core.cells.records import Record
from rnn_core.errors import CoreError, check_kind, check_option

Plan = Literal["fewest", "least"]
PLANS: tuple[Plan, ...] = ("fewest", "least")
Pairs = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Round(Record):
    """The combinations of one round, and every pair after it."""

    combined: Pairs  # (P, 2) rows (later, earlier): the pair at `later` becomes later after earlier
    starts: Pairs  # (T,) the first step that the pair at each step covers, from 0; 0: its B is the state
    A: Array  # (T, ...) as in the recurrence
    B: Array  # (T, *state)

    @property
    def ready(self) -> int:
        """How many states are known."""
        return int((self.starts == 0).sum())


@dataclass(frozen=True, eq=False, repr=False)
class Scan(Record):
    """A scan with its rounds; `rounds[0]` are the pairs as given. S_0 is part of the first pair's B."""

    rounds: tuple[Round, ...]
    states: Array  # (T, *state)

    @property
    def combinations(self) -> int:
        return sum(len(each.combined) for each in self.rounds)


def step_by_step(recurrence: Recurrence) -> Array:
    """(T, *state): one step after another."""
    A, B, S = _checked(recurrence)
    states = np.empty_like(B)
    for t in range(len(B)):
        S = (S @ A[t] if recurrence.matrices else A[t] * S) + B[t]
        states[t] = S
    return states


def kernel(recurrence: Recurrence) -> Array:
    """(T, ...): A to the power 0, 1, 2, ... of a recurrence whose A is the same at every step."""
    A, _B, _S = _checked(recurrence)
    if recurrence.matrices or not (A[0] == A).all():
        raise CoreError(
            "recurrence", "an A that changes, or is a matrix", "the same A at every step: no convolution otherwise"
        )
    powers = np.empty_like(A)
    powers[0] = 1.0
    for k in range(1, len(A)):
        powers[k] = powers[k - 1] * A[0]
    return powers


def convolution(recurrence: Recurrence) -> Array:
    """(T, *state): every state as a sum over the past, weighted by the kernel."""
    powers = kernel(recurrence)
    A, B, S_0 = _checked(recurrence)
    states = [(powers[t::-1] * B[: t + 1]).sum(axis=0) + powers[t] * A[0] * S_0 for t in range(len(B))]
    return np.array(states)


def scan(recurrence: Recurrence, plan: Plan = "fewest") -> Scan:
    """(T, *state): by combining pairs, with every round kept.

    >>> ones = Recurrence(np.ones((1024, 1)), np.ones((1024, 1)), np.zeros(1))
    >>> found = scan(ones)
    >>> len(found.rounds) - 1, found.states[-1]
    (10, array([1024.]))
    """
    check_option("plan", plan, PLANS)
    A, B, S_0 = _checked(recurrence)
    A, B = A.copy(), B.copy()
    B[0] += S_0 @ A[0] if recurrence.matrices else A[0] * S_0
    starts = np.arange(len(B))
    rounds = [Round(np.empty((0, 2), dtype=np.int64), starts, A, B)]
    for combined in _rounds(len(B), plan):
        later, earlier = combined.T
        A, B, starts, before_A, before_B = A.copy(), B.copy(), starts.copy(), A, B
        if recurrence.matrices:
            A[later] = before_A[earlier] @ before_A[later]
            B[later] = before_B[earlier] @ before_A[later] + before_B[later]
        else:
            A[later] = before_A[later] * before_A[earlier]
            B[later] = before_A[later] * before_B[earlier] + before_B[later]
        starts[later] = starts[earlier]
        rounds.append(Round(combined, starts, A, B))
    return Scan(tuple(rounds), B)


def backward(recurrence: Recurrence, direct: Array) -> Recurrence:
    r"""The recurrence of the gradients, from the last state to the first: it is linear too, and can be scanned.

    $\delta S_{t-1} = \bar A_t \circ \delta S_t$ + the direct gradient on $S_{t-1}$, with $\bar A$ the conjugate of a complex
    number or the transpose of a matrix. `direct` (T, *state) is the gradient on each state by its own readout. Row 0 of
    the result's states is the gradient on S_T, row T - 1 that on S_1.
    """
    A, B, _S_0 = _checked(recurrence)
    if direct.shape != B.shape:
        raise CoreError("direct", f"shape {direct.shape}", f"shape {B.shape}")
    passed = A.swapaxes(1, 2) if recurrence.matrices else A.conj()
    later = np.concatenate([np.zeros_like(passed[:1]), passed[:0:-1]])
    return Recurrence(later, direct[::-1], np.zeros_like(direct[0]), recurrence.matrices)


def _rounds(T: int, plan: Plan) -> Iterator[Pairs]:
    """Which pairs are combined in each round: rows (later, earlier)."""
    if plan == "fewest":
        distance = 1
        while distance < T:
            later = np.arange(distance, T)
            yield np.stack([later, later - distance], axis=1)
            distance *= 2
        return
    distance = 1
    while 2 * distance <= T:  # up: pairs that cover 2, 4, 8, ... steps
        later = np.arange(2 * distance - 1, T, 2 * distance)
        yield np.stack([later, later - distance], axis=1)
        distance *= 2
    while distance >= 1:  # down: the steps between them
        later = np.arange(3 * distance - 1, T, 2 * distance)
        if len(later):
            yield np.stack([later, later - distance], axis=1)
        distance //= 2


def _checked(recurrence: Recurrence) -> tuple[Array, Array, Array]:
    check_kind("recurrence", recurrence, Recurrence)
    A, B, S_0 = recurrence.A, recurrence.B, recurrence.S_0
    T = len(B)
    if T < 1 or len(A) != T or S_0.shape != B.shape[1:]:
        raise CoreError("recurrence", f"A {A.shape}, B {B.shape}, S_0 {S_0.shape}", "A and B with one row per step")
    if recurrence.matrices:
        N = B.shape[-1]
        if A.shape != (T, N, N):
            raise CoreError("recurrence.A", f"shape {A.shape}", f"one matrix per step, {(T, N, N)}")
        return A, B, S_0
    return np.broadcast_to(A, B.shape), B, S_0
