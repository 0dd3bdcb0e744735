r"""One step of gradient descent on a recurrent network, and the effect of truncation on its gradient.

A network is a cell and a linear readout. Its task is to output the first number of the sequence at the steps that count,
so a gradient that does not reach the first steps teaches nothing.

With $g$ the gradient of all weights $\theta$ together,
$$\theta' = \theta - \eta\, g, \qquad L(\theta') \approx L(\theta) - \eta\, \lVert g \rVert^2 .$$
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array
from rnn_core.blocks.readout import (
    Loss,
    ReadoutGradients,
    ReadoutParams,
    ReadoutTrace,
    mean_squared_error,
    read_out,
    read_out_backward,
)
from rnn_core.cells import AnyGradients, AnyTrace, LSTMGradients, Params
from rnn_core.params.build import form_of, make_params, weights_of
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run


@dataclass(frozen=True)
class Network:
    cell: Params
    readout: ReadoutParams


@dataclass(frozen=True)
class Pass:
    """One forward and one backward pass."""

    network: Network
    trace: AnyTrace
    answer: ReadoutTrace
    loss: Loss
    answer_grads: ReadoutGradients
    grads: AnyGradients


def recall_targets(xs: Array) -> Array:
    """(T, 1): the first number of the sequence, as the target of every step."""
    return np.full((len(xs), 1), xs[0, 0])


def forward_and_backward(network: Network, xs: Array, at: Sequence[int], truncate: int | None = None) -> Pass:
    """The loss at the steps `at` (from 0) and all its gradients."""
    trace = run(network.cell, xs)
    answer = read_out(network.readout, trace.hs[1:])
    loss = mean_squared_error(answer, recall_targets(xs), at)
    answer_grads = read_out_backward(answer, loss.dscores)
    return Pass(network, trace, answer, loss, answer_grads, bptt(trace, answer_grads.dhs, truncate=truncate))


def gradient_of(result: Pass) -> Network:
    """The gradient of every weight, as a network."""
    return Network(result.grads.params, result.answer_grads.params)


def updated(network: Network, gradient: Network, rate: float) -> Network:
    """Every weight minus `rate` times its gradient."""
    cell, by_name = weights_of(network.cell), weights_of(gradient.cell)
    lower = {name: weight - rate * by_name[name] for name, weight in cell.items()}
    old, slope = network.readout, gradient.readout
    readout = ReadoutParams(old.W_hy - rate * slope.W_hy, old.b_y - rate * slope.b_y, old.activation)
    return Network(make_params(network.cell.cell, lower, form_of(network.cell)), readout)


def losses_along(network: Network, gradient: Network, rates: Array, xs: Array, at: Sequence[int]) -> Array:
    """(N,): the loss after one step with each learning rate, all from the same weights."""
    return np.array([_loss(updated(network, gradient, float(rate)), xs, at) for rate in rates])


def _loss(network: Network, xs: Array, at: Sequence[int]) -> float:
    answer = read_out(network.readout, run(network.cell, xs).hs[1:])
    return mean_squared_error(answer, recall_targets(xs), at).value


def flattened(gradient: Network, *, readout: bool = True) -> Array:
    """(N,): the gradients of all weights as one vector."""
    parts = [*weights_of(gradient.cell).values()]
    if readout:
        parts += [gradient.readout.W_hy, gradient.readout.b_y]
    return np.concatenate([part.ravel() for part in parts])


@dataclass(frozen=True)
class TruncationEffect:
    """The effect of truncation on the gradient of the cell's weights."""

    whole: float  # norm of the full gradient
    kept: float  # norm of the truncated gradient
    lost: float  # norm of their difference
    angle: float  # between the two, in degrees; nan if one of them is 0
    boundaries: tuple[int, ...]  # the steps t (from 1) whose states get no gradient from step t + 1
    missing: Array  # (number of boundaries,) norm of the gradient that no longer reaches the states of that step


def truncation_effect(whole: Pass, truncated: Pass) -> TruncationEffect:
    before, after = (flattened(gradient_of(each), readout=False) for each in (whole, truncated))
    lengths = float(np.linalg.norm(before)), float(np.linalg.norm(after))
    angle = float("nan")
    if min(lengths) > 0.0:
        cosine = float(before @ after) / (lengths[0] * lengths[1])
        angle = float(np.degrees(np.arccos(min(1.0, max(-1.0, cosine)))))
    T, chunk = len(whole.trace.xs), truncated.grads.truncate
    boundaries = tuple(range(chunk, T, chunk)) if chunk else ()
    missing = _missing(whole.grads, truncated.grads)[list(boundaries)]
    return TruncationEffect(*lengths, float(np.linalg.norm(before - after)), angle, boundaries, _lengths(missing))


def _missing(whole: AnyGradients, truncated: AnyGradients) -> Array:
    """(T+1, H), or (T+1, 2H) for an LSTM: the gradient that truncation removes at the states of each step."""
    from_h = whole.dhs - truncated.dhs
    if not (isinstance(whole, LSTMGradients) and isinstance(truncated, LSTMGradients)):
        return from_h
    along_cell = (each.dcs_through_forget + each.dcs_through_peepholes for each in (whole, truncated))
    return np.hstack([from_h, np.subtract(*along_cell)])


@dataclass(frozen=True)
class GradientLengths:
    """Norms of the gradients on the unrolled graph."""

    states: Array  # (T+1,) on h_0..h_T
    from_loss: Array  # (T,) its direct part from the loss, on h_1..h_T
    from_later: Array  # (T,) its part from the next step, on h_0..h_{T-1}: 0 at a boundary of truncation
    inputs: Array  # (T,) on x_1..x_T
    cells: Array | None  # (T+1,) on c_0..c_T of an LSTM
    along_cell: Array | None  # (T,) its part along the cell state, on c_0..c_{T-1}


def gradient_lengths(grads: AnyGradients) -> GradientLengths:
    from_later = np.sum([grads.dhs_through(path) for path in grads.paths if path != "direct"], axis=0)
    return GradientLengths(
        _lengths(grads.dhs),
        _lengths(grads.dhs_direct),
        _lengths(from_later[:-1]),
        _lengths(grads.dxs),
        _lengths(grads.dcs) if isinstance(grads, LSTMGradients) else None,
        _lengths(grads.dcs_through_forget[:-1]) if isinstance(grads, LSTMGradients) else None,
    )


def _lengths(rows: Array) -> Array:
    return np.asarray(np.linalg.norm(rows, axis=1))


def step_shares(whole: Pass, part: Pass) -> Array:
    """(T,): what each step of `part` adds to the gradient of the cell's weights, along the direction of the whole gradient and
    as a share of its norm. Those of the whole pass add up to 1; a step that points against the whole has a share below 0."""
    total = weights_of(whole.grads.params)
    square = sum(float(np.square(gradient).sum()) for gradient in total.values())
    if square == 0.0:
        return np.zeros(len(whole.trace.xs))
    added = [
        part.grads.contributions(name).reshape(len(whole.trace.xs), -1) @ gradient.ravel()
        for name, gradient in total.items()
    ]
    return np.asarray(np.sum(added, axis=0) / square)
