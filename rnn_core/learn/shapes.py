"""The shapes of torch's layers under torch's names, without importing torch."""

from typing import Any

from rnn_core.arrays import Cell
from rnn_core.formats.torch_names import GATES


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
