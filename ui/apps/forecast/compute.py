"""Cached forecasts: of the network and the baselines from one origin, and their errors."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from rnn_core.apps.forecast.baselines import Forecast as Answer
from rnn_core.apps.forecast.baselines import forecasts
from rnn_core.apps.forecast.own.series import OwnSeries, column_samples, own_series, own_table
from rnn_core.apps.forecast.own.settings import own_settings, sparkline
from rnn_core.apps.forecast.reader import Forecast, Reader, covered, interval, rolling
from rnn_core.apps.forecast.series import Series, series
from rnn_core.apps.forecast.settings import OWN, Settings
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only


@dataclass(frozen=True)
class Residuals:
    errors: Array  # (n, horizon) truth minus forecast, over the test part
    covered: Array  # (horizon,) the share of the truth inside the band


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


@kept(32, shared=256)
def band(state: RunState, origin: int) -> Array:
    """(2, horizon): the limits of the prediction interval from this origin."""
    return make_read_only(interval(state, origin, forecast(state, origin).ahead))


@kept(32, shared=256)
def forecast(state: RunState, origin: int) -> Forecast:
    return make_read_only(reader(state).forecast(origin))


@kept(32, shared=256)
def simple_forecasts(settings: Settings, origin: int) -> dict[str, Array]:
    """Each baseline's forecast (horizon,) from this origin."""
    at = np.array([origin])
    return {name: make_read_only(answer(at, settings.horizon)[0]) for name, answer in _answers(settings).items()}


@kept(2)
def _answers(settings: Settings) -> dict[str, Answer]:
    return forecasts(settings)


@kept(2)
def residuals(state: RunState) -> Residuals:
    parts, horizon = reader(state).parts, reader(state).settings.horizon
    errors = parts.truth(parts.origins("test", horizon), horizon) - rolling(state)
    return make_read_only(Residuals(errors, covered(state).mean(axis=0)))


@kept_for_visitor(4)
def own(data: bytes, column: str) -> OwnSeries:
    """The visitor's table. Cached, because reading fifty thousand rows takes a second, and a slider would wait for it."""
    return make_read_only(own_series(own_table(data), column))


@kept_for_visitor(4)
def settings_of_own(values: tuple[float, ...], cell: str, season: int | None, usual: tuple[int, ...]) -> Settings:
    return own_settings(np.array(values), cell, season, usual)


@kept_for_visitor(4)
def columns(data: bytes) -> dict[str, tuple[str, float, float]]:
    """The course of each column of numbers, with its smallest and its largest value."""
    samples = column_samples(own_table(data))
    return {
        name: (sparkline(values), float(np.nanmin(values)), float(np.nanmax(values)))
        for name, values in samples.items()
        if np.isfinite(values).any()
    }


def series_of(settings: Settings) -> Series:
    if settings.series != OWN:
        return series(settings.series)
    values = settings.split().values
    dates = st.session_state.get("forecast_dates", ())
    names = dates if len(dates) == len(values) else tuple(str(k + 1) for k in range(len(values)))
    return Series(values, tuple(names), settings.season)
