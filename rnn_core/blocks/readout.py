r"""The readout: from states to outputs, and from outputs to a loss and its gradients.

$$s_t = W_{hy} h_t + b_y, \qquad y_t = g(s_t), \qquad
\delta W_{hy} = \sum_t \delta s_t\, h_t^\top, \quad \delta b_y = \sum_t \delta s_t, \quad
\delta h_t = W_{hy}^\top \delta s_t$$

| loss | goes with | one step | $\delta s_t$ of that step |
|---|---|---|---|
| cross-entropy | softmax | $-\sum_k p_k \log y_k$ | $y - p$ |
| binary cross-entropy | sigmoid | mean of $-p_k \log y_k - (1-p_k) \log(1-y_k)$ | $(y - p) / Y$ |
| mean squared error | any | mean of $(y_k - p_k)^2$ | $2 (y - p) / Y$ through $g'$ |

with p the target. The loss of a run is the mean over the steps that count. The first two are computed from the scores s,
so that no large score overflows and a probability of 0 never enters a logarithm.

    answer = rc.read_out(readout, trace.hs[1:])
    loss = rc.cross_entropy(answer, targets, at=[T - 1])     # only the last step counts
    back = rc.read_out_backward(answer, loss.dscores)        # back.params.W_hy, back.params.b_y
    grads = rc.bptt(trace, back.dhs)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.arrays import Array, Mask
from rnn_core.cells.activations import sigma
from rnn_core.cells.records import Record
from rnn_core.errors import MAX_SIZE, CoreError, check_array, check_integer, check_kind, check_option, read_array

Output = Literal["softmax", "sigmoid", "identity"]


@dataclass(frozen=True, eq=False, repr=False)
class ReadoutParams(Record):
    W_hy: Array  # (Y, H)
    b_y: Array  # (Y,)
    activation: Output = "softmax"


@dataclass(frozen=True, eq=False, repr=False)
class ReadoutTrace(Record):
    params: ReadoutParams
    hs: Array  # (T, H) the states that were read: h_1..h_T
    scores: Array  # (T, Y) W_hy @ h_t + b_y
    ys: Array  # (T, Y)


@dataclass(frozen=True, eq=False, repr=False)
class Loss(Record):
    value: float  # the mean over the steps that count
    per_step: Array  # (T,) 0 where a step does not count
    counted: Mask  # (T,)
    dscores: Array  # (T, Y) the gradient of `value`

    def sizes(self) -> dict[str, float]:
        return {"value": self.value, "T": self.dscores.shape[0], "Y": self.dscores.shape[1]}


@dataclass(frozen=True, eq=False, repr=False)
class ReadoutGradients(Record):
    params: ReadoutParams  # the gradient of every weight, by the weight's own name
    dhs: Array  # (T, H) ready for `bptt`
    dscores: Array  # (T, Y)


def init_readout(hidden_size: int, output_size: int, seed: int = 0, activation: Output = "softmax") -> ReadoutParams:
    r"""Weights and biases from $U[-1/\sqrt H, 1/\sqrt H]$, as torch.nn.Linear is initialised."""
    check_option("activation", activation, get_args(Output))
    H = check_integer("hidden_size", hidden_size, 1, MAX_SIZE)
    Y = check_integer("output_size", output_size, 1, MAX_SIZE)
    rng = np.random.default_rng([check_integer("seed", seed, 0, 2**63 - 1), *b"readout"])
    bound = 1.0 / np.sqrt(H)
    return ReadoutParams(rng.uniform(-bound, bound, (Y, H)), rng.uniform(-bound, bound, Y), activation)


def softmax(scores: Array) -> Array:
    """Of each row.

    >>> softmax(np.array([[0.0, 0.0], [1000.0, 0.0]]))
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    with np.errstate(all="ignore"):  # a difference of -infinity has probability 0
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


_OUTPUTS: dict[Output, Callable[[Array], Array]] = {"softmax": softmax, "sigmoid": sigma, "identity": np.copy}


def read_out(params: ReadoutParams, hs: ArrayLike) -> ReadoutTrace:
    """The outputs for the states hs (T, H): `trace.hs[1:]` of a run, or the outputs of a stack of layers.

    >>> read_out(init_readout(hidden_size=8, output_size=3), np.ones((20, 8))).ys.shape
    (20, 3)
    """
    check_kind("params", params, ReadoutParams)
    check_option("params.activation", params.activation, get_args(Output))
    W = check_array("params.W_hy", params.W_hy, ("Y", "H"))
    b = check_array("params.b_y", params.b_y, (len(W),))
    states = check_array("hs", hs, ("T", W.shape[1]))
    with np.errstate(all="ignore"):
        scores = states @ W.T + b
    return ReadoutTrace(replace(params, W_hy=W, b_y=b), states, scores, _OUTPUTS[params.activation](scores))


def cross_entropy(answer: ReadoutTrace, targets: ArrayLike, at: ArrayLike | None = None) -> Loss:
    """Targets are classes (T,), integers from 0, or distributions over the classes (T, Y).

    `at` selects the steps that count: their numbers from 0, or a mask (T,); every step unless given. The targets of the
    other steps are ignored.

    >>> answer = read_out(ReadoutParams(W_hy=np.zeros((2, 8)), b_y=np.zeros(2)), np.ones((5, 8)))  # both classes 1/2
    >>> round(cross_entropy(answer, targets=[0, 1, 1, 0, 1], at=[4]).value, 3)  # only the last step counts
    0.693
    """
    _check_output(answer, "softmax")
    counted = _counted(at, len(answer.ys))
    wanted = _distributions(targets, counted, answer.ys.shape)
    with np.errstate(all="ignore"):
        below = answer.scores - answer.scores.max(axis=1, keepdims=True)
        log_ys = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
        per_step = -np.where(wanted > 0, wanted * log_ys, 0.0).sum(axis=1)
        return _loss(per_step, counted, answer.ys - wanted)


def binary_cross_entropy(answer: ReadoutTrace, targets: ArrayLike, at: ArrayLike | None = None) -> Loss:
    """Targets (T, Y) from 0 to 1. `at` as in `cross_entropy`."""
    _check_output(answer, "sigmoid")
    counted = _counted(at, len(answer.ys))
    wanted = _targets(targets, counted, answer.ys.shape)
    if wanted.min() < 0 or wanted.max() > 1:
        raise CoreError("targets", f"numbers from {wanted.min()} to {wanted.max()}", "numbers from 0 to 1")
    with np.errstate(all="ignore"):
        s = answer.scores  # -log sigma(s) = log(1 + e^-s), written so that nothing overflows
        each = np.maximum(s, 0.0) - s * wanted + np.log1p(np.exp(-np.abs(s)))
        return _loss(each.mean(axis=1), counted, (answer.ys - wanted) / s.shape[1])


def mean_squared_error(answer: ReadoutTrace, targets: ArrayLike, at: ArrayLike | None = None) -> Loss:
    """Targets (T, Y). `at` as in `cross_entropy`.

    >>> answer = read_out(ReadoutParams(np.ones((1, 2)), np.zeros(1), "identity"), [[1.0, 2.0], [3.0, 4.0]])
    >>> mean_squared_error(answer, [[3.0], [5.0]]).value
    2.0
    """
    check_kind("answer", answer, ReadoutTrace)
    ys, counted = answer.ys, _counted(at, len(answer.ys))
    with np.errstate(all="ignore"):
        error = ys - _targets(targets, counted, ys.shape)
        dys = 2.0 * error / ys.shape[1]
        match answer.params.activation:
            case "softmax":
                dscores = ys * (dys - (dys * ys).sum(axis=1, keepdims=True))
            case "sigmoid":
                dscores = dys * ys * (1.0 - ys)
            case "identity":
                dscores = dys
        return _loss((error * error).mean(axis=1), counted, dscores)


def read_out_backward(answer: ReadoutTrace, dscores: ArrayLike) -> ReadoutGradients:
    """The gradients on the weights and on the states that were read, from the gradient on the scores (T, Y)."""
    check_kind("answer", answer, ReadoutTrace)
    ds = check_array("dscores", dscores, answer.scores.shape)
    params = answer.params
    with np.errstate(all="ignore"):
        weights = ReadoutParams(ds.T @ answer.hs, ds.sum(axis=0), params.activation)
        return ReadoutGradients(weights, ds @ params.W_hy, ds)


def _loss(per_step: Array, counted: Mask, dscores: Array) -> Loss:
    count = counted.sum()
    per_step = np.where(counted, per_step, 0.0)
    return Loss(float(per_step.sum() / count), per_step, counted, np.where(counted[:, None], dscores / count, 0.0))


def _check_output(answer: ReadoutTrace, output: Output) -> None:
    check_kind("answer", answer, ReadoutTrace)
    if answer.params.activation != output:
        raise CoreError("answer", f"a readout with {answer.params.activation}", f"one with {output}, for this loss")


def _counted(at: ArrayLike | None, T: int) -> Mask:
    if at is None:
        return np.ones(T, dtype=np.bool_)
    given = read_array("at", at, "numbers of steps, or a mask")
    if given.dtype == np.bool_:
        mask = given.copy()
    else:
        mask = np.zeros(T, dtype=np.bool_)
        for step in np.ravel(given).tolist():
            mask[check_integer("at: a step", step, -T, T - 1)] = True
    if mask.shape != (T,) or not mask.any():
        raise CoreError("at", f"{mask.sum()} steps in shape {mask.shape}", f"at least one step of {T}")
    return mask


def _targets(targets: ArrayLike, counted: Mask, shape: tuple[int, ...]) -> Array:
    """(T, Y), checked where a step counts, 0 elsewhere."""
    given = read_array("targets", targets, f"numbers of shape {shape}")
    if given.shape != shape:
        raise CoreError("targets", f"shape {given.shape}", f"shape {shape}")
    wanted = np.zeros(shape)
    wanted[counted] = check_array("targets", given[counted], (int(counted.sum()), shape[1]))
    return wanted


def _distributions(targets: ArrayLike, counted: Mask, shape: tuple[int, ...]) -> Array:
    """(T, Y), rows adding up to 1 where a step counts, 0 elsewhere."""
    T, Y = shape
    classes = read_array("targets", targets, f"{T} classes, or numbers of shape {shape}")
    if classes.ndim != 1:
        wanted = _targets(targets, counted, shape)
        if wanted.min() < 0 or not np.allclose(wanted[counted].sum(axis=1), 1.0, rtol=0, atol=1e-9):
            raise CoreError("targets", "rows that are no distributions", "rows of numbers from 0 that add up to 1")
        return wanted
    if classes.shape != (T,):
        raise CoreError("targets", f"shape {classes.shape}", f"shape ({T},)")
    wanted = np.zeros(shape)
    for step in np.flatnonzero(counted):
        wanted[step, check_integer(f"targets[{step}]", classes[step].item(), 0, Y - 1)] = 1.0
    return wanted
