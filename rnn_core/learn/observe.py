"""What the network makes of one fixed example that it was never trained on: computed by the core, from the weights alone.

The core keeps every gate, so a view needs no torch and no hook in the network: a state, or a saved run, is enough.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from rnn_core.bptt import bptt
from rnn_core.cells import AnyTrace, LSTMTrace, Params
from rnn_core.learn.layout import Tensors, to_params
from rnn_core.learn.settings import RunSettings
from rnn_core.learn.state import LayerView, RunState, Sample, View
from rnn_core.learn.tasks import Batch
from rnn_core.types import Array
from rnn_core.unroll import run

MOST_UNITS = 64  # of a layer that are shown


@dataclass(frozen=True)
class Layer:
    """One layer and direction, and what it did with a sequence."""

    params: Params
    trace: AnyTrace  # of a backward layer: in its own order, last step first
    backward: bool


class Reader:
    """The trained network in the core's own float64, reading one sequence at a time. Dropout is off."""

    def __init__(self, state: RunState) -> None:
        self.settings: RunSettings = state.settings
        every = load(state.tensors)
        self.tensors: Tensors = {
            name.removeprefix("network."): value for name, value in every.items() if name.startswith("network.")
        }
        directions = range(self.settings.directions)
        self.params = [
            [to_params(self.tensors, self.settings, layer, direction) for direction in directions]
            for layer in range(self.settings.layers)
        ]
        self.W: Array = self.tensors["readout.weight"].astype(np.float64)  # (Y, D*H)
        self.b: Array = self.tensors["readout.bias"].astype(np.float64)  # (Y,)

    def encode(self, inputs: NDArray[Any]) -> Array:
        """Symbols (T,) or numbers (T, X) -> (T, X)."""
        if inputs.ndim == 2:
            return inputs.astype(np.float64)
        if "embedding.weight" in self.tensors:
            return np.asarray(self.tensors["embedding.weight"][inputs], np.float64)
        return one_hot(inputs, len(self.settings.task.input_symbols))

    def read(self, xs: Array) -> list[list[Layer]]:
        """Layers from the input up; each is a list of its directions."""
        layers: list[list[Layer]] = []
        for directions in self.params:
            traces = [run(params, xs[::-1] if d else xs) for d, params in enumerate(directions)]
            layers.append([Layer(p, t, bool(d)) for d, (p, t) in enumerate(zip(directions, traces, strict=True))])
            xs = np.concatenate([trace.hs[:0:-1] if d else trace.hs[1:] for d, trace in enumerate(traces)], axis=1)
        return layers

    def answers(self, top: list[Layer], asked: int) -> Array:
        """(S, Y): see `Network.read_out`."""
        if asked == 1:
            return np.concatenate([layer.trace.hs[-1] for layer in top])[None] @ self.W.T + self.b
        hs = [layer.trace.hs[:0:-1] if layer.backward else layer.trace.hs[1:] for layer in top]
        return np.concatenate(hs, axis=1)[-asked:] @ self.W.T + self.b

    def gradient_norms(self, layers: list[list[Layer]], doutputs: Array) -> list[list[Array]]:
        """The norms (T+1,) of dL/dh_t for each layer and direction, from dL/doutputs (S, Y). As training sees them."""
        T, H, S = len(layers[0][0].trace.xs), self.settings.hidden, len(doutputs)
        through = np.zeros((T, len(layers[0]) * H))  # on the layer's output, in reading order
        through[-S:] = doutputs @ self.W
        if S == 1 and self.settings.bidirectional:
            through[0, H:], through[-1, H:] = through[-1, H:], 0.0
        norms: list[list[Array]] = []
        for directions in reversed(layers):
            below = np.zeros((T, directions[0].params.input_size))
            norms.insert(0, [])
            for d, layer in enumerate(directions):
                own = through[:, d * H : (d + 1) * H]
                if not np.isfinite(own).all():
                    norms[0].append(np.full(T + 1, np.nan))
                    below[:] = np.nan
                    continue
                gradients = bptt(layer.trace, own[::-1] if layer.backward else own, truncate=self._truncate(T))
                size = np.linalg.norm(gradients.dhs, axis=1)
                norms[0].append(size[::-1] if layer.backward else size)
                below += gradients.dxs[::-1] if layer.backward else gradients.dxs
            through = below
        return norms

    def _truncate(self, T: int) -> int | None:
        return None if self.settings.truncate is None else min(self.settings.truncate, T)

    def go_on(self, inputs: NDArray[Any], known: int) -> Array:
        """The answers (T - known, Y) after `known` true inputs, each answer being the next input."""
        layers = self.read(self.encode(inputs[:known]))
        states = [_last_state(layer[0].trace) for layer in layers]
        answer = self.answers(layers[-1], 1)[0]
        said = [answer]
        for _ in range(len(inputs) - known - 1):
            own = answer.argmax(keepdims=True) if self.settings.task.input_symbols else answer[None]
            x = self.encode(own)
            for i, (params,) in enumerate(self.params):
                h, c = states[i]
                trace = run(params, x, h) if c is None else run(params, x, h, c)
                states[i] = _last_state(trace)
                x = trace.hs[1:]
            answer = (x @ self.W.T + self.b)[0]
            said.append(answer)
        return np.array(said)


def observe(state: RunState) -> View:
    """The first held-out sequence, seen by the network of this state."""
    with np.errstate(all="ignore"):  # a network that diverges is shown as it is
        return _observe(state)


def _observe(state: RunState) -> View:
    task = state.settings.task
    reader, kept = Reader(state), task.held_out()
    inputs, asked = kept.inputs[0], kept.weights[0].astype(np.float64)
    layers = reader.read(reader.encode(inputs))
    outputs = reader.answers(layers[-1], len(asked))
    share = (asked / asked.sum())[:, None]
    if task.loss == "cross-entropy":
        targets = one_hot(kept.targets[0], len(task.output_names))
        shown = softmax(outputs)
        doutputs = (shown - targets) * share
    else:
        targets, shown = kept.targets[0].astype(np.float64), outputs
        doutputs = 2.0 * (outputs - targets) * share / targets.shape[1]
    norms = reader.gradient_norms(layers, doutputs)
    continued = None
    if task.predicts_own_input and len(inputs) > 1:
        continued = reader.go_on(inputs, known=len(inputs) // 2)
        continued = softmax(continued) if task.loss == "cross-entropy" else continued
    return View(
        step=state.step,
        inputs=_small(inputs if inputs.ndim == 2 else one_hot(inputs, len(task.input_symbols))),
        targets=_small(targets),
        outputs=_small(shown),
        asked=_small(asked),
        layers=tuple(
            _layer_view(f"layer {i + 1}" + ", backward" * layer.backward, layer, norm)
            for i, (directions, sizes) in enumerate(zip(layers, norms, strict=True))
            for layer, norm in zip(directions, sizes, strict=True)
        ),
        samples=_samples(reader, task.samples()),
        continued=None if continued is None else _small(continued),
    )


def _last_state(trace: AnyTrace) -> tuple[Array, Array | None]:
    """h_T, and c_T where there is one."""
    return trace.hs[-1], trace.cs[-1] if isinstance(trace, LSTMTrace) else None


def _layer_view(name: str, layer: Layer, norms: Array) -> LayerView:
    """A backward layer's row t - 1 is made from x_t, and its last row is where it began."""
    gates = layer.trace.gates

    def shown(values: Array) -> NDArray[np.float32]:
        return _small((values[::-1] if layer.backward else values)[:, :MOST_UNITS])

    cs = layer.trace.cs if isinstance(layer.trace, LSTMTrace) else None
    return LayerView(
        name=name,
        hs=shown(layer.trace.hs),
        cs=None if cs is None else shown(cs),
        gate_names=gates,
        gates=tuple(shown(getattr(layer.trace, gate)) for gate in gates),
        gradient_norms=_small(norms),
    )


def _samples(reader: Reader, batch: Batch | None) -> tuple[Sample, ...]:
    if batch is None:
        return ()
    task = reader.settings.task
    samples = []
    for inputs, targets, weights in zip(batch.inputs, batch.targets, batch.weights, strict=True):
        asked = weights > 0
        read = len(inputs) if len(asked) == 1 else int(asked.nonzero()[0][-1]) + 1  # the padding is not shown
        said = reader.answers(reader.read(reader.encode(inputs[:read]))[-1], min(len(asked), read)).argmax(axis=1)
        asked = asked[-len(said) :] if len(asked) == 1 else asked[:read]
        samples.append(
            Sample(
                "".join(task.input_symbols[symbol] for symbol in inputs[:read]),
                "".join(task.output_names[answer] for answer in targets[: len(said)][asked]),
                "".join(task.output_names[answer] for answer in said[asked]),
            )
        )
    return tuple(samples)


def one_hot(symbols: NDArray[np.int64], size: int) -> Array:
    return np.eye(size)[symbols]


def softmax(outputs: Array) -> Array:
    """(S, V) -> the same, each row adding up to 1."""
    powers = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _small(values: NDArray[np.float32] | Array) -> NDArray[np.float32]:
    return np.ascontiguousarray(values, dtype=np.float32)
