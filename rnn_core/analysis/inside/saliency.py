r"""What a prediction looks back at: the gradient of a score with respect to every earlier input, and what happens without it.

With f the explained number, a weighted sum of the scores or the log probability of one output, and x_s the vector that was read
at step s:

- gradient: the norm of $\partial f / \partial x_s$, how much f answers to a small change;
- gradient times input: $x_s^\top \partial f / \partial x_s$, which has a sign, and is wrong where f is not linear;
- integrated gradients (Sundararajan et al. 2017): the same along the straight way from zero inputs, so that all steps together
  explain $f(x) - f(0)$ exactly, $\;x_s^\top \int_0^1 \partial f / \partial x_s\,(\alpha x)\, d\alpha$;
- leave one out: f minus f of the sequence without step s.

They disagree where the network saturates or a step matters only together with another.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.analysis.inside.answers import Head, LastState, start_of
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.steps import Stepper
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.errors import CoreError, check_array, check_integer
from rnn_core.passes.layers import bptt_stack, run_stack

NODES = 24  # of the Gauss-Legendre rule along the way from zero inputs
LONGEST = 400  # steps
_BLOCK = 32  # shorter sequences that are run side by side


@dataclass(frozen=True)
class Saliency:
    """What each of T steps contributes to a number f after the last one."""

    value: float  # f of the sequence
    value_at_zero: float  # f where every input vector is zero
    gradient: Array  # (T, X) df / dx_s
    norms: Array  # (T,) of the gradient
    times_input: Array  # (T,)
    integrated: Array  # (T,) they add up to value - value_at_zero
    left_out: Array  # (T,) NaN for a sequence of one step


@dataclass(frozen=True)
class Explained:
    """The number f: `weights` (Y,) @ scores, or the log probability of one output."""

    weights: Array | None = None
    output: int | None = None

    def value(self, scores: Array) -> Array:
        """(B,) of scores (B, Y)."""
        if self.weights is not None:
            return np.asarray(scores @ self.weights)
        shifted = scores - scores.max(axis=1, keepdims=True)
        return np.asarray(shifted[:, self.output] - np.log(np.exp(shifted).sum(axis=1)))

    def gradient(self, scores: Array) -> Array:
        """(Y,) by the scores (Y,)."""
        if self.weights is not None:
            return self.weights
        assert self.output is not None
        return np.asarray(np.eye(len(scores))[self.output] - softmax(scores))


def explained(network: Network, weights: ArrayLike | None = None, output: int | None = None) -> Explained:
    if (weights is None) == (output is None):
        raise CoreError(
            "weights and output", "both or neither", "one of them: a weighted sum of the scores, or one output"
        )
    if output is not None:
        return Explained(output=check_integer("output", output, 0, network.outputs - 1))
    return Explained(check_array("weights", weights, (network.outputs,)))


def saliency(
    network: Network,
    sequence: ArrayLike,
    wanted: Explained,
    nodes: int = NODES,
    head: Head | None = None,
    h_0: Array | None = None,
) -> Saliency:
    """How the inputs (T,) explain f after the last step. `head`: another last part than the readout; `h_0` (L, H) the first state."""
    xs, last = network.inputs(sequence), head or LastState(network.readout)
    check_integer("sequence: its length", len(xs), 1, LONGEST)
    places, shares = np.polynomial.legendre.leggauss(check_integer("nodes", nodes, 1, 200))
    value, gradient = gradient_of(network, xs, wanted, last, h_0)
    along = sum(
        (
            share / 2 * gradient_of(network, (place + 1) / 2 * xs, wanted, last, h_0)[1]
            for place, share in zip(places, shares, strict=True)
        ),
        np.zeros_like(xs),
    )
    at_zero, _ = gradient_of(network, 0.0 * xs, wanted, last, h_0)
    return Saliency(
        value,
        at_zero,
        gradient,
        np.linalg.norm(gradient, axis=1),
        (gradient * xs).sum(axis=1),
        (along * xs).sum(axis=1),
        leave_one_out(network, xs, wanted, last, h_0),
    )


def gradient_of(
    network: Network, xs: Array, wanted: Explained, head: Head, h_0: Array | None = None
) -> tuple[float, Array]:
    """f of the inputs (T, X), and its gradient by them."""
    trace = run_stack(network.stack, xs, h_0)
    scores = head.scores(trace.ys)
    dys = head.back(trace.ys, wanted.gradient(scores))
    return float(wanted.value(scores[None])[0]), bptt_stack(trace, dys).dxs


def leave_one_out(network: Network, xs: Array, wanted: Explained, head: Head, h_0: Array | None = None) -> Array:
    """(T,) f minus f without step s; shorter sequences are run side by side."""
    T = len(xs)
    if T == 1:
        return np.full(1, np.nan)
    whole, _ = gradient_of(network, xs, wanted, head, h_0)
    stepper, without = Stepper(network), np.empty(T)
    for first in range(0, T, _BLOCK):
        rows = np.arange(first, min(T, first + _BLOCK))
        places = np.arange(T - 1)[:, None] + (
            np.arange(T - 1)[:, None] >= rows
        )  # (T-1, B): what a row reads at each step
        states, seen = start_of(network, h_0, len(rows)), np.empty((len(rows), T - 1, network.hidden_size))
        for t, step in enumerate(places):
            states = stepper.step(states, xs[step])
            seen[:, t] = states.hs[-1]
        without[rows] = wanted.value(head.scores(seen))
    return np.asarray(whole - without)
