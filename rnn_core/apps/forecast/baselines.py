"""The baselines: the last value, the last season, and a linear autoregression."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.forecast.settings import MEASURES, Settings
from rnn_core.apps.forecast.split import Split
from rnn_core.apps.scores import Scores
from rnn_core.arrays import Array

ORDERS = (1, 2, 3, 6, 9, 12, 24)
Forecast = Callable[[NDArray[np.int64], int], Array]  # origins (n,), horizon -> (n, horizon)


def baselines(settings: Settings) -> dict[str, Scores]:
    parts = settings.split()
    return {name: errors_of(parts, forecast, settings.horizon) for name, forecast in forecasts(settings).items()}


def forecasts(settings: Settings) -> dict[str, Forecast]:
    parts = settings.split()
    found: dict[str, Forecast] = {"repeat the last value": lambda at, ahead: last_value(parts, at, ahead)}
    if 0 < settings.season < parts.training_end:
        found["repeat the last season"] = lambda at, ahead: last_season(parts, settings.season, at, ahead)
    found["linear autoregression"] = fit_linear(parts, settings.horizon).forecast
    return found


def errors_of(parts: Split, forecast: Forecast, horizon: int, part: str = "test") -> Scores:
    """Mean absolute errors over every origin of the part."""
    origins = parts.origins(part, horizon)
    errors = np.abs(forecast(origins, horizon) - parts.truth(origins, horizon))
    return {MEASURES[0].name: float(errors.mean()), MEASURES[1].name: float(errors[:, 0].mean())}


def last_value(parts: Split, origins: NDArray[np.int64], horizon: int) -> Array:
    return np.repeat(parts.values[origins, None], horizon, axis=1)


def last_season(parts: Split, season: int, origins: NDArray[np.int64], horizon: int) -> Array:
    """The value one season before, or the fewest whole seasons before for which it is known."""
    ahead = np.arange(1, horizon + 1)
    back = ahead - season * -(-ahead // season)  # (horizon,) 0 or less
    return parts.values[origins[:, None] + back]


@dataclass(frozen=True)
class Linear:
    """next = weights @ (the last p values) + constant."""

    parts: Split
    weights: Array  # (p,) the oldest value first
    constant: float

    def forecast(self, origins: NDArray[np.int64], horizon: int) -> Array:
        p = len(self.weights)
        known = self.parts.values[origins[:, None] + np.arange(1 - p, 1)]  # (n, p)
        for _ in range(horizon):
            known = np.column_stack([known, known[:, -p:] @ self.weights + self.constant])
        return np.asarray(known[:, p:])


def fit_linear(parts: Split, horizon: int) -> Linear:
    """Least squares on the training part, with the order p that is best on the validation part."""
    fits = [_fit(parts, p) for p in ORDERS if p < parts.training_end // 4]
    return min(fits, key=lambda fit: errors_of(parts, fit.forecast, horizon, "validation")[MEASURES[0].name])


def _fit(parts: Split, p: int) -> Linear:
    known = parts.values[: parts.training_end]
    rows = np.lib.stride_tricks.sliding_window_view(known, p + 1)
    solution = np.linalg.lstsq(np.column_stack([rows[:, :-1], np.ones(len(rows))]), rows[:, -1], rcond=None)[0]
    return Linear(parts, np.asarray(solution[:-1], np.float64), float(solution[-1]))
