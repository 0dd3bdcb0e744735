"""A series, its forecasts from one origin, and the distribution of their errors."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.forecast.band import SHARE
from ui.as_text import in_chart
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.names import MARKUP
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
    handle: Mapping[str, object] | None = None,
) -> Chart:
    """values (N,); drawn from index `first` on. `network` is its answer (horizon,) and, at rest, the limits of its band (2, horizon); `others` are
    answers (horizon,) by name. `ink` is that of the network's cell. `handle` names the dial that moves today."""
    shown = np.arange(first, len(values))
    known, later = shown[shown <= origin], shown[shown >= origin]
    read = [max(first, origin - window + 1), origin]
    traces = [
        _line(_("known until today"), known, values[known], "x", 2.5, "solid"),
    ]
    if len(later) > 1:
        traces.append(_line(_("the true values"), later, values[later], "x", 1.5, "dot", 0.75))
    for (name, answer), look in zip(others.items(), SIMPLE_LOOKS, strict=False):
        traces.append(_ahead(name, values, origin, answer, *look, 1.5))
    if network is not None:
        answer, band = network
        traces[0:0] = [] if band is None else [_band(values, origin, answer, band, ink)]
        traces.append(_ahead(_("the network"), values, origin, answer, ink, "solid", 3.0))
    answers = dict(others) if network is None else {_("the network"): network[0], **others}
    ahead = max((len(answer) for answer in answers.values()), default=0)
    drawn = [values[shown]] if network is None else [values[shown], network[0]]
    if network is not None and network[1] is not None and origin + ahead >= len(values):
        drawn.append(network[1].ravel())
    if origin + ahead >= len(values):
        drawn += list(others.values())
    low, high = _range(np.concatenate(drawn))
    end = max(len(values), origin + ahead + 1)
    layout: Layout = {
        "xaxis": {"range": [first - 1, end], "showgrid": False} | _date_ticks(dates, first, end),
        "yaxis": {"range": [low, high], "title": {"text": _("value")}},
        "shapes": [_reads(read, low, high), _today(origin)],
        "margin": {"l": 58, "r": 24, "t": 10, "b": 40},
        "meta": {"sentence": True, "handle": handle},
    }
    last = number(float(values[origin]))
    today = _("Today is {date}, with the value {value}.").format(date=dates[origin], value=last)
    off = _how_far_off(values, origin, answers)
    sentence = _sentence(values, origin, network, others)
    heading = f"<b>{title}.</b> {sentence}".strip()
    alt = f"{title}. {today} {MARKUP.sub('', sentence)} {off}".strip()
    return Chart(figure(traces, title=heading, height=HEIGHT, **layout), alt, off)


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
    low, high = (np.concatenate([values[origin : origin + 1], edge]) for edge in band)
    return dict(
        type="scatter",
        mode="lines",
        name=_("80% prediction interval"),
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


def _date_ticks(dates: tuple[str, ...], first: int, end: int) -> Trace:
    """Steps after the last date are counted: +1, +2."""
    every = max(1, -(-(end - first) // MOST_TICKS))
    places = list(range(first, end, every))
    names = [in_chart(dates[at][:12]) if at < len(dates) else f"+{at - len(dates) + 1}" for at in places]
    return {"tickvals": places, "ticktext": names}


def _sentence(
    values: Array, origin: int, network: tuple[Array, Array | None] | None, others: Mapping[str, Array]
) -> str:
    """The network beside the best of the simple rules on what came, or where nothing has come yet, its forecast."""
    if network is None:
        return ""
    answer, band = network
    errors = _errors(values, origin, others)
    if not errors:
        return _future(answer, band)
    ours, steps = _errors(values, origin, {"": answer})[""], min(len(answer), len(values) - origin - 1)
    name, best = min(errors.items(), key=lambda each: each[1])
    if ours < best:
        words = _(
            "Over the next {steps} values the network is off by <b>{ours}</b> on average; the best simple rule, “{name}”, by {best}."
        )
    else:
        words = _(
            "Over the next {steps} values the network is off by <b>{ours}</b> on average; here “{name}” is better, with {best}."
        )
    return words.format(steps=steps, ours=number(ours), name=name, best=number(best))


def _future(ahead: Array, band: Array | None) -> str:
    """The forecast in words, where no truth is known yet."""
    if band is None:
        return _("The future, {steps} steps ahead: <b>{value}</b>.").format(
            steps=len(ahead), value=number(float(ahead[-1]))
        )
    words = _(
        "The future, {steps} steps ahead: <b>{value}</b>; with a probability of about 80% between {low} and {high}."
    )
    return words.format(
        steps=len(ahead),
        value=number(float(ahead[-1])),
        low=number(float(band[0, -1])),
        high=number(float(band[1, -1])),
    )


def _errors(values: Array, origin: int, answers: Mapping[str, Array]) -> dict[str, float]:
    """The mean absolute error of each answer after today, as far as the series goes on."""
    came = values[origin + 1 :]
    return {
        name: float(np.abs(answer[: len(came)] - came[: len(answer)]).mean())
        for name, answer in answers.items()
        if len(answer) and len(came)
    }


def _how_far_off(values: Array, origin: int, answers: Mapping[str, Array]) -> str:
    errors = [f"{name} {number(error)}" for name, error in _errors(values, origin, answers).items()]
    return _("Mean absolute error after today: {errors}.").format(errors=", ".join(errors)) if errors else ""


def errors_chart(errors: Array, covered: Array, title: str) -> Chart:
    """errors (n, horizon), truth minus forecast: how far off, by steps ahead, as quantiles over every origin."""
    ahead = np.arange(1, errors.shape[1] + 1)
    low, middle, high = np.quantile(errors, [(1 - SHARE) / 2, 0.5, (1 + SHARE) / 2], axis=0)
    traces = [
        dict(
            type="scatter",
            mode="lines",
            name=_("80% of the errors"),
            x=np.concatenate([ahead, ahead[::-1]]),
            y=np.concatenate([low, high[::-1]]),
            line={"width": 0},
            fill="toself",
            fillcolor=INKS["loss"].light,
            opacity=0.18,
            hoverinfo="skip",
            showlegend=True,
        ),
        _line(_("the median"), ahead, middle, "loss", 2.0, "solid"),
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": _("steps ahead")}, "range": [0.5, len(ahead) + 0.5]},
        "yaxis": {"title": {"text": _("truth minus forecast")}, "zeroline": True},
        "margin": {"l": 58, "r": 24, "t": 10, "b": 46},
    }
    share = f"{float(covered.mean()):.0%}"
    last = _("At the last step ahead 80% of the errors lie between {low} and {high}.").format(
        low=number(float(low[-1])), high=number(float(high[-1]))
    )
    note = _(
        "The prediction interval is calibrated on errors whose truth was known on that day, and should contain 80% of the "
        "values. On the test set it contains {share}."
    ).format(share=share)
    return Chart(figure(traces, title=title, height=300, **layout), f"{title}. {last}", f"{last} {note}")
