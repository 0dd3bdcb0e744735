"""Linear autoregressions that read their own predictions: a baseline, and the part of a forecast that a network may correct.

The baseline is one autoregression of the values. The part that a network corrects is the mean of several, of the values and of
their changes: on short series the validation part is too short to say which one is best, and their mean errs less.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.forecast.settings import Settings
from rnn_core.apps.forecast.split import Split
from rnn_core.apps.kept import cached_until_cleared
from rnn_core.arrays import Array

ORDERS = (1, 2, 3, 6, 9, 12, 24)
ORDERS_OF_CHANGES = (0, 1, 2, 3, 6, 11, 23)  # 0: the last value, or the last value and a constant change
AVERAGED = 5


@dataclass(frozen=True)
class Linear:
    """next = weights @ (the last p values) + constant, in the form `parts.form`."""

    parts: Split
    weights: Array  # (p,) the oldest value first
    constant: float

    def next(self, known: Array) -> Array:
        """(n, at least p) -> (n,)"""
        return np.asarray(known[:, -len(self.weights) :] @ self.weights + self.constant)

    def known(self, origins: NDArray[np.int64]) -> Array:
        """(n, p) the last p values at each origin."""
        return np.asarray(self.parts.read[origins[:, None] + np.arange(1 - len(self.weights), 1)])

    def forecast(self, origins: NDArray[np.int64], horizon: int) -> Array:
        """(n, horizon) in the series' own unit."""
        known = self.known(origins)
        with np.errstate(all="ignore"):  # weights above 1 may feed back without bound
            for _ in range(horizon):
                known = np.column_stack([known, self.next(known)])
        return self.parts.form.back(self.parts.values, origins, known[:, len(self.weights) :])

    def one_step(self) -> Array:
        """(N,) each value in this form as predicted from those before it; from the one before where there are too few."""
        read, p = self.parts.read, len(self.weights)
        predicted = np.concatenate([read[:1], read[:-1]])
        origins = np.arange(self.parts.first + p - 1, len(read) - 1)
        predicted[origins + 1] = self.next(self.known(origins))
        return predicted

    def residual_scale(self) -> float:
        """The standard deviation of its errors on the training part, one step ahead."""
        place = slice(self.parts.first + len(self.weights), self.parts.training_end)
        return float((self.parts.read - self.one_step())[place].std()) or 1.0


@cached_until_cleared(8)
def linear_of(settings: Settings) -> Linear:
    """The linear part of a forecast, in the form that the network reads."""
    return mean_of_best(settings.split(), settings.horizon)


def output_unit(settings: Settings) -> float:
    """The unit of the network's output: that of what it predicts."""
    if settings.linear:
        return linear_of(settings).residual_scale()
    parts = settings.split()
    return parts.change_scale if settings.changes else parts.scale


def fit_linear(parts: Split, horizon: int) -> Linear:
    """Least squares on the training part, with the order p that is best on the validation part."""
    return min(_fits_of_values(parts), key=lambda fit: validation_error(fit, horizon))


def mean_of_best(parts: Split, horizon: int) -> Linear:
    """The mean of the autoregressions, of the values or of their changes, that are best on the validation part."""
    fits = [*_fits_of_values(parts), *_fits_of_changes(parts)]
    best = sorted(fits, key=lambda fit: validation_error(fit, horizon))[:AVERAGED]
    p = max(len(fit.weights) for fit in best)
    weights = [np.pad(fit.weights, (p - len(fit.weights), 0)) for fit in best]
    return Linear(parts, np.mean(weights, axis=0), float(np.mean([fit.constant for fit in best])))


def validation_error(fit: Linear, horizon: int) -> float:
    """The mean absolute error on the validation part."""
    origins = fit.parts.origins("validation", horizon)
    return float(np.abs(fit.forecast(origins, horizon) - fit.parts.truth(origins, horizon)).mean())


def _fits_of_values(parts: Split) -> list[Linear]:
    known = parts.read[parts.first : parts.training_end]
    return [Linear(parts, *_fit(known, p, constant=True)) for p in ORDERS if p < len(known) // 4]


def _fits_of_changes(parts: Split) -> list[Linear]:
    """Autoregressions of the changes, written as autoregressions of the values: next = last + sum of w (v_k - v_{k-1}) + c."""
    known = np.diff(parts.read[parts.first : parts.training_end])
    fits = []
    for p, constant in product(ORDERS_OF_CHANGES, (False, True)):
        if p + 1 < len(known) // 4:
            of_changes, drift = _fit(known, p, constant)
            weights = np.concatenate([[0.0], of_changes]) - np.concatenate([of_changes, [0.0]])
            weights[-1] += 1.0
            fits.append(Linear(parts, weights, drift))
    return fits


def _fit(known: Array, p: int, constant: bool) -> tuple[Array, float]:
    """Least squares: the weights (p,) of the last p values, the oldest first, and the constant (0 without one)."""
    rows = np.lib.stride_tricks.sliding_window_view(known, p + 1)
    columns = np.column_stack([rows[:, :-1], np.ones((len(rows), int(constant)))])
    solution = np.linalg.lstsq(columns, rows[:, -1], rcond=None)[0]
    return np.asarray(solution[:p], np.float64), float(solution[p]) if constant else 0.0
