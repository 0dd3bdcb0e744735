"""The split of a series in time: training, validation, test.

    |------------- training 70% -------------|-- validation 15% --|-- test 15% --|

The scale is that of the training part, in the form that the network reads. A forecast's origin is the last known value. All values that it predicts lie in one
part, while its window may begin in an earlier one, as in practice.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.forecast.form import Form
from rnn_core.arrays import Array
from rnn_core.errors import CoreError

TRAINING, VALIDATION = 0.70, 0.85  # the ends of these parts, as shares of the series
SHORTEST = 60  # values that a series must have


@dataclass(frozen=True)
class Split:
    values: Array  # (N,)
    form: Form
    read: Array  # (N,) the values in this form; NaN before `first`
    first: int  # index of the first value that has this form
    training_end: int  # index of the first value that is not for training
    validation_end: int
    mean: float  # of the training part, in this form
    scale: float  # its standard deviation
    change_scale: float  # the standard deviation of its changes from step to step

    def origins(self, part: str, horizon: int) -> NDArray[np.int64]:
        """Every origin whose `horizon` next values all lie in the part "validation" or "test"."""
        ends = {"validation": (self.training_end, self.validation_end), "test": (self.validation_end, len(self.values))}
        first, end = ends[part]
        return np.arange(first - 1, end - horizon)

    def truth(self, origins: NDArray[np.int64], horizon: int) -> Array:
        """(n, horizon) the values after each origin."""
        return np.asarray(self.values[origins[:, None] + 1 + np.arange(horizon)])


def split(values: Array, window: int, horizon: int, form: Form = Form()) -> Split:  # noqa: B008
    N = len(values)
    training_end, validation_end = int(TRAINING * N), int(VALIDATION * N)
    smallest = min(validation_end - training_end, N - validation_end)
    if N < SHORTEST or training_end < form.season + window + horizon + 10 or smallest <= horizon:
        raise CoreError(
            "series",
            f"{N} values",
            f"more values: at least {SHORTEST}, and enough to read {window} and look {horizon} ahead in each part",
        )
    read = form.of(values)
    known = read[form.season : training_end]
    scale, change_scale = float(known.std()), float(np.diff(known).std())
    if scale == 0.0 or change_scale == 0.0:
        raise CoreError("series", "the same value, or the same change, at every step", "values that vary")
    return Split(
        values, form, read, form.season, training_end, validation_end, float(known.mean()), scale, change_scale
    )
