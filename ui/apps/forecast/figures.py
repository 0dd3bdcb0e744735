"""A series, its forecasts from one origin, and the distribution of their errors."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.forecast.reader import BAND
from ui.as_text import in_chart
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import INKS
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _

HEIGHT = 420
MOST_TICKS = 8
SIMPLE_LOOKS = (
    ("forget_gate", "dash"),
    ("reset_gate", "dashdot"),
    ("input_gate", "longdash"),
)  # dots are for the true values


def forecast_chart(
    values: Array,
    dates: tuple[str, ...],
    origin: int,
    first: int,
    window: int,
    network: tuple[Array, Array | None] | None,
    others: Mapping[str, Array],
    title: str,
    ink: str = "h",
) -> Chart:
    """values (N,); drawn from index `first` on. `network` is its answer (horizon,) and, at rest, its band (2, horizon); `others` are
    answers (horizon,) by name. `ink` is that of the network's cell."""
    shown = np.arange(first, len(values))
    known, later = shown[shown <= origin], shown[shown >= origin]
    read = [max(first, origin - window + 1), origin]
    traces = [
        _line(_("known until today"), known, values[known], "x", 2.5, "solid"),
        _line(_("what came then"), later, values[later], "x", 1.5, "dot", 0.75),
    ]
    for (name, answer), look in zip(others.items(), SIMPLE_LOOKS, strict=False):
        traces.append(_ahead(name, values, origin, answer, *look, 1.5))
    if network is not None:
        answer, band = network
        traces[0:0] = [] if band is None else [_band(values, origin, answer, band, ink)]
        traces.append(_ahead(_("the network"), values, origin, answer, ink, "solid", 3.0))
    low, high = _range(values[shown])
    layout: Layout = {
        "xaxis": {"range": [first - 1, len(values)], "showgrid": False} | _date_ticks(dates, first),
        "yaxis": {"range": [low, high], "title": {"text": _("value")}},
        "shapes": [_reads(read, low, high), _today(origin)],
        "margin": {"l": 58, "r": 24, "t": 10, "b": 40},
    }
    last = number(float(values[origin]))
    today = _("Today is {date}, with the value {value}.").format(date=dates[origin], value=last)
    answers = dict(others) if network is None else {_("the network"): network[0], **others}
    off = _how_far_off(values, origin, answers)
    return Chart(figure(traces, title=title, height=HEIGHT, **layout), f"{title}. {today} {off}".strip(), off)


def _line(
    name: str, at: NDArray[np.intp], values: Array, ink: str, width: float, dash: str, opacity: float = 1.0
) -> Trace:
    return dict(
        type="scatter",
        mode="lines",
        name=in_chart(name),
        x=at,
        y=values,
        line={"color": INKS[ink].light, "width": width, "dash": dash},
        opacity=opacity,
        hovertemplate=f"{in_chart(name)}<br><b>%{{y:.5~g}}</b><extra></extra>",
        showlegend=True,
    )


def _ahead(name: str, values: Array, origin: int, answer: Array, ink: str, dash: str, width: float) -> Trace:
    """A forecast begins at the last value that is known."""
    at = np.arange(origin, origin + len(answer) + 1)
    return _line(name, at, np.concatenate([values[origin : origin + 1], answer]), ink, width, dash)


def _band(values: Array, origin: int, answer: Array, band: Array, ink: str) -> Trace:
    at = np.arange(origin, origin + len(answer) + 1)
    low, high = (np.concatenate([values[origin : origin + 1], answer + edge]) for edge in band)
    return dict(
        type="scatter",
        mode="lines",
        name=_("band for four of five"),
        x=np.concatenate([at, at[::-1]]),
        y=np.concatenate([low, high[::-1]]),
        line={"width": 0},
        fill="toself",
        fillcolor=INKS[ink].light,
        opacity=0.16,
        hoverinfo="skip",
        showlegend=True,
    )


def _reads(read: list[int], low: float, high: float) -> Trace:
    return {
        "type": "rect",
        "x0": read[0] - 0.5,
        "x1": read[1] + 0.5,
        "y0": low,
        "y1": high,
        "fillcolor": INKS["baseline"].light,
        "opacity": 0.08,
        "line": {"width": 0},
        "layer": "below",
    }


def _today(origin: int) -> Trace:
    return {
        "type": "line",
        "x0": origin,
        "x1": origin,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": INKS["h"].light, "width": 1.5},
    }


def _range(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = 0.12 * (high - low or 1.0)
    return low - room, high + room


def _date_ticks(dates: tuple[str, ...], first: int) -> Trace:
    every = max(1, -(-(len(dates) - first) // MOST_TICKS))
    places = list(range(first, len(dates), every))
    return {"tickvals": places, "ticktext": [in_chart(dates[at][:12]) for at in places]}


def _how_far_off(values: Array, origin: int, answers: Mapping[str, Array]) -> str:
    """The mean absolute error of each answer after today, as far as the series goes on."""
    came = values[origin + 1 :]
    errors = []
    for name, answer in answers.items():
        ahead = min(len(answer), len(came))
        if ahead:
            error = float(np.abs(answer[:ahead] - came[:ahead]).mean())
            errors.append(f"{name} {number(error)}")
    return _("Mean absolute error after today: {errors}.").format(errors=", ".join(errors)) if errors else ""


def errors_chart(errors: Array, covered: Array, title: str) -> Chart:
    """errors (n, horizon), truth minus forecast: how far off, by steps ahead, as quantiles over every origin."""
    ahead = np.arange(1, errors.shape[1] + 1)
    low, middle, high = np.quantile(errors, [BAND[0], 0.5, BAND[1]], axis=0)
    traces = [
        dict(
            type="scatter",
            mode="lines",
            name=_("four of five errors"),
            x=np.concatenate([ahead, ahead[::-1]]),
            y=np.concatenate([low, high[::-1]]),
            line={"width": 0},
            fill="toself",
            fillcolor=INKS["loss"].light,
            opacity=0.18,
            hoverinfo="skip",
            showlegend=True,
        ),
        _line(_("the middle one"), ahead, middle, "loss", 2.0, "solid"),
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": _("steps ahead")}, "range": [0.5, len(ahead) + 0.5]},
        "yaxis": {"title": {"text": _("truth minus forecast")}, "zeroline": True},
        "margin": {"l": 58, "r": 24, "t": 10, "b": 46},
    }
    share = f"{float(covered.mean()):.0%}"
    last = _("At the last step ahead four of five errors lie between {low} and {high}.").format(
        low=number(float(low[-1])), high=number(float(high[-1]))
    )
    note = _(
        "The band was made from errors on the validation part to hold 80% of values. On the test part it held {share}."
    ).format(share=share)
    return Chart(figure(traces, title=title, height=300, **layout), f"{title}. {last}", f"{last} {note}")
