"""A network to look into: an embedding or numbers, a few recurrent layers that read forward, and a linear readout.

The applications' networks, the lab's runs and a visitor's own file all become a `Network`, and every measurement of this
package takes one.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnn_core.arrays import Array, Cell
from rnn_core.blocks.readout import ReadoutParams, init_readout
from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.cells.records import Record
from rnn_core.errors import MAX_STEPS, CoreError, check_array, check_integer, check_kind, read_array
from rnn_core.params.build import form_of
from rnn_core.params.init import init_params
from rnn_core.passes.layers import StackParams, check_stack

MOST_LAYERS = 4
Symbols = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Network(Record):
    """The forms of the cells are those that torch has. A network with `symbols` reads numbers of symbols, others read vectors."""

    layers: tuple[Params, ...]  # the layer that reads the input first
    readout: ReadoutParams  # (Y, H) of the last layer's state
    embedding: Array | None = None  # (V, X); None: symbols are one-hot, or the inputs are numbers
    symbols: tuple[str, ...] = ()  # (V,) the text of each symbol; () where the inputs are numbers

    def __post_init__(self) -> None:
        check_kind("layers", self.layers, tuple)
        check_integer("layers", len(self.layers), 1, MOST_LAYERS)
        stack = check_stack(StackParams(self.layers))
        _check_form(stack.forward[0])
        Y, H = check_array("readout.W_hy", self.readout.W_hy, ("Y", "H")).shape
        check_array("readout.b_y", self.readout.b_y, (Y,))
        if stack.hidden_size != H:
            raise CoreError(
                "readout", f"a matrix for {H} units", f"one for the {stack.hidden_size} units of the last layer"
            )
        if self.embedding is not None:
            check_array("embedding", self.embedding, (len(self.symbols), stack.input_size))
        elif self.symbols and len(self.symbols) != stack.input_size:
            raise CoreError(
                "symbols", f"{len(self.symbols)} symbols", f"{stack.input_size}, one for each one-hot input"
            )
        object.__setattr__(self, "layers", stack.forward)

    def sizes(self) -> dict[str, object]:
        return {
            "cell": self.cell,
            "layers": len(self.layers),
            "X": self.input_size,
            "H": self.hidden_size,
            "Y": self.outputs,
        }

    @property
    def cell(self) -> Cell:
        return self.layers[0].cell

    @property
    def input_size(self) -> int:
        return self.layers[0].input_size

    @property
    def hidden_size(self) -> int:
        return self.layers[0].hidden_size

    @property
    def outputs(self) -> int:
        return len(self.readout.b_y)

    @property
    def stack(self) -> StackParams:
        return StackParams(self.layers)

    @property
    def values(self) -> tuple[str, ...]:
        """The values of a unit that can be looked at and changed, by the cell's own names."""
        return {
            "rnn": ("h",),
            "gru": ("h", "reset_gate", "update_gate", "candidate"),
            "lstm": ("h", "c", "input_gate", "forget_gate", "candidate", "output_gate"),
        }[self.cell]

    def check_sequence(self, sequence: ArrayLike, argument: str = "sequence") -> NDArray[Any]:
        """Symbols (T,) as integers, or numbers (T, X)."""
        if not self.symbols:
            numbers = check_array(argument, sequence, ("T", self.input_size))
            check_integer(f"{argument}: its length", len(numbers), 1, MAX_STEPS)
            return numbers
        given = read_array(argument, sequence, "numbers of symbols")
        if given.ndim != 1 or given.dtype.kind not in "iu" or not 1 <= len(given) <= MAX_STEPS:
            raise CoreError(argument, f"{given.dtype} of shape {given.shape}", f"1 to {MAX_STEPS} numbers of symbols")
        if given.min() < 0 or given.max() >= len(self.symbols):
            wrong = given[(given < 0) | (given >= len(self.symbols))][0]
            raise CoreError(argument, f"symbol {wrong}", f"numbers of symbols from 0 to {len(self.symbols) - 1}")
        return given.astype(np.int64)

    def inputs(self, sequence: ArrayLike) -> Array:
        """(T, X): the vectors that the first layer reads."""
        checked = self.check_sequence(sequence)
        if not self.symbols:
            return checked
        table = np.eye(len(self.symbols)) if self.embedding is None else self.embedding
        return np.asarray(table[checked])

    def untrained(self, seed: int = 1) -> "Network":
        """A network of the same sizes with new weights, drawn as torch draws them."""
        seeds = [int(part) for part in np.random.SeedSequence(seed).generate_state(len(self.layers) + 2)]
        layers = tuple(
            init_params(each.cell, each.input_size, each.hidden_size, own, **form_of(each))
            for each, own in zip(self.layers, seeds, strict=False)
        )
        embedding = (
            None if self.embedding is None else np.random.default_rng(seeds[-1]).normal(size=self.embedding.shape)
        )
        readout = init_readout(self.hidden_size, self.outputs, seeds[-2], self.readout.activation)
        return Network(layers, readout, embedding, self.symbols)


def _check_form(params: Params) -> None:
    match params:
        case LSTMParams(variant="standard") | RNNParams() | GRUParams(reset="after", z_keeps=True):
            return
    raise CoreError("layers", f"{params.cell} {form_of(params)}", "a form that torch has")
