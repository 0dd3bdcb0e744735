"""Room for a run, and the order in which its rows are visited."""

import math
from collections.abc import Iterator

import numpy as np

from rnn_core.arrays import Array


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


def last_first(*arrays: Array) -> Iterator[tuple[Array, ...]]:
    """The rows of all arrays together, from the last step to the first."""
    return zip(*(array[::-1] for array in arrays), strict=True)


def sending(T: int, H: int, truncate: int | None) -> Iterator[Array | None]:
    """From the last step to the first: room (H,) for what the step sends back, None where truncation cuts it off."""
    sent, chunk = np.empty(H), truncate or T
    return (sent if t == 0 or t % chunk else None for t in reversed(range(T)))
