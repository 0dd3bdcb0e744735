"""The page on forecasts: an origin that can be dragged, forecasts from it, and their errors."""

import streamlit as st

from rnn_core.apps.forecast.settings import Settings
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.forecast import compute
from ui.apps.forecast.figures import errors_chart, forecast_chart
from ui.apps.forecast.presets import series_choice, today_dial
from ui.apps.forecast.take import take_forecast
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.browser.dial import dial
from ui.browser.plot import plot
from ui.i18n import _
from ui.lab.comparison.names import cell_kind
from ui.widgets.stage import dock

CURSOR = "forecast"


def answer_names() -> dict[str, str]:
    return {
        "repeat the last value": _("repeat the last value"),
        "repeat the last season": _("repeat the last season"),
        "linear autoregression": _("linear autoregression"),
        "mean of linear autoregressions": _("mean of linear autoregressions"),
        "mean absolute error": _("mean absolute error"),
        "mean absolute error, next step": _("mean absolute error, next step"),
    }


def play(network: frame.Network[Settings], title: str) -> None:
    """The chart, and the dial under it. The values after the origin were not used for training."""
    settings = network.settings
    parts, found = settings.split(), compute.series_of(settings)
    place, below = st.container(), dock()
    today = today_dial(settings)
    with below:
        origin = int(dial(today))
        series_choice(settings)
    state = network.state
    answer = None
    if state is not None:
        learning = network.phase == "running"  # the band would change at every rerun
        answer = (compute.forecast(state, origin).ahead, None if learning else compute.band(state, origin))
    simple = compute.simple_forecasts(settings, origin)
    take_forecast(network, found, origin, answer, simple)
    names = answer_names()
    others = {names[name]: ahead for name, ahead in simple.items()}
    chart = forecast_chart(
        found.values,
        found.dates,
        origin,
        max(0, parts.validation_end - settings.window),
        settings.window,
        answer,
        others,
        title,
        ink=cell_kind(settings.cell),
        handle={"dial": today.key, "low": today.low, "high": today.high, "at": origin},
    )
    with place:
        plot(chart, key="forecast", height="stage")
    if state is not None:
        on_demand(_("Look inside: this window"), lambda: _inside(state, origin))


def _inside(state: RunState, origin: int) -> None:
    read = compute.forecast(state, origin)
    st.markdown(
        _(
            "The states while the network reads the grey stretch, one value per step. The gradients are of the next value that it predicts."
        )
    )
    inside(read.trace, compute.reader(state).gradients(read), CURSOR)


def errors(network: frame.Network[Settings]) -> None:
    if network.state is None:
        return
    found = compute.residuals(network.state)
    plot(errors_chart(found.errors, found.covered, _("Error by number of steps ahead")), key="errors")
