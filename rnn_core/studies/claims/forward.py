"""Claims about the forward pass."""

from collections.abc import Callable

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.cells.rnn import RNNParams
from rnn_core.params.build import shapes_of
from rnn_core.studies.claims.claim import Finding, Picture, Series
from rnn_core.studies.claims.snippets import SNIPPETS, execute

ONE_TWO = [[1.0], [2.0]]


def zero_gates() -> Finding:
    params = rc.init_params("rnn", 1, 2, scheme="zeros", activation="sigmoid")
    hs = rc.run(params, ONE_TWO).hs
    value = float(sigma(np.zeros(1))[0])
    at = np.linspace(-8.0, 8.0, 321)
    slopes = sigma(at) * (1.0 - sigma(at))
    return Finding(
        (bool(value == 0.0),),
        {
            "sigmoid": value,
            "slope": value * (1.0 - value),
            "steepest": float(at[slopes.argmax()]),
            "h_1": str(hs[1].tolist()),
            "h_2": str(hs[2].tolist()),
        },
        Picture("a", "value", (Series("sigmoid", sigma(at[::8]), -20), Series("slope", slopes[::8], -20))),
    )


def _gradient_at_first(W_hh: Array) -> float:
    params = RNNParams(np.zeros((2, 1)), W_hh, np.zeros(2))
    trace = rc.run(params, ONE_TWO)
    return float(np.abs(rc.bptt(trace, [[0.0, 0.0], [1.0, 1.0]]).dhs[1]).max())


def zero_saturates() -> Finding:
    trace = rc.run(rc.init_params("rnn", 1, 2, scheme="zeros"), ONE_TWO)
    slope = float((1.0 - trace.hs[1:] ** 2).min())
    without, with_weight = _gradient_at_first(np.zeros((2, 2))), _gradient_at_first(np.eye(2))
    saturated = 1.0 - np.tanh(5.0) ** 2
    return Finding(
        (slope < 0.01,),
        {"slope": slope, "saturated": float(saturated), "without": without, "with": with_weight},
    )


def star_is_product() -> Finding:
    narrow, square = execute(SNIPPETS[3].code), execute(SNIPPETS[3].more)
    good = execute(SNIPPETS[3].right)
    h = np.array([0.1, 0.2])
    W = np.array([[1.0, 2.0], [3.0, 4.0]])
    return Finding(
        (narrow.error == "" and np.shape(W * h) == np.shape(W @ h),),
        {"error": narrow.error, "square": square.printed, "right": good.printed},
    )


def recurrent_is_feed_forward() -> Finding:
    params = rc.init_params("rnn", 1, 4, seed=1)
    h = rc.run(params, [[1.0], [0.0], [1.0]]).hs
    same_input = float(np.abs(h[1] - h[3]).max())
    readout = np.linspace(-1.0, 1.0, 4)[None]
    jordan = np.zeros(4)
    for x in (1.0, 0.0, 1.0):  # the output, not the state, is read at the next step
        jordan = np.tanh(params.W_xh[:, 0] * x + params.W_hh @ np.full(4, readout @ jordan) + params.b_h)
    return Finding(
        (same_input == 0.0, bool(np.allclose(jordan, h[3]))),
        {"same_input": same_input, "jordan": float(np.abs(jordan - h[3]).max()), "H": 4},
    )


XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def _xor_error(activation: str) -> tuple[Array, float]:
    """The best readout of the last state, by least squares: its four answers, and their mean squared error."""
    params = rc.init_params("rnn", 1, 6, seed=0, activation="linear" if activation == "linear" else "tanh")
    states = np.array([rc.run(params, bits[:, None]).hs[-1] for bits in XOR])
    features = np.hstack([states, np.ones((4, 1))])
    target = np.array([0.0, 1.0, 1.0, 0.0])
    answers = features @ np.linalg.lstsq(features, target, rcond=None)[0]
    return answers, float(np.mean((answers - target) ** 2))


def linear_hidden_layer() -> Finding:
    linear, linear_error = _xor_error("linear")
    curved, curved_error = _xor_error("tanh")
    cell = execute(SNIPPETS[5].code)
    return Finding(
        (linear_error < 1e-9,),
        {
            "linear": str(linear.round(3).tolist()),
            "linear_error": linear_error,
            "tanh": str(np.abs(curved.round(3)).tolist()),
            "tanh_error": curved_error,
            "outputs": cell.printed,
        },
    )


def shape_of_input_weights() -> Finding:
    H, X = 3, 2
    shape = shapes_of("rnn", X, H, {"activation": "tanh"})["W_xh"]
    x, W = np.ones(X), np.ones((X, H))
    column, row = execute(SNIPPETS[6].code), execute(SNIPPETS[6].right)
    return Finding(
        (shape == (X, H), (x @ W).shape == (H,)),
        {"H": H, "X": X, "shape": str(shape), "error": column.error, "right": row.printed},
    )


def endless_tanh() -> Finding:
    found, good = execute(SNIPPETS[7].code), execute(SNIPPETS[7].right)
    return Finding((found.error == "",), {"error": found.error, "right": good.printed})


ALL: dict[int, Callable[[], Finding]] = {
    1: zero_gates,
    2: zero_saturates,
    3: star_is_product,
    4: recurrent_is_feed_forward,
    5: linear_hidden_layer,
    6: shape_of_input_weights,
    7: endless_tanh,
}
