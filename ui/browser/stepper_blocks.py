"""Where the values of a cell after the LSTM lie in its diagram: columns from left to right, each with its blocks from top to bottom.

A block is one value of the equations (a number, a vector, a matrix), a complex value with its real and imaginary part, or a value of
all steps so far. A value without a block belongs to the first block that reads it. Each block has its part of the computation.
The browser draws the blocks (stepper/blocks/).
"""

from typing import Any, Literal, get_args

import rnn_core as rc
from rnn_core.cells.modern.base import ModernParams
from rnn_core.equations.lookup import recipes

Part = Literal["in", "maps", "compare", "shares", "state", "output"]
Columns = tuple[tuple[tuple[Part, str], ...], ...]


def _maps(*names: str) -> tuple[tuple[Part, str], ...]:
    return tuple(("maps", name) for name in names)


_OF_A_MATRIX: Columns = (
    _maps("query", "key", "value", "write", "decay"),
    (("compare", "recalled"), ("compare", "error")),
    (("state", "memory"),),
    (("output", "ys"),),
)
COLUMNS: dict[str, Columns] = {
    "min_gru": (_maps("update_gate", "candidate"), (("state", "hs"),)),
    "min_lstm": (
        _maps("forget_gate", "input_gate", "candidate"),
        (("shares", "forget_share"), ("shares", "input_share")),
        (("state", "hs"),),
    ),
    "lru": (_maps("lambda", "drive"), (("state", "hs"),), (("output", "ys"),)),
    "s4d": (_maps("A", "inner", "input"), (("state", "hs"),), (("output", "ys"),)),
    "rg_lru": (
        _maps("recurrence_gate", "input_gate", "inner"),
        (("shares", "decay"), ("shares", "write_scale")),
        (("state", "hs"),),
    ),
    "selective": (
        _maps("step_size", "inner", "input_map", "output_map"),
        (("shares", "decay"),),
        (("state", "hs"),),
        (("output", "ys"),),
    ),
    "slstm": (
        _maps("log_forget", "input_gate_pre", "candidate"),
        (("shares", "stabiliser"), ("shares", "forget_gate"), ("shares", "input_gate")),
        (("state", "cs"), ("state", "normaliser"), ("maps", "output_gate")),
        (("output", "hs"),),
    ),
    "mlstm": (
        _maps("query", "key", "value"),
        (
            *_maps("log_forget", "input_gate_pre"),
            ("shares", "stabiliser"),
            ("shares", "forget_gate"),
            ("shares", "input_gate"),
        ),
        (("state", "memory"), ("state", "normaliser")),
        (("output", "read"), ("output", "denominator"), ("maps", "output_gate")),
        (("output", "hs"),),
    ),
    "linear_attention": _OF_A_MATRIX,
    "delta_net": _OF_A_MATRIX,
    "rwkv7": (
        _maps("receptance", "key", "value", "decay", "rate_gate"),
        (("compare", "written_key"), ("compare", "removal"), ("compare", "recalled")),
        (("state", "memory"),),
        (("output", "ys"),),
    ),
    "attention": (
        _maps("query"),
        (("maps", "key"), ("compare", "scores"), ("shares", "weights"), ("maps", "value")),
        (("output", "ys"),),
    ),
}
# Of a matrix's columns; all other vectors are drawn downwards, as its rows.
ACROSS = frozenset({"query", "key", "receptance", "removal", "written_key", "input_map", "output_map"})
OF_ITS_COLUMNS = frozenset({"decay", "rate_gate"})  # in RWKV-7
OF_ALL_STEPS = frozenset({"key", "value", "scores", "weights"})  # in attention
PARTS: tuple[Part, ...] = get_args(Part)


def kind_of(params: rc.Params | ModernParams) -> str:
    """The name of a cell's diagram: a form with other blocks is a kind of its own."""
    return f"gated_{params.cell}" if getattr(params, "gated", False) else params.cell


def blocks_of(params: ModernParams) -> dict[str, Any]:
    """The columns of this cell's form, the states before them, and the parts of the computation in their order."""
    table = recipes(params)

    def names_of(name: str) -> list[str]:
        return [each for each in (name, f"{name}_re", f"{name}_im") if each in table]

    columns = [
        [
            {"part": part, "names": names_of(name), "lies": _lies(params.cell, name)}
            for part, name in column
            if names_of(name)
        ]
        for column in COLUMNS[params.cell]
    ]
    used = {block["part"] for column in columns for block in column}
    states = dict.fromkeys(name.removesuffix("_re").removesuffix("_im") for name in params.initial_state())
    return {
        "columns": [column for column in columns if column],
        "states": [names_of(name) for name in states],
        "parts": [part for part in PARTS if part == "in" or part in used],
        "output": params.output,
    }


def _lies(cell: str, name: str) -> str:
    if cell == "attention" and name in OF_ALL_STEPS:
        return "past"
    return "across" if name in ACROSS or (cell == "rwkv7" and name in OF_ITS_COLUMNS) else "down"
