"""Room for a run."""

import math

import numpy as np

from rnn_core.types import Array


def room(*shapes: tuple[int, ...]) -> list[Array]:
    """Arrays of these shapes, not yet filled, side by side in one piece of memory.

    A long run writes every number once, and asking the system for memory page by page takes as long as the numbers do.
    One large piece is given in large pages, and given again to the next run.
    """
    sizes = [math.prod(shape) for shape in shapes]
    memory, arrays, start = np.empty(sum(sizes)), [], 0
    for shape, size in zip(shapes, sizes, strict=True):
        arrays.append(memory[start : start + size].reshape(shape))
        start += size
    return arrays
