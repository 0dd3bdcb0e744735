"""The forward pass, full and truncated back-propagation, and one step of gradient descent."""

from dataclasses import dataclass

import numpy as np

from rnn_core.analysis import descent
from rnn_core.analysis.descent import GradientLengths, Network, Pass, TruncationEffect
from rnn_core.arrays import Array
from rnn_core.blocks.readout import init_readout
from rnn_core.studies.sequences import SequenceSetup, inputs_of, params_of
from ui.cache.read_only import make_read_only
from ui.cache.shared import shared

LARGEST_RATE = 1.0


@dataclass(frozen=True)
class Run:
    whole: Pass
    truncated: Pass  # the same as `whole` where nothing is truncated
    cut: TruncationEffect
    flow: GradientLengths  # of the truncated pass


@dataclass(frozen=True)
class Slopes:
    """The loss after one step of gradient descent, by step size."""

    rates: Array  # (N,)
    whole: Array  # (N,) along the whole gradient
    truncated: Array  # (N,) along the truncated gradient
    slope: float  # of the loss at size 0, along the whole gradient


# At most 24 steps of 5 units: some tens of kilobytes each.
@shared(256)
def run(setup: SequenceSetup, at: tuple[int, ...], truncate_after: int) -> Run:
    """`at` are the steps (from 1) that the loss reads. `truncate_after` the last step or more truncates nothing."""
    network = Network(params_of(setup), init_readout(setup.hidden_size, 1, setup.seed, "identity"))
    xs, counted = inputs_of(setup), [step - 1 for step in at]
    whole = descent.forward_and_backward(network, xs, counted)
    truncated = (
        whole if truncate_after >= setup.steps else descent.forward_and_backward(network, xs, counted, truncate_after)
    )
    return make_read_only(
        Run(whole, truncated, descent.truncation_effect(whole, truncated), descent.gradient_lengths(truncated.grads))
    )


@shared(256)
def slopes(setup: SequenceSetup, at: tuple[int, ...], truncate_after: int) -> Slopes:
    done, rates = run(setup, at, truncate_after), np.linspace(0.0, LARGEST_RATE, 101)
    network, xs, counted = done.whole.network, done.whole.trace.xs, [step - 1 for step in at]
    gradients = [descent.gradient_of(each) for each in (done.whole, done.truncated)]
    whole, truncated = (descent.losses_along(network, gradient, rates, xs, counted) for gradient in gradients)
    return make_read_only(Slopes(rates, whole, truncated, -float(np.square(descent.flattened(gradients[0])).sum())))
