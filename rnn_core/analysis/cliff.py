r"""The cliff: one unit without input, and a loss on its state after 50 steps (Pascanu, Mikolov and Bengio 2013).

$$x_t = w\,\sigma(x_{t-1}) + b, \qquad x_0 = 0.5, \qquad E(w, b) = (\sigma(x_{50}) - 0.7)^2$$

Where the unit's two stable fixed points meet, a small change of the weights moves x_50 from one to the other. The loss is
very steep there, and its gradient very large. The gradient is exact: it is computed forward, together with the state:
$$\frac{\partial x_t}{\partial w} = \sigma(x_{t-1}) + w\,\sigma'(x_{t-1})\,\frac{\partial x_{t-1}}{\partial w}, \qquad
\frac{\partial x_t}{\partial b} = 1 + w\,\sigma'(x_{t-1})\,\frac{\partial x_{t-1}}{\partial b}.$$
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma

STEPS, START, TARGET = 50, 0.5, 0.7
Clip = Literal["none", "norm", "value"]


@dataclass(frozen=True)
class Losses:
    values: Array  # (...,) E
    by_w: Array  # (...,) dE/dw
    by_b: Array  # (...,) dE/db


def losses(w: Array, b: Array) -> Losses:
    """E and its gradient at every (w, b)."""
    x = np.full(np.broadcast(w, b).shape, START)
    x_by_w, x_by_b = np.zeros_like(x), np.zeros_like(x)
    for _ in range(STEPS):
        s = sigma(x)
        factor = w * s * (1.0 - s)
        x_by_w, x_by_b = s + factor * x_by_w, 1.0 + factor * x_by_b
        x = w * s + b
    y = sigma(x)
    by_x = 2.0 * (y - TARGET) * y * (1.0 - y)
    return Losses((y - TARGET) ** 2, by_x * x_by_w, by_x * x_by_b)


def clipped(gradient: Array, method: Clip, threshold: float) -> Array:
    """gradient (2,), clipped to the threshold by its norm (`norm`) or entry by entry (`value`)."""
    norm = float(np.linalg.norm(gradient))
    if method == "norm" and norm > threshold:
        return np.asarray(gradient * (threshold / norm))
    return np.clip(gradient, -threshold, threshold) if method == "value" else gradient


@dataclass(frozen=True)
class Descent:
    points: Array  # (N+1, 2) w and b before each step and after the last
    losses: Array  # (N+1,)
    gradients: Array  # (N+1, 2) before clipping
    used: Array  # (N+1, 2) after clipping


def descend(
    start: tuple[float, float], rate: float, steps: int, methods: Sequence[Clip], threshold: float
) -> list[Descent]:
    """Plain gradient descent, theta <- theta - rate * clipped(gradient), once for each method of clipping."""
    points, values = np.empty((len(methods), steps + 1, 2)), np.empty((len(methods), steps + 1))
    gradients, used = np.empty_like(points), np.empty_like(points)
    points[:, 0] = start
    for n in range(steps + 1):
        found = losses(points[:, n, 0], points[:, n, 1])
        values[:, n] = found.values
        gradients[:, n] = np.stack((found.by_w, found.by_b), axis=1)
        for path, method in enumerate(methods):
            used[path, n] = clipped(gradients[path, n], method, threshold)
        if n < steps:
            points[:, n + 1] = points[:, n] - rate * used[:, n]
    return [Descent(*parts) for parts in zip(points, values, gradients, used, strict=True)]
