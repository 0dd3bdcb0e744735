"""The trained network in the core, in float64, for one sequence at a time and without dropout.

The core keeps every gate, so a view needs no torch and no hooks in the network; the state of a run is enough.
"""

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from rnn_core.arrays import Array
from rnn_core.blocks.readout import ReadoutTrace, read_out
from rnn_core.cells import AnyGradients, AnyTrace, LSTMTrace
from rnn_core.cells.modern.base import ModernGradients, ModernTrace
from rnn_core.lab.layout import Floats, Tensors, to_modern_layers, to_readout, to_stack
from rnn_core.lab.settings import RunSettings, lab_settings
from rnn_core.learn.state import LayerView, RunState
from rnn_core.passes.layers import StackTrace, bptt_stack, run_stack
from rnn_core.passes.modern_layers import Traces, bptt_modern_layers, last_states, run_modern_layers

MOST_UNITS = 64  # shown per layer
# What a view shows of the cells after the LSTM beside their output: values of every step, one number a unit or one for all.
MODERN_GATES = {
    "min_gru": ("update_gate", "candidate"),
    "min_lstm": ("forget_share", "input_share", "candidate"),
    "lru": (),
    "rg_lru": ("recurrence_gate", "decay", "input_gate"),
    "selective": ("step_size",),
    "slstm": ("forget_gate", "input_gate", "candidate", "output_gate"),
    "mlstm": ("forget_gate", "input_gate", "output_gate"),
    "linear_attention": (),
    "delta_net": ("write",),
    "gated_delta_net": ("decay", "write"),
}
# The state whose gradient is followed through time, and its letter.
MODERN_STATES = {
    **dict.fromkeys(("min_gru", "min_lstm", "rg_lru", "slstm"), (("hs",), "h")),
    "lru": (("hs_re", "hs_im"), "s"),
    "selective": (("hs",), "s"),
    "mlstm": (("memory",), "C"),
    **dict.fromkeys(("linear_attention", "delta_net", "gated_delta_net"), (("memory",), "S")),
}
Run = TypeVar("Run")


class NetworkReader(ABC, Generic[Run]):
    """What does not depend on the kind of layers. A `Run` holds every value of all layers over a sequence."""

    def __init__(self, state: RunState) -> None:
        self.settings: RunSettings = lab_settings(state)
        tensors = {name.removeprefix("network."): value for name, value in load(state.tensors).items()}
        self.embedding = tensors.get("embedding.weight")  # (V, E)
        self.readout = to_readout(tensors, self.settings)
        self._take_layers({name: value for name, value in tensors.items() if name.startswith("layers.")})

    @abstractmethod
    def _take_layers(self, tensors: Tensors) -> None: ...

    @abstractmethod
    def run(self, xs: Array, after: Run | None = None) -> Run:
        """Over xs (T, X), from the states of rest or from where another run ended."""

    @abstractmethod
    def read_by_readout(self, run: Run, asked: int) -> Array:
        """(S, D*H): at the last `asked` steps. A single output after the whole sequence uses each direction's last state."""

    @abstractmethod
    def layer_views(self, run: Run, dhs: Array, without_marks: Run | None = None) -> tuple[LayerView, ...]:
        """Every layer and direction, with gradients truncated as in training, given those on the readout's input (S, D*H), and
        beside a run over the input without its marks."""

    def encode(self, inputs: NDArray[Any]) -> Array:
        """Symbols (T,) or numbers (T, X) -> (T, X)."""
        if inputs.ndim == 2:
            return inputs.astype(np.float64)
        if self.embedding is not None:
            return np.asarray(self.embedding[inputs], np.float64)
        return one_hot(inputs, len(self.settings.task.input_symbols))

    def read(self, inputs: NDArray[Any]) -> Run:
        return self.run(self.encode(inputs))

    def answer(self, run: Run, asked: int) -> ReadoutTrace:
        """The outputs at the last `asked` steps."""
        return read_out(self.readout, self.read_by_readout(run, asked))

    def generate(self, inputs: NDArray[Any], known: int) -> Array:
        """The outputs (T - known, Y) after `known` true inputs, where each output is the next input."""
        run = self.read(inputs[:known])
        predicted = [self.answer(run, 1).ys[0]]
        for _ in range(len(inputs) - known - 1):
            own = predicted[-1].argmax(keepdims=True) if self.settings.task.input_symbols else predicted[-1][None]
            run = self.run(self.encode(own), run)
            predicted.append(self.answer(run, 1).ys[0])
        return np.array(predicted)


class Reader(NetworkReader[StackTrace]):
    """Of RNN, GRU and LSTM."""

    def _take_layers(self, tensors: Tensors) -> None:
        self.stack = to_stack(tensors, self.settings)

    def run(self, xs: Array, after: StackTrace | None = None) -> StackTrace:
        return run_stack(self.stack, xs) if after is None else run_stack(self.stack, xs, after.h_n, after.c_n)

    def read_by_readout(self, run: StackTrace, asked: int) -> Array:
        return run.h_n[-run.params.directions :].reshape(1, -1) if asked == 1 else run.ys[-asked:]

    def layer_views(
        self, run: StackTrace, dhs: Array, without_marks: StackTrace | None = None
    ) -> tuple[LayerView, ...]:
        D, dys, dh_n = run.params.directions, np.zeros_like(run.ys), np.zeros_like(run.h_n)
        if len(dhs) == 1:
            dh_n[-D:] = dhs.reshape(D, -1)
        else:
            dys[-len(dhs) :] = dhs
        cut = self.settings.truncate
        back = bptt_stack(run, dys, dh_n, truncate=None if cut is None else min(cut, len(dys)))
        seen = _in_rows(run.forward, run.backward)
        others = (None,) * len(seen)
        if without_marks is not None:
            others = _in_rows(without_marks.forward, without_marks.backward)
        rows = zip(seen, _in_rows(back.forward, back.backward), others, strict=True)
        return tuple(_layer_view(row // D, bool(row % D), *of_row) for row, of_row in enumerate(rows))


class ModernReader(NetworkReader[Traces]):
    """Of the cells after the LSTM."""

    def _take_layers(self, tensors: Tensors) -> None:
        self.layers = to_modern_layers(tensors, self.settings)

    def run(self, xs: Array, after: Traces | None = None) -> Traces:
        return run_modern_layers(self.layers, xs, None if after is None else last_states(after))

    def read_by_readout(self, run: Traces, asked: int) -> Array:
        return run[-1].output[-asked:]

    def layer_views(self, run: Traces, dhs: Array, without_marks: Traces | None = None) -> tuple[LayerView, ...]:
        direct = np.zeros_like(run[-1].output)
        direct[-len(dhs) :] = dhs
        gradients = bptt_modern_layers(run, direct)
        others = (None,) * len(run) if without_marks is None else without_marks
        rows = zip(run, gradients, others, strict=True)
        return tuple(_modern_view(self.settings.cell, layer, *of_layer) for layer, of_layer in enumerate(rows))


def reader_of(state: RunState) -> Reader | ModernReader:
    return ModernReader(state) if lab_settings(state).is_modern else Reader(state)


def _in_rows(forward: tuple[Any, ...], backward: tuple[Any, ...]) -> tuple[Any, ...]:
    """Layer by layer, and within a layer forward before backward."""
    return tuple(each for both in zip(forward, backward, strict=True) for each in both) if backward else forward


def _layer_view(
    layer: int, backward: bool, trace: AnyTrace, gradients: AnyGradients, without_marks: AnyTrace | None
) -> LayerView:
    """Row t - 1 of a backward layer is computed from x_t, and its last row is its initial state."""

    def shown(values: Array) -> Floats:
        return small((values[::-1] if backward else values)[:, :MOST_UNITS])

    return LayerView(
        name=f"layer {layer + 1}" + ", backward" * backward,
        hs=shown(trace.hs),
        cs=shown(trace.cs) if isinstance(trace, LSTMTrace) else None,
        gate_names=trace.gates,
        gates=tuple(shown(getattr(trace, gate)) for gate in trace.gates),
        gradient_norms=shown(np.linalg.norm(gradients.dhs, axis=1, keepdims=True))[:, 0],
        by_marks=None if without_marks is None else shown(_memory(trace) - _memory(without_marks)),
    )


def _memory(trace: AnyTrace) -> Array:
    return trace.cs if isinstance(trace, LSTMTrace) else trace.hs


def _modern_view(
    cell: str, layer: int, trace: ModernTrace, gradients: ModernGradients, without_marks: ModernTrace | None
) -> LayerView:
    shown = _outputs(trace)
    names, letter = MODERN_STATES[cell]
    T, gates = len(trace.values["xs"]), MODERN_GATES[cell]
    on_state = np.concatenate([gradients.values[f"d{name}"].reshape(T + 1, -1) for name in names], axis=1)
    return LayerView(
        name=f"layer {layer + 1}",
        hs=small(shown),
        cs=None,
        gate_names=gates,
        gates=tuple(small(trace.values[gate][:, :MOST_UNITS]) for gate in gates),
        gradient_norms=small(np.linalg.norm(on_state, axis=1)),
        by_marks=None if without_marks is None else small(shown - _outputs(without_marks)),
        state=letter,
    )


def _outputs(trace: ModernTrace) -> Array:
    return trace.values[trace.params.output][:, :MOST_UNITS]


def one_hot(symbols: NDArray[np.int64], size: int) -> Array:
    return np.eye(size)[symbols]


def small(values: NDArray[Any]) -> Floats:
    with np.errstate(over="ignore"):  # a value outside the range of float32 is shown as infinite
        return np.ascontiguousarray(values, dtype=np.float32)
