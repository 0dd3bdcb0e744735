"""The shapes of the layers that are trained, without importing torch: torch's own, and the cells after the LSTM.

The first have torch's names, the second the core's.
"""

from collections.abc import Mapping
from typing import Any

from rnn_core.arrays import Cell
from rnn_core.cells.modern import CELLS
from rnn_core.formats.torch_names import GATES

# The cells after the LSTM: the core's name of each, and the options that make it.
MODERN: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    **{cell: (cell, {}) for cell in ("min_gru", "min_lstm", "lru", "rg_lru", "selective", "slstm", "mlstm")},
    **{cell: (cell, {}) for cell in ("linear_attention", "delta_net")},
    "gated_delta_net": ("delta_net", {"gated": True}),
}
SELECTIVE_STATES, KEYS = 8, 16  # N of the selective state space, and the length of a key of the matrix memories
HAS_KEYS = frozenset({"mlstm", "linear_attention", "delta_net", "gated_delta_net"})


def state_size(cell: str, hidden: int) -> int:
    """N of a cell after the LSTM with this many outputs."""
    if cell in HAS_KEYS:
        return min(KEYS, hidden)
    return SELECTIVE_STATES if cell == "selective" else hidden


def modern_shapes(cell: str, inputs: int, hidden: int) -> dict[str, tuple[int, ...]]:
    kind, options = MODERN[cell]
    return CELLS[kind][0].shapes(inputs, hidden, state_size(cell, hidden), **options)


def core_cell(cell: str) -> Cell:
    """The cell's name in the core, where tanh or ReLU is an option of "rnn"."""
    match cell:
        case "lstm" | "gru":
            return cell
        case _:
            return "rnn"


def torch_form(cell: str) -> dict[str, Any]:
    """The form of the core's cell that torch has."""
    match cell:
        case "lstm":
            return {"variant": "standard"}
        case "gru":
            return {"reset": "after", "z_keeps": True}
        case _:
            return {"activation": cell.removeprefix("rnn-")}


def recurrent_shapes(
    prefix: str, cell: Cell, inputs: int, hidden: int, *, layers: int = 1, directions: int = 1
) -> dict[str, tuple[int, ...]]:
    """The tensors of torch.nn.RNN, LSTM or GRU: G stacked gates, and two biases."""
    G = len(GATES[cell])
    shapes: dict[str, tuple[int, ...]] = {}
    for layer in range(layers):
        X = inputs if layer == 0 else directions * hidden
        for end in ("", "_reverse")[:directions]:
            shapes[f"{prefix}weight_ih_l{layer}{end}"] = (G * hidden, X)
            shapes[f"{prefix}weight_hh_l{layer}{end}"] = (G * hidden, hidden)
            shapes[f"{prefix}bias_ih_l{layer}{end}"] = (G * hidden,)
            shapes[f"{prefix}bias_hh_l{layer}{end}"] = (G * hidden,)
    return shapes


def convolution_shapes(prefix: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    """The tensors of torch.nn.Conv2d with kernels of 3 x 3."""
    return {f"{prefix}weight": (outputs, inputs, 3, 3), f"{prefix}bias": (outputs,)}


def linear_shapes(prefix: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    """The tensors of torch.nn.Linear."""
    return {f"{prefix}weight": (outputs, inputs), f"{prefix}bias": (outputs,)}
