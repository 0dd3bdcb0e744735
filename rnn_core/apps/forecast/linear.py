"""A linear autoregression that reads its own predictions: a baseline, and the part of a forecast that a network may correct."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.forecast.settings import Settings
from rnn_core.apps.forecast.split import Split
from rnn_core.apps.kept import cached_until_cleared
from rnn_core.arrays import Array

ORDERS = (1, 2, 3, 6, 9, 12, 24)


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
    """The linear autoregression in the form that the network reads."""
    return fit_linear(settings.split(), settings.horizon)


def output_unit(settings: Settings) -> float:
    """The unit of the network's output: that of what it predicts."""
    if settings.linear:
        return linear_of(settings).residual_scale()
    parts = settings.split()
    return parts.change_scale if settings.changes else parts.scale


def fit_linear(parts: Split, horizon: int) -> Linear:
    """Least squares on the training part, with the order p that is best on the validation part."""
    fits = [_fit(parts, p) for p in ORDERS if p < (parts.training_end - parts.first) // 4]
    return min(fits, key=lambda fit: validation_error(fit, horizon))


def validation_error(fit: Linear, horizon: int) -> float:
    """The mean absolute error on the validation part."""
    origins = fit.parts.origins("validation", horizon)
    return float(np.abs(fit.forecast(origins, horizon) - fit.parts.truth(origins, horizon)).mean())


def _fit(parts: Split, p: int) -> Linear:
    known = parts.read[parts.first : parts.training_end]
    rows = np.lib.stride_tricks.sliding_window_view(known, p + 1)
    solution = np.linalg.lstsq(np.column_stack([rows[:, :-1], np.ones(len(rows))]), rows[:, -1], rcond=None)[0]
    return Linear(parts, np.asarray(solution[:-1], np.float64), float(solution[-1]))
