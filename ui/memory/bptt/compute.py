"""Once forward and once back, with and without walls, and one step down: the page on back-propagation through time."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from rnn_core.analysis import descent
from rnn_core.analysis.descent import Cut, Flow, Network, Pass
from rnn_core.arrays import Array
from rnn_core.blocks.readout import init_readout
from rnn_core.studies.sequences import SequenceSetup, inputs_of, params_of
from ui.cache.read_only import make_read_only

LARGEST_RATE = 1.0


@dataclass(frozen=True)
class Run:
    whole: Pass
    walled: Pass  # the same as `whole` where no wall stands
    cut: Cut
    flow: Flow  # with the walls


@dataclass(frozen=True)
class Slopes:
    """The loss after one step of each size."""

    rates: Array  # (N,)
    whole: Array  # (N,) along the whole gradient
    walled: Array  # (N,) along the gradient with walls
    slope: float  # of the loss at size 0, along the whole gradient


# At most 24 steps of 5 units: some tens of kilobytes each.
@st.cache_resource(max_entries=256, show_spinner=False)
def run(setup: SequenceSetup, at: tuple[int, ...], wall_every: int) -> Run:
    """`at` are the steps (from 1) that the loss looks at. A wall that would stand at the end is none."""
    network = Network(params_of(setup), init_readout(setup.hidden_size, 1, setup.seed, "identity"))
    xs, counted = inputs_of(setup), [step - 1 for step in at]
    whole = descent.back_through(network, xs, counted)
    walled = whole if wall_every >= setup.steps else descent.back_through(network, xs, counted, wall_every)
    return make_read_only(Run(whole, walled, descent.cut(whole, walled), descent.flow(walled.grads)))


@st.cache_resource(max_entries=256, show_spinner=False)
def slopes(setup: SequenceSetup, at: tuple[int, ...], wall_every: int) -> Slopes:
    done, rates = run(setup, at, wall_every), np.linspace(0.0, LARGEST_RATE, 101)
    network, xs, counted = done.whole.network, done.whole.trace.xs, [step - 1 for step in at]
    gradients = [descent.gradient_of(each) for each in (done.whole, done.walled)]
    along = [descent.losses_along(network, gradient, rates, xs, counted) for gradient in gradients]
    return make_read_only(Slopes(rates, *along, -float(np.square(descent.flattened(gradients[0])).sum())))
