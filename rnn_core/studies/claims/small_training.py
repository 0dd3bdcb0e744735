"""A tanh RNN with a linear readout of its last state, trained in NumPy in less than a second.

The forward and the backward pass are those of `run` and `bptt`, for a whole batch at once (tests compare them).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rnn_core.arrays import Array

Weights = dict[str, Array]


@dataclass(frozen=True)
class Training:
    updates: int = 200
    rate: float = 0.02
    clip: float = 1.0
    truncate: int | None = None  # time steps before the last one that the gradient reaches


def init(X: int, H: int, seed: int = 0, *, recurrent: Array | None = None) -> Weights:
    rng = np.random.default_rng(seed)
    bound = 1.0 / np.sqrt(H)
    W_hh = rng.uniform(-bound, bound, (H, H)) if recurrent is None else recurrent
    return {
        "W_xh": rng.uniform(-bound, bound, (H, X)),
        "W_hh": W_hh.copy(),
        "b_h": np.zeros(H),
        "W_hy": rng.uniform(-bound, bound, (1, H)),
        "b_y": np.zeros(1),
    }


def forward(w: Weights, xs: Array) -> tuple[Array, Array]:
    """Inputs (B, T, X) -> states (T+1, B, H), and one output (B,) from the last of them."""
    hs = np.zeros((xs.shape[1] + 1, len(xs), len(w["W_hh"])))
    for t in range(xs.shape[1]):
        hs[t + 1] = np.tanh(xs[:, t] @ w["W_xh"].T + hs[t] @ w["W_hh"].T + w["b_h"])
    return hs, hs[-1] @ w["W_hy"][0] + w["b_y"][0]


def gradients(w: Weights, xs: Array, targets: Array, truncate: int | None = None) -> tuple[float, Weights]:
    """The mean squared error, and its gradients."""
    hs, ys = forward(w, xs)
    error = ys - targets
    dy = 2.0 * error / len(error)
    found = {name: np.zeros_like(value) for name, value in w.items()}
    found["W_hy"][0], found["b_y"][0] = dy @ hs[-1], dy.sum()
    dh = dy[:, None] * w["W_hy"]
    T = xs.shape[1]
    for t in reversed(range(T if truncate is None else T - truncate, T) if truncate else range(T)):
        da = dh * (1.0 - hs[t + 1] ** 2)
        found["W_xh"] += da.T @ xs[:, t]
        found["W_hh"] += da.T @ hs[t]
        found["b_h"] += da.sum(axis=0)
        dh = da @ w["W_hh"]
    return float(np.mean(error**2)), found


def train(w: Weights, xs: Array, targets: Array, how: Training) -> tuple[Weights, Array]:
    """Adam on the whole data at every update, the gradient clipped by its norm. Returns the weights and the loss before each."""
    losses = np.zeros(how.updates)
    for step, (found, loss) in enumerate(steps(w, xs, targets, how)):
        w, losses[step] = found, loss
    return w, losses


def steps(w: Weights, xs: Array, targets: Array, how: Training) -> Iterator[tuple[Weights, float]]:
    """After each update the weights, with the loss before it."""
    first = {name: np.zeros_like(value) for name, value in w.items()}
    second = {name: np.zeros_like(value) for name, value in w.items()}
    for step in range(1, how.updates + 1):
        loss, found = gradients(w, xs, targets, how.truncate)
        norm = float(np.sqrt(sum(float((each**2).sum()) for each in found.values())))
        scale = min(1.0, how.clip / norm) if norm else 1.0
        new = {}
        for name, value in w.items():
            g = found[name] * scale
            first[name] = 0.9 * first[name] + 0.1 * g
            second[name] = 0.999 * second[name] + 0.001 * g * g
            new[name] = value - how.rate * (first[name] / (1 - 0.9**step)) / (
                np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8
            )
        w = new
        yield w, loss
