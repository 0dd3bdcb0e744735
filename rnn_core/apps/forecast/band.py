"""Prediction intervals: how far earlier forecasts of the network were off, by the number of steps ahead.

Split conformal prediction: of the n errors k steps ahead that are known today, the interval takes the ceil((n + 1) SHARE)-th
smallest size. The errors begin with the validation part, which the network was not trained on, and grow by those of the test
part whose truth is known today, so that a series that has become harder to predict gets wider intervals.
"""

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.forecast.split import Split
from rnn_core.arrays import Array

SHARE = 0.8  # of the true values should lie inside


def known_errors(parts: Split, origins: NDArray[np.int64], forecasts: Array) -> Array:
    """(n, horizon) truth minus forecast in the form's unit; NaN where no truth is known yet."""
    horizon = forecasts.shape[1]
    at = origins[:, None] + 1 + np.arange(horizon)
    truth = np.where(at < len(parts.values), parts.values[np.minimum(at, len(parts.values) - 1)], np.nan)
    return parts.form.scaled(truth) - parts.form.scaled(forecasts)


def half_widths(errors: Array, origins: NDArray[np.int64], today: int) -> Array:
    """(horizon,) half of the interval's width, from the errors of forecasts whose truth is known today."""
    widths = []
    for k in range(errors.shape[1]):
        known = np.abs(errors[origins + 1 + k <= today, k])
        if not len(known):
            known = np.abs(errors[np.isfinite(errors[:, k]), k])[:1]
        rank = min(len(known), int(np.ceil((len(known) + 1) * SHARE)))
        widths.append(float(np.sort(known)[rank - 1]) if len(known) else 0.0)
    return never_narrower(widths)


def never_narrower(widths: list[float]) -> Array:
    """The nearest widths that do not fall with the distance (isotonic regression): a fall would be chance, with few errors."""
    blocks: list[tuple[float, int]] = []  # (mean, number of steps)
    for width in widths:
        blocks.append((width, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (mean, count), (last, more) = blocks[-2], blocks.pop()
            blocks[-1] = ((mean * count + last * more) / (count + more), count + more)
    return np.concatenate([np.full(count, mean) for mean, count in blocks])


def limits(parts: Split, forecast: Array, widths: Array) -> Array:
    """(2, horizon) the lower and upper limits around a forecast (horizon,), in the series' own unit."""
    middle = parts.form.scaled(forecast)
    return np.array([parts.form.unscaled(middle - widths), parts.form.unscaled(middle + widths)])
