"""The page on forecasts: an origin that can be dragged, forecasts from it, and their errors."""

import streamlit as st

from rnn_core.apps.forecast.settings import OWN, Settings
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.forecast import compute
from ui.apps.forecast.figures import errors_chart, forecast_chart
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.i18n import _
from ui.lab.comparison.names import cell_kind
from ui.links.kept_settings import in_link, in_session

CURSOR = "forecast"


def answer_names() -> dict[str, str]:
    return {
        "repeat the last value": _("repeat the last value"),
        "repeat the last season": _("repeat the last season"),
        "linear autoregression": _("linear autoregression"),
        "mean absolute error": _("mean absolute error"),
        "mean absolute error, next step": _("mean absolute error, next step"),
    }


def today(settings: Settings) -> int:
    """The origin, from the last value before the test part on."""
    origins = settings.split().origins("test", settings.horizon)
    first, last = int(origins[0]), int(origins[-1])
    dates = compute.series_of(settings).dates
    is_own = settings.series == OWN  # then it is in no link, and its dates are words from outside
    return st.select_slider(
        _("Today is"),
        range(first, last + 1),
        first + (last - first) // 3,
        format_func=(lambda at: in_markdown(dates[at])) if is_own else dates.__getitem__,
        **(in_session if is_own else in_link)(f"today_{settings.series}_{first}_{last}"),
    )


def play(network: frame.Network[Settings], title: str) -> None:
    """The slider and the chart. The values after the origin were not used for training."""
    settings = network.settings
    parts, found = settings.split(), compute.series_of(settings)
    origin = today(settings)
    state = network.state
    answer = None
    if state is not None:
        learning = network.run.progress().phase == "running"  # the band would change at every rerun
        answer = (compute.forecast(state, origin).ahead, None if learning else compute.band(state))
    names = answer_names()
    others = {names[name]: ahead for name, ahead in compute.simple_forecasts(settings, origin).items()}
    first = max(0, parts.validation_end - settings.window)
    chart = forecast_chart(
        found.values,
        found.dates,
        origin,
        first,
        settings.window,
        answer,
        others,
        title,
        ink=cell_kind(settings.cell),
    )
    plot(chart, key="forecast")
    if state is not None:
        on_demand(_("Look inside: this window"), lambda: _inside(state, origin))


def _inside(state: RunState, origin: int) -> None:
    read = compute.forecast(state, origin)
    st.markdown(
        _(
            "What happens while the network reads the grey stretch, one value a step. Gradients are of the next value it says."
        )
    )
    inside(read.trace, compute.reader(state).gradients(read), CURSOR)


def errors(network: frame.Network[Settings]) -> None:
    if network.state is None:
        return
    found = compute.residuals(network.state)
    plot(errors_chart(found.errors, found.covered, _("How far off, by steps ahead")), key="errors")
