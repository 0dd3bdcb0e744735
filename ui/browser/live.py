"""What a page sends so that the browser can draw its pictures while a dial moves (stepper/explorer.js).

The diagram gets the weights and the inputs of every cell that the dials reach (`cells`), and the browser's engine runs them.
A chart says which of the engine's arrays it shows and how (`lines`, `heatmap`): its figure is the pattern for the next one.
Both say for which values of the dials the page has drawn them: while a dial shows another value, the browser's are on the screen.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from rnn_core.arrays import Array, weight_names
from rnn_core.blocks.readout import ReadoutParams
from rnn_core.cells import Params
from ui.figures.heatmap import input_above
from ui.figures.style import text_ink

Live = Mapping[str, Any]
Dials = dict[str, float]  # what they show, by their keys: T, H and X, and the main dial's
Sizes = tuple[int, int]  # H, X


class Turned(NamedTuple):
    """Weights that a dial turns: all are multiplied by its value, or get what it shows above `rest`."""

    key: str
    weights: str
    multiplies: bool
    rest: float


def cells(
    dials: Dials,
    weights: Sequence[Mapping[Sizes, Params]],
    inputs: Mapping[int, Sequence[Array]],
    loss: str,
    turned: Sequence[Turned | None],
    readouts: Mapping[int, ReadoutParams],
) -> Live:
    """`weights`: of each cell, for all sizes that the dials reach. `inputs`: by their width, the sequences of 1, 2, ... steps.
    `turned`: of each cell, the weights that a dial turns. `readouts`: by the hidden size, where the loss is that of a readout."""
    return {
        "values": dict(dials),
        "weights": [{f"{H},{X}": packed(*_flat(params)) for (H, X), params in each.items()} for each in weights],
        "inputs": {
            "longest": {str(width): packed(sequences[-1]) for width, sequences in inputs.items()},
            "others": {
                len(xs): rows
                for sequences in inputs.values()
                for xs in sequences
                if (rows := _other_rows(xs, sequences[-1]))
            },
        },
        "loss": loss,
        "turned": [each and each._asdict() for each in turned],
        "readouts": {str(units): packed(each.W_hy, each.b_y) for units, each in readouts.items()},
    }


def lines(of: str, dials: Dials, array: str, symbol: str) -> Live:
    """`unit_lines` of all units of this array of the first cell in the diagram with the key `of`."""
    ink = text_ink(symbol).light
    return {"kind": "lines", "of": of, "values": dict(dials), "cell": 0, "array": array, "symbol": symbol, "ink": ink}


def heatmap(of: str, dials: Dials, cell: int, array: str, symbol: str = "h") -> Live:
    """`state_heatmap` with the inputs above, of the diagram's cell in this place."""
    one, several = (input_above(np.zeros((1, width)), 1) for width in (1, 2))
    patterns = {"one": _without_numbers(one), "several": _without_numbers(several)}
    values = {"values": dict(dials), "cell": cell, "array": array, "symbol": symbol}
    return {"kind": "heatmap", "of": of, **values, **patterns}


def packed(*arrays: Array) -> str:
    """float64, little-endian, in base64."""
    return base64.b64encode(np.concatenate([array.ravel() for array in arrays], dtype="<f8").tobytes()).decode()


def _flat(params: Params) -> list[Array]:
    """The weights in the order of their names, as explorer.js reads them."""
    return [getattr(params, name) for name in sorted(weight_names(params))]


def _other_rows(xs: Array, longest: Array) -> list[list[float]]:
    """Where a shorter sequence is not the beginning of the longest: first row, how many equal rows, and the row."""
    found: list[list[float]] = []
    for row in np.flatnonzero((xs != longest[: len(xs)]).any(axis=1)):
        values = xs[row].tolist()
        if found and found[-1][0] + found[-1][1] == row and found[-1][2:] == values:
            found[-1][1] += 1
        else:
            found.append([int(row), 1, *values])
    return found


def _without_numbers(trace: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in trace.items() if name not in ("x", "y", "z", "zmin", "zmax")}
