"""The network's run on one fixed held-out example, which the core computes from the weights.

The core keeps every gate, so a view needs no torch and no hooks in the network; the state of a run is enough.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from rnn_core.arrays import Array
from rnn_core.blocks.readout import ReadoutTrace, cross_entropy, mean_squared_error, read_out, read_out_backward
from rnn_core.cells import AnyGradients, AnyTrace, LSTMTrace
from rnn_core.errors import CoreError
from rnn_core.lab.layout import Floats, first_weights, to_readout, to_stack
from rnn_core.lab.settings import RunSettings, lab_settings
from rnn_core.lab.tasks import Batch
from rnn_core.learn.state import LayerView, RunState, Sample, View
from rnn_core.passes.layers import StackTrace, bptt_stack, run_stack

MOST_UNITS = 64  # shown per layer


class Reader:
    """The trained network in the core, in float64, for one sequence at a time and without dropout."""

    def __init__(self, state: RunState) -> None:
        self.settings: RunSettings = lab_settings(state)
        tensors = {name.removeprefix("network."): value for name, value in load(state.tensors).items()}
        self.embedding = tensors.get("embedding.weight")  # (V, E)
        self.stack = to_stack({name: value for name, value in tensors.items() if name[:6] == "layers"}, self.settings)
        self.readout = to_readout(tensors, self.settings)

    def encode(self, inputs: NDArray[Any]) -> Array:
        """Symbols (T,) or numbers (T, X) -> (T, X)."""
        if inputs.ndim == 2:
            return inputs.astype(np.float64)
        if self.embedding is not None:
            return np.asarray(self.embedding[inputs], np.float64)
        return one_hot(inputs, len(self.settings.task.input_symbols))

    def read(self, inputs: NDArray[Any]) -> StackTrace:
        return run_stack(self.stack, self.encode(inputs))

    def answer(self, trace: StackTrace, asked: int) -> ReadoutTrace:
        """The outputs at the last `asked` steps. A single output after the whole sequence uses each direction's last state."""
        last = trace.h_n[-trace.params.directions :].reshape(1, -1)
        return read_out(self.readout, last if asked == 1 else trace.ys[-asked:])

    def gradients(self, trace: StackTrace, dhs: Array) -> tuple[AnyGradients, ...]:
        """The gradients of every layer and direction, truncated as in training, given those on the readout's input (S, D*H)."""
        dys, dh_n = np.zeros_like(trace.ys), np.zeros_like(trace.h_n)
        if len(dhs) == 1:
            dh_n[-trace.params.directions :] = dhs.reshape(trace.params.directions, -1)
        else:
            dys[-len(dhs) :] = dhs
        cut = self.settings.truncate
        back = bptt_stack(trace, dys, dh_n, truncate=None if cut is None else min(cut, len(dys)))
        return _in_rows(back.forward, back.backward)

    def generate(self, inputs: NDArray[Any], known: int) -> Array:
        """The outputs (T - known, Y) after `known` true inputs, where each output is the next input."""
        trace = self.read(inputs[:known])
        predicted = [self.answer(trace, 1).ys[0]]
        for _ in range(len(inputs) - known - 1):
            own = predicted[-1].argmax(keepdims=True) if self.settings.task.input_symbols else predicted[-1][None]
            trace = run_stack(self.stack, self.encode(own), trace.h_n, trace.c_n)
            predicted.append(self.answer(trace, 1).ys[0])
        return np.array(predicted)


def observe(state: RunState) -> View | None:
    """The run of this state's network on the first held-out sequence; None if its values overflow in float64."""
    reader = Reader(state)
    try:
        return _observe(reader, state.step)
    except CoreError:
        return None


def first_view(settings: RunSettings) -> View | None:
    """The same run before the first training step."""
    weights = {f"network.{name}": values for name, values in first_weights(settings).items()}
    return observe(RunState(settings, 0, save(weights)))


def _observe(reader: Reader, step: int) -> View:
    task = reader.settings.task
    kept = task.held_out()
    inputs, targets, asked = kept.inputs[0], kept.targets[0], kept.weights[0]
    trace = reader.read(inputs)
    answer = reader.answer(trace, len(asked))
    loss = (cross_entropy if task.loss == "cross-entropy" else mean_squared_error)(answer, targets, at=asked > 0)
    unmarked = task.without_marks(inputs)
    without = None if unmarked is None else reader.read(unmarked)
    seen = _in_rows(trace.forward, trace.backward)
    rows = zip(
        seen,
        reader.gradients(trace, read_out_backward(answer, loss.dscores).dhs),
        [None] * len(seen) if without is None else _in_rows(without.forward, without.backward),
        strict=True,
    )
    D = trace.params.directions
    return View(
        step=step,
        inputs=_small(inputs if inputs.ndim == 2 else one_hot(inputs, len(task.input_symbols))),
        targets=_small(targets if targets.ndim == 2 else one_hot(targets, len(task.output_names))),
        outputs=_small(answer.ys),
        asked=_small(asked),
        layers=tuple(_layer_view(row // D, bool(row % D), *of_row) for row, of_row in enumerate(rows)),
        samples=_samples(reader, task.samples()),
        continued=_small(reader.generate(inputs, known=len(inputs) // 2)) if task.predicts_own_input else None,
    )


def _in_rows(forward: tuple[Any, ...], backward: tuple[Any, ...]) -> tuple[Any, ...]:
    """Layer by layer, and within a layer forward before backward."""
    return tuple(each for both in zip(forward, backward, strict=True) for each in both) if backward else forward


def _layer_view(
    layer: int, backward: bool, trace: AnyTrace, gradients: AnyGradients, without_marks: AnyTrace | None
) -> LayerView:
    """Row t - 1 of a backward layer is computed from x_t, and its last row is its initial state."""

    def shown(values: Array) -> Floats:
        return _small((values[::-1] if backward else values)[:, :MOST_UNITS])

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


def _samples(reader: Reader, batch: Batch | None) -> tuple[Sample, ...]:
    if batch is None:
        return ()
    task, samples = reader.settings.task, []
    for inputs, targets, weights in zip(batch.inputs, batch.targets, batch.weights, strict=True):
        asked = weights > 0
        read = inputs if len(asked) == 1 else inputs[: int(asked.nonzero()[0][-1]) + 1]  # without the padding
        asked = asked[: len(read)]
        predicted = reader.answer(reader.read(read), len(asked)).ys.argmax(axis=1)
        samples.append(
            Sample(
                "".join(task.input_symbols[symbol] for symbol in read),
                "".join(task.output_names[answer] for answer in targets[: len(asked)][asked]),
                "".join(task.output_names[answer] for answer in predicted[asked]),
            )
        )
    return tuple(samples)


def one_hot(symbols: NDArray[np.int64], size: int) -> Array:
    return np.eye(size)[symbols]


def _small(values: NDArray[Any]) -> Floats:
    with np.errstate(over="ignore"):  # a value outside the range of float32 is shown as infinite
        return np.ascontiguousarray(values, dtype=np.float32)
