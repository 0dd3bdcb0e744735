"""The memory of a run, and the order in which its rows are visited."""

import math
from collections.abc import Iterator

import numpy as np

from rnn_core.arrays import Array


def allocate(*shapes: tuple[int, ...]) -> list[Array]:
    """Uninitialised arrays of these shapes in one block of memory.

    A long run writes every number once, so that fetching memory page by page would take as long as the computation. The
    system provides one large block in large pages, and reuses it for the next run.
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


def gradient_buffers(T: int, H: int, truncate: int | None) -> Iterator[Array | None]:
    """Yields, from the last step to the first, a buffer (H,) for the gradient on h_{t-1}, None where truncation drops it."""
    sent, chunk = np.empty(H), truncate or T
    return (sent if t == 0 or t % chunk else None for t in reversed(range(T)))
