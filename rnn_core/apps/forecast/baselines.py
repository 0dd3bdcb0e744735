"""The baselines: the last value, the last season, and a linear autoregression."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.forecast.form import Form
from rnn_core.apps.forecast.linear import fit_linear, linear_of, mean_of_best, validation_error
from rnn_core.apps.forecast.settings import MEASURES, Settings
from rnn_core.apps.forecast.split import TRAINING, Split, split
from rnn_core.apps.scores import Scores
from rnn_core.arrays import Array
from rnn_core.errors import CoreError

LEAST_GROWTH = 0.3  # the ratio of the highest to the lowest level, as a logarithm, before its swings can be compared
Forecast = Callable[[NDArray[np.int64], int], Array]  # origins (n,), horizon -> (n, horizon)


def baselines(settings: Settings) -> dict[str, Scores]:
    parts = settings.split()
    return {name: errors_of(parts, forecast, settings.horizon) for name, forecast in forecasts(settings).items()}


def forecasts(settings: Settings) -> dict[str, Forecast]:
    parts = settings.split()
    plain = split(parts.values, settings.window, settings.horizon)
    found: dict[str, Forecast] = {"repeat the last value": lambda at, ahead: last_value(parts, at, ahead)}
    if 0 < settings.season < parts.training_end:
        found["repeat the last season"] = lambda at, ahead: last_season(parts, settings.season, at, ahead)
    found["linear autoregression"] = fit_linear(plain, settings.horizon).forecast
    if settings.linear or settings.series_form != Form():
        found["mean of linear autoregressions"] = linear_of(settings).forecast
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


def likely_form(values: Array, season: int, window: int, horizon: int) -> Form:
    """The form in which a network learns a series easily.

    Logarithms where all values are positive and the swings grow with the level. Seasonal differences where there is a season
    and linear autoregressions predict the validation part better with them.
    """
    log = bool(np.all(values > 0.0)) and swings_grow(values[: int(TRAINING * len(values))], season or 12)
    plain = Form(log)
    if not season:
        return plain
    errors = []
    for form in (plain, Form(log, season)):
        try:
            errors.append(validation_error(mean_of_best(split(values, window, horizon, form), horizon), horizon))
        except CoreError:
            return plain
    return Form(log, season) if errors[1] < errors[0] else plain


def swings_grow(values: Array, span: int) -> bool:
    """Whether the changes within `span` steps are nearly proportional to the level."""
    blocks = len(values) // span
    if blocks < 4 or span < 2 or not np.all(values > 0.0):
        return False
    rows = values[len(values) - blocks * span :].reshape(blocks, span)
    level, swings = np.log(rows.mean(axis=1)), np.diff(rows, axis=1).std(axis=1)
    if np.ptp(level) < LEAST_GROWTH or np.any(swings == 0.0):
        return False
    return bool(np.polyfit(level, np.log(swings), 1)[0] > 0.5)
