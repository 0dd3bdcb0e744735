"""The same input through every cell: outputs, gradients through time, parameters and numbers in the state.

Each cell has the same sizes and its own initial weights of one seed. The loss is the sum of the last output, so the curves
say how much a state, or an input, of an earlier step still counts at the last one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_core.arrays import Array, weight_names
from rnn_core.cells import LSTMTrace
from rnn_core.cells.modern.base import ModernTrace
from rnn_core.errors import check_array, check_integer, check_option
from rnn_core.params.init import init_params
from rnn_core.params.modern import init_modern
from rnn_core.passes.bptt import bptt
from rnn_core.passes.modern import bptt_modern, run_modern
from rnn_core.passes.unroll import run
from rnn_core.studies.modern.recurrences import state_numbers

CLASSICAL = ("rnn", "lstm", "gru")
# Every preset: the cell's name, and the options that make it.
PRESETS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    **{cell: (cell, {}) for cell in CLASSICAL},
    **{cell: (cell, {}) for cell in ("min_gru", "min_lstm", "lru", "s4d", "rg_lru", "selective", "slstm", "mlstm")},
    "linear_attention": ("linear_attention", {}),
    "delta_net": ("delta_net", {}),
    "gated_delta_net": ("delta_net", {"gated": True}),
    "rwkv7": ("rwkv7", {}),
    "attention": ("attention", {}),
}


@dataclass(frozen=True)
class CellRun:
    outputs: Array  # (T, H)
    state_gradient: (
        Array | None
    )  # (T+1,) the norm of the gradient on all states before and after each step; None: no state
    input_gradient: Array  # (T,) the norm of the gradient on each input
    parameters: int
    numbers_in_state: int  # after the last step


def traced(preset: str, xs: Array, hidden_size: int, state_size: int | None = None, seed: int = 0) -> tuple[Any, Any]:
    """The trace of one cell over xs (T, X), and the gradients of the sum of its last output."""
    check_option("preset", preset, PRESETS)
    H = check_integer("hidden_size", hidden_size, 1, 256)
    inputs = check_array("xs", xs, ("T", "X"))
    cell, options = PRESETS[preset]
    direct = np.zeros((len(inputs), H))
    direct[-1] = 1.0
    if cell in CLASSICAL:
        make: Any = init_params  # its overloads know literal names alone
        trace: Any = run(make(cell, inputs.shape[1], H, seed), inputs)
        return trace, bptt(trace, direct)
    modern = run_modern(init_modern(cell, inputs.shape[1], H, state_size, seed, **options), inputs)
    return modern, bptt_modern(modern, direct)


def run_of(preset: str, xs: Array, hidden_size: int, state_size: int | None = None, seed: int = 0) -> CellRun:
    """What is compared of one cell over xs (T, X)."""
    trace, grads = traced(preset, xs, hidden_size, state_size, seed)
    T, H, cell = len(trace.xs), hidden_size, PRESETS[preset][0]
    if not isinstance(trace, ModernTrace):
        states = (grads.dhs, grads.dcs) if isinstance(trace, LSTMTrace) else (grads.dhs,)
        count = sum(getattr(trace.params, name).size for name in weight_names(trace.params))
        return CellRun(trace.hs[1:].copy(), _norms(*states), _norms(grads.dxs), count, state_numbers(cell, H, H, T))
    params = trace.params
    names = [name for name in params.initial_state() if name not in params.no_gradient]
    return CellRun(
        trace.output.copy(),
        _norms(*(grads.values[f"d{name}"] for name in names)) if names else None,
        _norms(grads.dxs),
        params.count(),
        state_numbers(cell, H, params.state_size, T),
    )


def _norms(*arrays: Array) -> Array:
    """(T,): the norm of all numbers of each row together."""
    flat = np.concatenate([array.reshape(len(array), -1) for array in arrays], axis=1)
    return np.asarray(np.linalg.norm(flat, axis=1))
