"""The form in which a series is read, its season, the linear part, and prediction intervals that cover the share that they name."""

import numpy as np
import pytest

from rnn_core.apps.forecast import programs, reader
from rnn_core.apps.forecast.band import SHARE, half_widths, never_narrower
from rnn_core.apps.forecast.baselines import swings_grow
from rnn_core.apps.forecast.form import Form
from rnn_core.apps.forecast.linear import (
    AVERAGED,
    _fits_of_changes,
    _fits_of_values,
    fit_linear,
    linear_of,
    mean_of_best,
    validation_error,
)
from rnn_core.apps.forecast.own.season import likely_season
from rnn_core.apps.forecast.own.series import column_samples, own_series, own_table
from rnn_core.apps.forecast.own.settings import own_settings, sparkline
from rnn_core.apps.forecast.settings import Settings
from rnn_core.apps.forecast.split import split
from rnn_core.errors import CoreError
from rnn_core.learn.train import advance, start
from tests.programs import printed

RNG = np.random.default_rng(4)
MONTHS = np.arange(180)
GROWING = np.exp(4.0 + 0.01 * MONTHS + 0.2 * np.sin(2 * np.pi * MONTHS / 12) + 0.03 * RNG.normal(size=180))
DAYS = np.arange(1461)
TEMPERATURES = 15.0 - 8.0 * np.cos(2 * np.pi * DAYS / 365.25) + 3.0 * RNG.normal(size=len(DAYS))


@pytest.mark.parametrize("form", [Form(), Form(log=True), Form(season=12), Form(True, 12)])
def test_what_is_read_goes_back_to_the_series_own_unit(form: Form) -> None:
    read, origins = form.of(GROWING), np.array([100, 140])
    ahead = read[origins[:, None] + np.arange(1, 31)]  # more than two seasons
    np.testing.assert_allclose(form.back(GROWING, origins, ahead), GROWING[origins[:, None] + np.arange(1, 31)])


def test_no_logarithm_of_nothing_and_no_season_where_there_is_none() -> None:
    with pytest.raises(CoreError, match="above 0"):
        split(np.arange(100.0) % 7, 10, 5, Form(log=True))
    with pytest.raises(CoreError, match="seasonal"):
        Settings(series="nile", seasonal=True)
    with pytest.raises(CoreError, match="linear"):
        Settings(ahead="direct", linear=True)


def test_a_series_whose_swings_grow_is_read_in_logarithms_and_by_seasons() -> None:
    found = own_settings(GROWING[:72], "gru")
    assert (found.own_season, found.log, found.seasonal, found.linear) == (12, True, True, True)
    even = own_settings(50.0 + 5 * np.sin(2 * np.pi * MONTHS / 12) + 0.1 * MONTHS + RNG.normal(size=180), "gru")
    assert (even.own_season, even.log) == (12, False)
    assert not swings_grow(TEMPERATURES, 365)


def test_a_series_that_falls_below_zero_after_its_training_part_is_read_without_logarithms() -> None:
    falling = np.where(MONTHS < 150, GROWING, -1.0)
    assert not own_settings(falling, "gru").log


def test_an_autoregression_of_changes_predicts_the_last_value_and_a_weighted_sum_of_changes() -> None:
    walk = np.cumsum(RNG.normal(size=200)) + 0.3 * np.arange(200)
    parts = split(walk, 12, 6)
    fits = {len(fit.weights): fit for fit in _fits_of_changes(parts) if fit.constant}
    last, one = fits[1], fits[2]
    np.testing.assert_allclose(last.weights, [1.0])
    assert last.constant == pytest.approx(np.diff(walk[: parts.training_end]).mean())
    changes = np.diff(walk[: parts.training_end])
    slope, constant = np.polyfit(changes[:-1], changes[1:], 1)
    known = walk[None, :50]
    assert one.next(known)[0] == pytest.approx(walk[49] + slope * (walk[49] - walk[48]) + constant)


def test_the_linear_part_is_the_mean_of_those_that_predict_the_validation_part_best() -> None:
    parts = split(GROWING, 24, 12, Form(True, 12))
    fits = [*_fits_of_values(parts), *_fits_of_changes(parts)]
    best = sorted(fits, key=lambda fit: validation_error(fit, 12))[:AVERAGED]
    known = parts.read[None, -40:]
    assert mean_of_best(parts, 12).next(known)[0] == pytest.approx(np.mean([fit.next(known)[0] for fit in best]))


def test_the_network_that_is_kept_is_the_best_one_on_all_steps_ahead() -> None:
    settings = own_settings(GROWING, "gru").changed(budget=20, check_every=10)
    state, metrics = advance(start(settings), 20, view=False)
    opened = reader.Reader(state)
    origins = opened.parts.origins("validation", settings.horizon)
    form = opened.parts.form
    truth = opened.parts.truth(origins, settings.horizon)
    wrong = (form.scaled(opened.forecasts(origins, settings.horizon)) - form.scaled(truth)) / opened.unit
    assert metrics.checks.loss[-1] == pytest.approx(np.square(wrong).mean(), rel=1e-4)


def test_a_year_of_days_a_day_of_hours_and_no_season_in_a_random_walk_are_told_apart() -> None:
    hours = np.arange(24 * 40)
    assert likely_season(TEMPERATURES) == 365
    assert likely_season(np.sin(2 * np.pi * hours / 24) + 0.4 * RNG.normal(size=len(hours))) == 24
    assert likely_season(np.cumsum(RNG.normal(size=1500))) == 0
    assert own_settings(TEMPERATURES, "gru").own_season == 365


@pytest.mark.parametrize(
    ("dates", "seasons"),
    [
        ([f"{1990 + k // 12}-{k % 12 + 1:02d}" for k in range(72)], (12,)),
        ([f"{1990 + k // 4}-{3 * (k % 4) + 1:02d}-01" for k in range(72)], (4,)),
        ([str(np.datetime64("2020-01-01") + k) for k in range(72)], (7, 365)),
        ([str(np.datetime64("2020-01-01") + 7 * k) for k in range(72)], (52,)),
        ([f"2020-03-{1 + k // 24:02d} {k % 24:02d}:00" for k in range(72)], (24, 168)),
        ([str(1900 + k) for k in range(72)], ()),
    ],
)
def test_the_dates_say_which_seasons_are_usual(dates: list[str], seasons: tuple[int, ...]) -> None:
    rows = ["date,value", *(f"{each},{k % 5 + 0.5}" for k, each in enumerate(dates))]
    assert own_series(own_table("\n".join(rows).encode())).seasons == seasons


def test_a_lag_close_to_a_usual_season_is_that_season() -> None:
    years = np.sin(2 * np.pi * np.arange(72) / 11)
    assert (likely_season(years), likely_season(years, (12,)), likely_season(years, (24, 168))) == (11, 12, 11)


def test_before_training_it_is_the_linear_autoregression() -> None:
    settings = own_settings(GROWING, "gru")
    state, _metrics = advance(start(settings.changed(budget=1, rate=0.0)), 1, view=False)
    opened = reader.Reader(state)
    origins = opened.parts.origins("test", settings.horizon)
    ours, linear = opened.forecasts(origins, settings.horizon), linear_of(state.settings).forecast(origins, 12)
    np.testing.assert_allclose(ours, linear)
    plain = fit_linear(split(GROWING, settings.window, 12), 12)
    truth = opened.parts.truth(origins, 12)
    assert np.abs(ours - truth).mean() < np.abs(plain.forecast(origins, 12) - truth).mean()


def test_intervals_hold_their_share_of_exchangeable_errors_and_know_no_later_truth() -> None:
    origins, errors = np.arange(4000), RNG.normal(size=(4000, 3)) * [1.0, 2.0, 3.0]
    widths = half_widths(errors, origins, 1000)
    fresh = np.abs(RNG.normal(size=(5000, 3)) * [1.0, 2.0, 3.0]) <= widths
    assert fresh.mean(axis=0) == pytest.approx([SHARE] * 3, abs=0.04)
    later = errors.copy()
    later[origins[:, None] + 1 + np.arange(3) > 1000] *= 100
    np.testing.assert_array_equal(half_widths(later, origins, 1000), widths)
    np.testing.assert_allclose(never_narrower([1.0, 3.0, 2.0, 5.0]), [1.0, 2.5, 2.5, 5.0])


def test_the_interval_after_the_last_value_uses_every_error() -> None:
    settings = own_settings(GROWING, "gru").changed(budget=2)
    state, _metrics = advance(start(settings), 2, view=False)
    last = len(GROWING) - 1
    ahead = reader.Reader(state).forecast(last).ahead
    low, high = reader.interval(state, last, ahead)
    assert np.all((low < ahead) & (ahead < high))
    assert reader.covered(state).shape == reader.rolling(state).shape


@pytest.mark.parametrize("write", [programs.as_torch, programs.as_keras])
def test_the_program_of_an_own_series_runs_and_forecasts(write: object) -> None:
    settings = own_settings(GROWING, "gru")
    last = [float(each) for each in printed(write(settings, 3))[-1].strip("[]").split(",")]
    assert len(last) == 12
    assert np.mean(last) == pytest.approx(GROWING[-12:].mean() * np.exp(0.12), rel=0.2)


def test_a_column_is_chosen_by_its_course() -> None:
    assert sparkline(np.arange(8.0), 8) == "▁▂▃▄▅▆▇█"
    assert sparkline(np.array([np.nan, 1.0, 1.0])) == "▁▁"
    rows = ["day,up,down", *(f"2020-01-{k:02d},{k},{50 - k}" for k in range(1, 31))]
    samples = column_samples(own_table("\n".join(rows).encode()))
    assert list(samples) == ["up", "down"]
    assert sparkline(samples["up"], 4) == sparkline(samples["down"], 4)[::-1]
