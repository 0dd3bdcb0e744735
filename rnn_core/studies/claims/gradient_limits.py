"""Claims about vanishing and exploding gradients."""

from collections.abc import Callable
from itertools import accumulate, repeat

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Array
from rnn_core.cells.rnn import RNNParams
from rnn_core.studies.claims.claim import Finding, Picture, Series, degrees_between
from rnn_core.studies.claims.small_training import Training, init, train
from rnn_core.studies.claims.tasks import last_step, marked


def _weight_gradient(trace: rc.RNNTrace, dhs: Array, limit: float | None) -> Array:
    """The gradient of W_hh; with a limit, the gradient on the state is clipped at every step of the backward pass."""
    found, dh = np.zeros_like(trace.params.W_hh), np.zeros(trace.params.hidden_size)
    for t in reversed(range(len(trace.xs))):
        dh = dh + dhs[t]
        if limit is not None:
            dh = dh * min(1.0, limit / max(float(np.linalg.norm(dh)), 1e-300))
        da = dh * (1.0 - trace.hs[t + 1] ** 2)
        found += np.outer(da, trace.hs[t])
        dh = trace.params.W_hh.T @ da
    return found


def _gradient_of_scale(scale: float, steps: int = 15) -> tuple[rc.RNNTrace, Array, Array]:
    params = rc.init_params("rnn", 2, 8, seed=5, scheme="orthogonal", gain=scale)
    trace = rc.run(params, 1e-4 * np.random.default_rng(5).normal(size=(steps, 2)))
    dhs = last_step(steps, 8)
    return trace, dhs, rc.bptt(trace, dhs).dhs[0]


def clipping_prevents_both() -> Finding:
    threshold = 1.0
    norms = {
        name: float(np.linalg.norm(_gradient_of_scale(scale)[2])) for name, scale in (("large", 1.5), ("small", 0.5))
    }
    clipped = {name: min(norm, threshold) for name, norm in norms.items()}
    trace, dhs, _first = _gradient_of_scale(1.5)
    true, per_step = _weight_gradient(trace, dhs, None), _weight_gradient(trace, dhs, threshold)
    no_explosion, no_vanishing = clipped["large"] <= threshold, clipped["small"] > 1e-3
    return Finding(
        (no_explosion and no_vanishing,),
        {
            **norms,
            "large_clipped": clipped["large"],
            "small_clipped": clipped["small"],
            "angle": degrees_between(true, per_step),
            "T": len(dhs),
        },
    )


def _norms_of_powers(A: Array, powers: int) -> Array:
    return np.array([np.linalg.norm(power, 2) for power in accumulate(repeat(A, powers), np.matmul)])


def spectral_radius_decides() -> Finding:
    powers = 120
    sheared, scaled = np.array([[0.9, 4.0], [0.0, 0.9]]), 0.9 * np.eye(2)
    growing = _norms_of_powers(sheared, powers)
    params = RNNParams(np.zeros((1, 1)), np.array([[1.5]]), np.zeros(1))
    latched = rc.run(params, np.zeros((powers, 1)), [1.0])
    tanh_gradient = float(rc.bptt(latched, last_step(powers, 1)).dhs[0, 0])
    return Finding(
        (
            bool(growing[-1] < 1.0 and _norms_of_powers(1.1 * np.eye(2), powers)[-1] > 1.0),  # linear, in the end
            bool(growing.max() < 1.0),  # linear, on the way
            tanh_gradient > 1.0,  # with tanh
        ),
        {
            "radius": 0.9,
            "largest": float(growing.max()),
            "at": int(growing.argmax()) + 1,
            "end": float(growing[-1]),
            "powers": powers,
            "singular": float(np.linalg.norm(sheared, 2)),
            "tanh_radius": 1.5,
            "tanh_gradient": tanh_gradient,
        },
        Picture(
            "steps_back",
            "norm_of_power",
            (Series("sheared", growing), Series("diagonal", _norms_of_powers(scaled, powers))),
            log=True,
        ),
    )


def long_lags_impossible() -> Finding:
    lag = 50
    xs, marks = marked(lag)
    careful = init(1, 8, seed=6, recurrent=np.eye(8))
    usual = init(1, 8, seed=6, recurrent=0.3 * np.linalg.qr(np.random.default_rng(6).normal(size=(8, 8)))[0])
    how = Training(updates=150, rate=0.01)
    found = {name: train(start, xs, marks, how)[1] for name, start in (("identity", careful), ("small", usual))}
    return Finding(
        tuple(bool(losses[-1] > 0.5) for losses in found.values()),
        {
            "lag": lag,
            "updates": how.updates,
            "identity": float(found["identity"][-1]),
            "small": float(found["small"][-1]),
        },
        Picture("update", "loss", (Series("0.3 · orthogonal", found["small"]), Series("identity", found["identity"]))),
    )


def _influence(activation: str, w: float, steps: int) -> tuple[float, float]:
    """How far the last state moves when the first input changes its sign, and the gradient of the one by the other."""
    params = RNNParams(np.ones((1, 1)), np.array([[w]]), np.zeros(1), "linear" if activation == "linear" else "tanh")
    xs = np.zeros((steps, 1))
    xs[0] = 1.0
    trace = rc.run(params, xs)
    other = rc.run(params, -xs)
    gradient = rc.bptt(trace, last_step(steps, 1)).dxs[0, 0]
    return float(trace.hs[-1, 0] - other.hs[-1, 0]), float(gradient)


def vanishing_is_fading() -> Finding:
    steps = 40
    linear_change, linear_gradient = _influence("linear", 0.8, steps)
    latch_change, latch_gradient = _influence("tanh", 2.0, steps)
    return Finding(
        (
            bool(np.isclose(linear_change / 2.0, linear_gradient)),
            not (abs(latch_gradient) < 1e-3 < abs(latch_change)),
        ),
        {
            "T": steps,
            "linear_change": linear_change,
            "linear_gradient": linear_gradient,
            "latch_change": latch_change,
            "latch_gradient": latch_gradient,
        },
    )


ALL: dict[int, Callable[[], Finding]] = {
    19: clipping_prevents_both,
    20: spectral_radius_decides,
    21: long_lags_impossible,
    22: vanishing_is_fading,
}
