"""Layers of modern cells above each other: each layer reads the output of the one below."""

from collections.abc import Mapping, Sequence

from numpy.typing import ArrayLike

from rnn_core.arrays import Array
from rnn_core.cells.modern.base import ModernGradients, ModernParams, ModernTrace, State
from rnn_core.passes.modern import bptt_modern, run_modern

Traces = tuple[ModernTrace, ...]  # of the layers, the one that reads the input first


def run_modern_layers(
    layers: Sequence[ModernParams], xs: ArrayLike, states: Sequence[Mapping[str, Array]] | None = None
) -> Traces:
    """Run every layer over xs (T, X), from its state of rest or from the states given for each layer.

    >>> import numpy as np
    >>> from rnn_core.params.modern import init_modern
    >>> traces = run_modern_layers([init_modern("min_gru", 2, 3), init_modern("min_gru", 3, 3)], np.ones((5, 2)))
    >>> traces[-1].output.shape
    (5, 3)
    """
    traces: list[ModernTrace] = []
    for place, params in enumerate(layers):
        given = None if states is None else states[place]
        traces.append(run_modern(params, traces[-1].output if traces else xs, given))
    return tuple(traces)


def last_states(traces: Traces) -> tuple[State, ...]:
    """The states after the last step, with which a run of more steps goes on."""
    return tuple({name: trace.values[name][-1] for name in trace.params.initial_state()} for trace in traces)


def bptt_modern_layers(traces: Traces, direct: ArrayLike) -> tuple[ModernGradients, ...]:
    """The gradients of every layer, given those of the loss on the last layer's output (T, H)."""
    gradients: list[ModernGradients] = []  # from the last layer down
    for trace in reversed(traces):
        gradients.append(bptt_modern(trace, gradients[-1].values["dxs"] if gradients else direct))
    return tuple(reversed(gradients))
