"""Small networks with random weights, for tests."""

from functools import cache

import numpy as np

from rnn_core.analysis.inside.network import Network
from rnn_core.apps.look_inside import network_of_run
from rnn_core.apps.text.settings import Settings
from rnn_core.apps.trained import load_trained
from rnn_core.arrays import Cell
from rnn_core.blocks.readout import init_readout
from rnn_core.lab import recorded
from rnn_core.passes.layers import init_stack

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
KINDS = [(cell, layers) for cell in CELLS for layers in (1, 2)]


def of_symbols(cell: Cell, layers: int = 1, H: int = 7, V: int = 5, seed: int = 0) -> Network:
    stack = init_stack(cell, V, H, layers, seed=seed)
    return Network(stack.forward, init_readout(H, V, seed), None, tuple("abcdefghijklmnopqrstuvwxyz"[:V]))


def with_embedding(cell: Cell, layers: int = 1, H: int = 7, V: int = 5, E: int = 3) -> Network:
    stack = init_stack(cell, E, H, layers, seed=1)
    embedding = np.random.default_rng(2).normal(size=(V, E))
    return Network(stack.forward, init_readout(H, V), embedding, tuple("abcdefghijklmnopqrstuvwxyz"[:V]))


def of_numbers(cell: Cell, layers: int = 1, H: int = 7, X: int = 3, Y: int = 2) -> Network:
    return Network(init_stack(cell, X, H, layers, seed=3).forward, init_readout(H, Y, 0, "identity"))


@cache
def shipped_text(name: str) -> Network:
    return network_of_run(load_trained(Settings, name).state)


@cache
def counter() -> Network:
    return network_of_run(recorded.network("counting-lstm"))
