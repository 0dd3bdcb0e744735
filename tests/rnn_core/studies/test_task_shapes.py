"""The four shapes of tasks: which steps read, put out and feed back, and the numbers by plain arithmetic."""

from math import tanh

import pytest

from rnn_core.studies.task_shapes import INPUTS, SHAPES, Shape, task_steps

OUTPUTS = {"one_to_many": (1, 2, 3, 4), "many_to_one": (4,), "many_to_many": (1, 2, 3, 4), "encoder_decoder": (4, 5)}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_runs(shape: Shape) -> None:
    steps = task_steps(shape)
    assert tuple(at for at, step in enumerate(steps, 1) if step.y is not None) == OUTPUTS[shape]
    old = 0.0
    for at, step in enumerate(steps):
        of_input, of_state = (0.5, 1.0) if step.is_decoder else (1.0, 0.5)
        assert step.h == pytest.approx(tanh(of_input * (step.x or 0.0) + of_state * old), abs=1e-14)
        if step.is_fed_back:
            assert step.x == steps[at - 1].y
        elif step.x is not None:
            assert step.x == INPUTS[at]
        old = step.h
