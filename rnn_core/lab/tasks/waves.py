r"""Predict the next value of a wave that is read one value at a time.

$$v_t = \sum_{j=1}^{n} a_j \sin(2 \pi t / p_j + \varphi_j) + \varepsilon_t$$

Every sequence has its own amplitudes, periods and phases, so nothing about a wave is known before it is read. The
target also contains the noise, whose variance is the smallest possible loss.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.lab.tasks.base import Baseline, Batch, Numbers, Rng, Task
from rnn_core.learn.fields import real, whole

SHORTEST, LONGEST = 6.0, 30.0  # periods, in steps
LINEAR_ORDER = 8


@dataclass(frozen=True)
class Waves(Task):
    steps: int = whole(60, low=2, high=1000)
    waves: int = whole(2, low=1, high=5)  # 1 is the plain sine
    noise: float = real(0.05, low=0.0, high=1.0)  # standard deviation

    name: ClassVar[str] = "waves"
    loss: ClassVar[Literal["squared error"]] = "squared error"
    measure_name: ClassVar[str] = "share of the error of repeating the last value that is gone"
    predicts_own_input: ClassVar[bool] = True

    @property
    def length(self) -> int:
        return self.steps

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("value",)

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("next value",)

    def draw(self, rng: Rng, size: int, held_out: bool) -> Batch:
        shape = (size, self.waves, 1)
        periods = np.exp(rng.uniform(np.log(SHORTEST), np.log(LONGEST), shape))
        phases = rng.uniform(0.0, 2 * np.pi, shape)
        shares = rng.uniform(0.2, 1.0, shape)
        loudness = rng.uniform(0.4, 0.9, (size, 1))  # the amplitudes of one sequence add up to this
        t = np.arange(self.steps + 1)
        clean = (shares / shares.sum(axis=1, keepdims=True) * np.sin(2 * np.pi * t / periods + phases)).sum(axis=1)
        values = loudness * clean + rng.normal(0.0, self.noise, clean.shape)
        values = np.clip(values, -1.0, 1.0).astype(np.float32)[:, :, None]  # (B, T+1, 1)
        return Batch(values[:, :-1], values[:, 1:], np.ones((size, self.steps), np.float32))

    def measure(self, outputs: Numbers, batch: Batch) -> float:
        error = np.square(outputs - batch.targets).mean()
        return float(1.0 - error / np.square(batch.inputs - batch.targets).mean())

    def baselines(self) -> tuple[Baseline, ...]:
        kept = self.held_out()
        repeated = float(np.square(kept.inputs - kept.targets).mean())
        linear = float(np.square(linear_predictions(self.batch(0, 0, 1024), kept.inputs) - kept.targets).mean())
        return (
            Baseline("repeat the last value", repeated),
            Baseline(f"a fixed weighted sum of the last {LINEAR_ORDER} values", linear),
        )


def linear_predictions(fitted_to: Batch, inputs: Numbers) -> Numbers:
    """AR(8): least squares on the last 8 values, with zeros before the first."""
    coefficients = np.linalg.lstsq(_lags(fitted_to.inputs), fitted_to.targets.reshape(-1), rcond=None)[0]
    return np.asarray(_lags(inputs) @ coefficients, np.float32).reshape(inputs.shape)


def _lags(inputs: Numbers) -> Numbers:
    """(B, T, 1) -> (B*T, 9): the last 8 values at every step, and 1."""
    padded = np.pad(inputs[:, :, 0], ((0, 0), (LINEAR_ORDER - 1, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, LINEAR_ORDER, axis=1).reshape(-1, LINEAR_ORDER)
    return np.column_stack([windows, np.ones(len(windows), np.float32)])
