r"""The cliff: one unit without input, and a loss that looks at it after 50 steps (Pascanu, Mikolov and Bengio 2013).

$$x_t = w\,\sigma(x_{t-1}) + b, \qquad x_0 = 0.5, \qquad E(w, b) = (\sigma(x_{50}) - 0.7)^2$$

Where the unit's two resting places meet, a small change of the weights sends x_50 from one to the other: there the loss
has a wall, and its gradient is as steep as the wall. The gradient is exact, carried forward with the state:
$$\frac{\partial x_t}{\partial w} = \sigma(x_{t-1}) + w\,\sigma'(x_{t-1})\,\frac{\partial x_{t-1}}{\partial w}, \qquad
\frac{\partial x_t}{\partial b} = 1 + w\,\sigma'(x_{t-1})\,\frac{\partial x_{t-1}}{\partial b}.$$
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.arrays import Array

STEPS, START, TARGET = 50, 0.5, 0.7
Clip = Literal["none", "norm", "value"]


@dataclass(frozen=True)
class Losses:
    values: Array  # (...,) E
    by_w: Array  # (...,) dE/dw
    by_b: Array  # (...,) dE/db


def _sigmoid(a: Array) -> Array:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * a)))  # never overflows


def losses(w: Array, b: Array) -> Losses:
    """E and its gradient at every (w, b)."""
    x = np.full(np.broadcast(w, b).shape, START)
    x_by_w, x_by_b = np.zeros_like(x), np.zeros_like(x)
    for _ in range(STEPS):
        s = _sigmoid(x)
        factor = w * s * (1.0 - s)
        x_by_w, x_by_b = s + factor * x_by_w, 1.0 + factor * x_by_b
        x = w * s + b
    y = _sigmoid(x)
    by_x = 2.0 * (y - TARGET) * y * (1.0 - y)
    return Losses((y - TARGET) ** 2, by_x * x_by_w, by_x * x_by_b)


def clipped(gradient: Array, how: Clip, threshold: float) -> Array:
    """gradient (2,), shortened to the threshold as a whole (`norm`) or each entry by itself (`value`)."""
    norm = float(np.linalg.norm(gradient))
    if how == "norm" and norm > threshold:
        return np.asarray(gradient * (threshold / norm))
    return np.clip(gradient, -threshold, threshold) if how == "value" else gradient


@dataclass(frozen=True)
class Descent:
    points: Array  # (N+1, 2) w and b before each step, and after the last
    losses: Array  # (N+1,)
    gradients: Array  # (N+1, 2) as computed
    used: Array  # (N+1, 2) after clipping


def descend(
    start: tuple[float, float], rate: float, steps: int, hows: Sequence[Clip], threshold: float
) -> list[Descent]:
    """Plain gradient descent, theta <- theta - rate * clipped(gradient), once for each way of clipping, side by side."""
    points, values = np.empty((len(hows), steps + 1, 2)), np.empty((len(hows), steps + 1))
    gradients, used = np.empty_like(points), np.empty_like(points)
    points[:, 0] = start
    for n in range(steps + 1):
        found = losses(points[:, n, 0], points[:, n, 1])
        values[:, n] = found.values
        gradients[:, n] = np.stack((found.by_w, found.by_b), axis=1)
        for path, how in enumerate(hows):
            used[path, n] = clipped(gradients[path, n], how, threshold)
        if n < steps:
            points[:, n + 1] = points[:, n] - rate * used[:, n]
    return [Descent(*parts) for parts in zip(points, values, gradients, used, strict=True)]
