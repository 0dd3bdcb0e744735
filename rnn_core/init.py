"""Initial weights."""

from typing import Any

import numpy as np

from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.errors import check_integer, check_option
from rnn_core.types import Cell

_TYPES: dict[Cell, type[Params]] = {"rnn": RNNParams, "lstm": LSTMParams, "gru": GRUParams}


def init_params(
    cell: Cell, input_size: int, hidden_size: int, seed: int = 0, scheme: str = "torch", **options: Any
) -> Params:
    """Weights and biases drawn from U(-1/sqrt(H), 1/sqrt(H)), as torch does; `options` go to the cell's parameters."""
    check_option("cell", cell, _TYPES)
    check_option("scheme", scheme, ("torch",))
    H = check_integer("hidden_size", hidden_size, 1, 4096)
    X = check_integer("input_size", input_size, 1, 4096)
    generator = np.random.default_rng(seed)
    kind = _TYPES[cell]
    form = {name: value for name, value in options.items() if name in ("variant", "reset")}
    weights = {name: generator.uniform(-1, 1, shape) / np.sqrt(H) for name, shape in kind.shapes(X, H, **form).items()}
    if cell == "lstm":
        missing = {name: None for name in LSTMParams.shapes(1, 1) if name not in weights}
        return LSTMParams(**missing, **weights, **options)
    return kind(**weights, **options)
