"""The mathematics of recurrent networks in NumPy and float64. A run keeps every intermediate value.

>>> import numpy as np, rnn_core as rc
>>> params = rc.init_params("lstm", input_size=4, hidden_size=8, seed=0)
>>> trace = rc.run(params, np.ones((20, 4)))  # trace.hs, trace.cs, trace.forget_gate, ...
>>> trace
LSTMTrace(T=20, X=4, H=8)
>>> grads = rc.bptt(trace, np.ones((20, 8)))  # grads.params.W_xf, grads.dxs, grads.dhs, ...
>>> grads.params
LSTMParams(X=4, H=8)

These names are the library. The rest is in submodules, each with a docstring: `blocks.readout` computes predictions and
losses, `passes.layers` stacks cells, `analysis.flow` and `analysis.bounds` measure gradients, `formats.trace_io` writes
traces to files, and `formats.programs` writes a cell as a program.
"""

from rnn_core.analysis.flow import jacobian_norms
from rnn_core.cells import (
    AnyGradients,
    AnyTrace,
    GRUGradients,
    GRUParams,
    GRUTrace,
    LSTMGradients,
    LSTMParams,
    LSTMTrace,
    Params,
    RNNGradients,
    RNNParams,
    RNNTrace,
)
from rnn_core.cells.interventions import Clamp, SetState, Silence
from rnn_core.equations.explain import explain
from rnn_core.errors import CoreError
from rnn_core.formats.torch_io import from_torch, to_torch
from rnn_core.params.init import init_params
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

__version__ = "0.6.0"

__all__ = [
    "AnyGradients",
    "AnyTrace",
    "Clamp",
    "CoreError",
    "GRUGradients",
    "GRUParams",
    "GRUTrace",
    "LSTMGradients",
    "LSTMParams",
    "LSTMTrace",
    "Params",
    "RNNGradients",
    "RNNParams",
    "RNNTrace",
    "SetState",
    "Silence",
    "bptt",
    "explain",
    "from_torch",
    "init_params",
    "jacobian_norms",
    "run",
    "to_torch",
]
