"""A fast forward pass, one character at a time for several texts at once, which keeps the states only.

The core's `run_stack` keeps every value of every step, as the inspection of a text needs. This pass is for thousands of
steps, or for the candidates of a beam: the same equations, with all gates in one product.
"""

from dataclasses import dataclass

import numpy as np

from rnn_core.apps.tensors import Tensors
from rnn_core.apps.text.data import Symbols
from rnn_core.arrays import Array, Cell
from rnn_core.cells.activations import sigma


@dataclass(frozen=True)
class States:
    h: Array  # (L, B, H)
    c: Array | None  # (L, B, H) LSTM only

    def rows(self, kept: Symbols) -> "States":
        """The states of some of the B texts, in this order."""
        return States(self.h[:, kept], None if self.c is None else self.c[:, kept])


@dataclass(frozen=True)
class Layer:
    W_x: Array | None  # (X, G*H); None in the first layer, where a table has the product for every symbol
    b_x: Array  # (G*H,)
    W_h: Array  # (H, G*H)
    b_h: Array  # (G*H,)


class Stream:
    def __init__(self, tensors: Tensors, cell: Cell, layers: int) -> None:
        self.cell = cell
        first = tensors["layers.weight_ih_l0"].T
        embedding = tensors.get("embedding.weight")
        self.table = first if embedding is None else embedding @ first  # (V, G*H)
        self.layers = [
            Layer(
                tensors[f"layers.weight_ih_l{layer}"].T if layer else None,
                tensors[f"layers.bias_ih_l{layer}"],
                tensors[f"layers.weight_hh_l{layer}"].T,
                tensors[f"layers.bias_hh_l{layer}"],
            )
            for layer in range(layers)
        ]
        readout = tensors["embedding.weight" if "readout.weight" not in tensors else "readout.weight"]  # it may be tied
        self.W_hy, self.b_y = readout.T, tensors["readout.bias"]

    @property
    def size(self) -> int:
        return len(self.b_y)

    def start(self, texts: int = 1) -> States:
        zeros = np.zeros((len(self.layers), texts, len(self.W_hy)))
        return States(zeros, zeros if self.cell == "lstm" else None)

    def step(self, states: States, symbols: Symbols) -> tuple[States, Array]:
        """One character (B,) of each text -> the states after it, and the scores (B, V) of the next character."""
        hs, cs, below = [], [], self.table[symbols]
        for row, layer in enumerate(self.layers):
            reads = (below if layer.W_x is None else below @ layer.W_x) + layer.b_x
            c = None if states.c is None else states.c[row]
            below, c = self._cell(reads, states.h[row], c, layer)
            hs.append(below)
            cs.append(c)
        after = States(np.stack(hs), None if states.c is None else np.stack([c for c in cs if c is not None]))
        return after, below @ self.W_hy + self.b_y

    def read(self, texts: Symbols, states: States | None = None) -> tuple[States, Array]:
        """(B, T) characters -> the states after them, and the scores (T, B, V)."""
        states = self.start(len(texts)) if states is None else states
        scores = np.empty((texts.shape[1], len(texts), self.size))
        for t in range(texts.shape[1]):
            states, scores[t] = self.step(states, texts[:, t])
        return states, scores

    def _cell(self, reads: Array, h: Array, c: Array | None, layer: Layer) -> tuple[Array, Array | None]:
        H = h.shape[1]
        recurrent = h @ layer.W_h + layer.b_h
        match self.cell:
            case "lstm" if c is not None:
                gates = reads + recurrent
                i, f, o = sigma(gates[:, :H]), sigma(gates[:, H : 2 * H]), sigma(gates[:, 3 * H :])
                c = f * c + i * np.tanh(gates[:, 2 * H : 3 * H])
                return np.asarray(o * np.tanh(c)), np.asarray(c)
            case "gru":
                r, z = np.split(sigma(reads[:, : 2 * H] + recurrent[:, : 2 * H]), 2, axis=1)
                n = np.tanh(reads[:, 2 * H :] + r * recurrent[:, 2 * H :])
                return np.asarray(z * h + (1.0 - z) * n), None
            case _:
                return np.asarray(np.tanh(reads + recurrent)), None


def log_probabilities(scores: Array) -> Array:
    """The log-probabilities of each row, from its scores."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))
