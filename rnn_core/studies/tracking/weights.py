"""The initial weights of a network of the study, and its sizes. No torch.

A network is inputs -> the cell -> a readout with one hidden layer. `transformer` is one block: positions are added to an
embedding, then attention and a layer with GELU, each added to what it reads; its sizes give it the GRU's number of weights.
"""

import math
from typing import Any

import numpy as np

from rnn_core.arrays import Array, weight_names
from rnn_core.params.init import init_params
from rnn_core.params.modern import init_modern
from rnn_core.studies.tracking.tasks import TrackingTask

STATES = 8  # N of the selective state space; keys and other states have N = H
TRANSFORMER = "transformer"
Arrays = dict[str, Array]


def cell_weights(cell: str, X: int, H: int, seed: int) -> Arrays:
    """The core's initial weights; with them all seeds and cells start as the pages show them."""
    if cell.startswith("diagonal"):
        rng = np.random.default_rng([seed, 1])
        return {
            "W_xa": rng.normal(size=(H, X)),
            "b_a": rng.normal(size=H),
            "W_xu": rng.uniform(-1, 1, (H, X)) / math.sqrt(X),
        }
    if cell in ("rnn", "lstm", "gru"):
        make: Any = init_params  # its overloads know literal names alone
        params = make(cell, X, H, seed)
    else:
        states = STATES if cell == "selective" else None
        params = init_modern(cell.removesuffix("_negative"), X, H, states, seed)
    return {name: getattr(params, name) for name in weight_names(params)}


def readout_weights(H: int, R: int, classes: int, seed: int) -> Arrays:
    return _drawn(
        {"W_r": (R, H), "b_r0": (R,), "W_y": (classes, R), "b_y": (classes,)}, np.random.default_rng([seed, 2])
    )


def transformer_weights(X: int, D: int, M: int, seed: int) -> Arrays:
    """D: the size of every vector between the parts; M: units of the layer with GELU."""
    maps = dict.fromkeys(("W_q", "W_k", "W_v", "W_o"), (D, D))
    shapes = {"W_e": (D, X), **maps, "W_m": (M, D), "b_m": (M,), "W_p": (D, M), "b_p": (D,)}
    return _drawn(shapes, np.random.default_rng([seed, 6]))


def transformer_sizes(X: int, H: int, R: int) -> tuple[int, int]:
    """D and M such that block and readout have as many weights as a GRU with H units and its readout, to within D."""
    wanted = _count(cell_weights("gru", X, H, 0)) + R * H
    D = max(D for D in range(2, H + 1, 2) if wanted >= 8 * D * D + D * (X + 3 + R))
    rest = wanted - D * (X + R) - 4 * D * D - D
    return D, round(rest / (2 * D + 1))


def network_weights(cell: str, task: TrackingTask, H: int, R: int, seed: int) -> tuple[Arrays, Arrays]:
    """The weights of the cell and of the readout."""
    if cell == TRANSFORMER:
        D, M = transformer_sizes(task.inputs, H, R)
        return transformer_weights(task.inputs, D, M, seed), readout_weights(D, R, task.classes, seed)
    return cell_weights(cell, task.inputs, H, seed), readout_weights(H, R, task.classes, seed)


def _drawn(shapes: dict[str, tuple[int, ...]], rng: np.random.Generator) -> Arrays:
    return {
        name: rng.uniform(-1, 1, shape) / math.sqrt(shape[-1]) if len(shape) == 2 else np.zeros(shape)
        for name, shape in shapes.items()
    }


def _count(weights: Arrays) -> int:
    return sum(each.size for each in weights.values())
