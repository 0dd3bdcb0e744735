"""`init_modern`: seeded initial weights of a modern cell; `modern_weights.py` says how each is drawn."""

from typing import Any

from rnn_core.cells.modern import CELLS
from rnn_core.cells.modern.base import LARGEST, ModernParams
from rnn_core.errors import CoreError, check_integer, check_option
from rnn_core.params.modern_weights import draw_weights


def init_modern(
    cell: str, input_size: int, hidden_size: int, state_size: int | None = None, seed: int = 0, **options: Any
) -> ModernParams:
    """Initial weights. `state_size` N is that of states or keys where the cell has one; H unless given.

    >>> init_modern("delta_net", 2, 3, gated=True)
    DeltaNetParams(X=2, H=3, N=3, gated=True)
    """
    check_option("cell", cell, CELLS)
    X = check_integer("input_size", input_size, 1, LARGEST)
    H = check_integer("hidden_size", hidden_size, 1, LARGEST)
    N = H if state_size is None else check_integer("state_size", state_size, 1, LARGEST)
    kind, _step = CELLS[cell]
    known = kind.option_names()
    if unknown := set(options) - set(known):
        raise CoreError("options", ", ".join(sorted(unknown)), f"options of {cell}: {', '.join(known) or 'none'}")
    check_integer("seed", seed, 0, 2**32 - 1)
    shapes = kind.shapes(X, H, N, **({"gated": True} if options.get("gated") else {}))
    return kind(**draw_weights(cell, shapes, seed), **options).checked()
