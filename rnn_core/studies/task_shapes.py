r"""The four shapes of sequence tasks, each run with one unit: $h_t = \tanh(x_t + \tfrac12 h_{t-1})$ and the output $y_t = h_t$.

The decoder of an encoder-decoder is a second cell with $h_t = \tanh(\tfrac12 x_t + h_{t-1})$, which begins at the encoder's last state.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from rnn_core.cells import RNNParams
from rnn_core.errors import check_option
from rnn_core.passes.unroll import run

Shape = Literal["one_to_many", "many_to_one", "many_to_many", "encoder_decoder"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
INPUTS = (1.0, 0.0, -1.0, 0.5)
READ = 3  # inputs of the encoder


@dataclass(frozen=True)
class StepOfTask:
    x: float | None  # None: nothing is read
    h: float
    y: float | None  # None: nothing is put out, and no loss looks at this step
    is_fed_back: bool = False  # x is the output of the step before
    is_decoder: bool = False


def cell(on_input: float, on_state: float) -> RNNParams:
    return RNNParams(np.full((1, 1), on_input), np.full((1, 1), on_state), np.zeros(1))


ENCODER, DECODER = cell(1.0, 0.5), cell(0.5, 1.0)


def task_steps(shape: Shape) -> tuple[StepOfTask, ...]:
    check_option("shape", shape, SHAPES)
    if shape == "one_to_many":
        first = _next(ENCODER, INPUTS[0], 0.0)
        return (StepOfTask(INPUTS[0], first, first), *_fed_back(ENCODER, first, len(INPUTS) - 1, is_decoder=False))
    if shape == "encoder_decoder":
        read = _states(INPUTS[:READ])
        start = _next(DECODER, 0.0, read[-1])
        steps = [StepOfTask(x, h, None) for x, h in zip(INPUTS, read, strict=False)]
        return (*steps, StepOfTask(None, start, start, is_decoder=True), *_fed_back(DECODER, start, 1, is_decoder=True))
    states, last = _states(INPUTS), len(INPUTS) - 1
    answers = range(len(INPUTS)) if shape == "many_to_many" else (last,)
    return tuple(
        StepOfTask(x, h, h if t in answers else None) for t, (x, h) in enumerate(zip(INPUTS, states, strict=True))
    )


def _states(xs: tuple[float, ...]) -> list[float]:
    found: list[float] = run(ENCODER, np.array(xs)[:, None]).hs[1:, 0].tolist()
    return found


def _next(params: RNNParams, x: float, h: float) -> float:
    return float(run(params, np.array([[x]]), np.array([h])).hs[1, 0])


def _fed_back(params: RNNParams, h: float, count: int, *, is_decoder: bool) -> tuple[StepOfTask, ...]:
    """Steps that read the output of the step before."""
    steps = []
    for _step in range(count):
        x, h = h, _next(params, h, h)
        steps.append(StepOfTask(x, h, h, is_fed_back=True, is_decoder=is_decoder))
    return tuple(steps)
