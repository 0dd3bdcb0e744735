"""Many runs of a network side by side, one time step at a time, with a function that may read or change every value.

The core's `run_stack` keeps every value of one run. Here B runs share each matrix product, and only the states are kept: for
texts of a hundred thousand characters in pieces, and for thousands of runs that differ in one value.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis.inside.network import Network, Symbols
from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.cells.activations import EXPRESSIONS, sigma

Floats = NDArray[Any]  # float64, or float32 where the stepper was made for it
# Called for every value in the order of computation: the layer, the value's name ("forget_gate", "c", "h" ...) and its array
# (B, H), which it may change in place. The rest of the step reads the changed values.
See = Callable[[int, str, Floats], None]


@dataclass(frozen=True)
class States:
    hs: tuple[Floats, ...]  # one (B, H) per layer
    cs: tuple[Floats, ...] = ()  # LSTM only

    def rows(self, chosen: Symbols) -> "States":
        """The states of some of the runs; one may be chosen more than once."""
        return States(tuple(h[chosen] for h in self.hs), tuple(c[chosen] for c in self.cs))

    def beside(self, others: "States") -> "States":
        """The runs of both."""
        return States(
            *(tuple(map(_concatenated, one, two)) for one, two in ((self.hs, others.hs), (self.cs, others.cs)))
        )


def _concatenated(one: Floats, two: Floats) -> Floats:
    return np.concatenate([one, two])


class Stepper:
    def __init__(self, network: Network, dtype: type = np.float64) -> None:
        self.network, self.dtype = network, dtype
        self.layers = [_Layer(params, dtype) for params in network.layers]
        self.W_hy: Floats = network.readout.W_hy.T.astype(dtype)
        self.b_y: Floats = network.readout.b_y.astype(dtype)
        first = self.layers[0]
        # With symbols the first layer's product is a row of a table.
        self.table = (
            None if not network.symbols else first.W_x if network.embedding is None else network.embedding @ first.W_x
        )
        if self.table is not None:
            self.table = (self.table + first.b).astype(dtype)

    def start(self, runs: int) -> States:
        zeros: tuple[Floats, ...] = tuple(np.zeros((runs, self.network.hidden_size), self.dtype) for _ in self.layers)
        return States(zeros, zeros if self.network.cell == "lstm" else ())

    def step(self, states: States, inputs: NDArray[Any], see: See | None = None) -> States:
        """Reads one symbol (B,) or vector (B, X) in every run. A network of symbols reads vectors too, such as one between two
        embeddings."""
        hs: list[Floats] = []
        cs: list[Floats] = []
        for number, layer in enumerate(self.layers):
            if number == 0 and self.table is not None and inputs.ndim == 1:
                reads = self.table[inputs]
            else:
                reads = (hs[-1] if number else inputs.astype(self.dtype, copy=False)) @ layer.W_x + layer.b
            h, c = layer.step(reads, states.hs[number], states.cs[number] if states.cs else None, number, see)
            hs.append(h)
            cs += [] if c is None else [c]
        return States(tuple(hs), tuple(cs))

    def scores(self, states: States) -> Floats:
        """(B, Y) before the readout's activation."""
        return np.asarray(states.hs[-1] @ self.W_hy + self.b_y)


class _Layer:
    def __init__(self, params: Params, dtype: type) -> None:
        self.params, self.H = params, params.hidden_size
        if isinstance(params, RNNParams):
            W_x, W_h, b = params.W_xh, params.W_hh, params.b_h
        else:
            W_x, W_h, b = (params.stack(prefix) for prefix in ("W_x", "W_h", "b_"))
        self.W_x: Floats = np.ascontiguousarray(W_x.T, dtype)
        self.W_h: Floats = np.ascontiguousarray(W_h.T, dtype)
        self.b: Floats = b.astype(dtype)
        inner = params.b_hn if isinstance(params, GRUParams) else None
        self.b_hn: Floats | None = None if inner is None else inner.astype(dtype)

    def step(
        self, reads: Floats, h: Floats, c: Floats | None, number: int, see: See | None
    ) -> tuple[Floats, Floats | None]:
        """`reads` is W_x x + b."""

        def seen(name: str, values: Floats) -> Floats:
            if see is not None:
                see(number, name, values)
            return values

        H, products = self.H, h @ self.W_h
        with np.errstate(over="ignore"):
            match self.params:
                case RNNParams(activation=activation):
                    return seen("h", EXPRESSIONS[activation](reads + products)), None
                case GRUParams():
                    rz = sigma(reads[:, : 2 * H] + products[:, : 2 * H])
                    r, z = seen("reset_gate", rz[:, :H]), seen("update_gate", rz[:, H:])
                    inner = products[:, 2 * H :] if self.b_hn is None else products[:, 2 * H :] + self.b_hn
                    n = seen("candidate", np.tanh(reads[:, 2 * H :] + r * inner))
                    return seen("h", z * h + (1 - z) * n), None
                case LSTMParams():
                    assert c is not None
                    a = reads + products  # in the order o, i, f, g
                    o, i, f = np.split(sigma(a[:, : 3 * H]), 3, axis=1)
                    f, i = seen("forget_gate", f), seen("input_gate", i)
                    g = seen("candidate", np.tanh(a[:, 3 * H :]))
                    c = seen("c", f * c + i * g)
                    o = seen("output_gate", o)
                    return seen("h", o * np.tanh(c)), c
