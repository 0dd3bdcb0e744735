"""The shares of a memory, as bands over time and as bars at one step. Negative shares are drawn below zero."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from rnn_core.analysis.memory import GroupedShares
from ui.figures.chart import Chart, Layout, figure, time_range
from ui.figures.lines import padded
from ui.figures.style import AGES, BACKGROUND, INKS
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _


def shares_over_time(groups: GroupedShares, values: Array, *, title: str, symbol: str, ink: str) -> Chart:
    """values (T+1,) is the memory, which the bands above zero and below it add up to."""
    steps = np.arange(len(values))
    names = [_group_name(first, last, symbol) for first, last in zip(groups.first, groups.last, strict=True)]
    traces = [*_bands(groups.positive, names, ink), *_bands(groups.negative, names, ink)]
    in_legend: set[str] = set()
    for band in traces:
        band["showlegend"] = band["name"] not in in_legend
        in_legend.add(band["name"])
    traces.append(
        {
            "type": "scatter",
            "name": symbol,
            "x": steps,
            "y": values,
            "mode": "lines",
            "line": {"color": INKS[ink].light, "width": 2.5},
            "hovertemplate": f"{symbol}, " + _("step %{x}") + "<br><b>%{y:.6~g}</b><extra></extra>",
            "showlegend": False,
        }
    )
    height = padded((float(groups.negative.sum(axis=0).min()), float(groups.positive.sum(axis=0).max())))
    layout: Layout = {
        "xaxis": {"title": {"text": _("step t")}, "range": time_range(0, steps[-1])},
        "yaxis": {"title": {"text": symbol}, "range": height, "zeroline": True},
        "legend": {"title": {"text": _("written at steps")}, "traceorder": "normal"},
    }
    return Chart(figure(traces, title=title, height=400, **layout), _alt(groups, values, names, title))


def shares_at_a_step(parts: Array, *, now: int, title: str, symbol: str, ink: str, inputs: Array) -> Chart:
    """parts (T+1,): the share of each step in m_now, with the inputs (T,) that these steps read above it."""
    reach = now + 1
    steps = np.arange(reach)
    bars = {
        "type": "bar",
        "name": _("share"),
        "x": steps,
        "y": parts[:reach],
        "marker": {
            "color": np.array([INKS[ink].light] + [INKS["candidate"].light] * now).tolist(),
            "line": {"width": 0},
        },
        "hovertemplate": _("written at step %{x}") + "<br><b>%{y:.6~g}</b><extra></extra>",
    }
    read = {
        "type": "bar",
        "name": "x",
        "x": steps[1:],
        "y": inputs[:now],
        "yaxis": "y2",
        "marker": {"color": INKS["x"].light, "line": {"width": 0}},
        "hovertemplate": _("input at step %{x}") + "<br><b>%{y:.6~g}</b><extra></extra>",
    }
    layout: Layout = {
        "xaxis": {"title": {"text": _("written at step")}, "range": time_range(0, len(inputs))},
        "yaxis": {
            "title": {"text": _("share of {symbol}").format(symbol=symbol)},
            "domain": [0, 0.72],
            "zeroline": True,
        },
        "yaxis2": {"title": {"text": "x"}, "domain": [0.82, 1], "anchor": "x", "nticks": 3, "showgrid": False},
        "showlegend": False,
        "bargap": 0.15,
    }
    strongest = sorted(range(reach), key=lambda step: -abs(parts[step]))[:3]
    alt = _("{title}: bars over the steps that wrote it. Largest shares: {shares}. Together {total}.").format(
        title=title,
        shares=", ".join(
            _("step {step}: {what}").format(step=step, what=number(float(parts[step]))) for step in strongest
        ),
        total=number(float(parts[:reach].sum())),
    )
    return Chart(figure([bars, read], title=title, height=360, **layout), alt)


def _group_name(first: int, last: int, symbol: str) -> str:
    if last == 0:
        return f"{symbol}₀"
    return str(first) if first == last else f"{first}–{last}"


def _colours(groups: int, ink: str) -> list[str]:
    """The start in the colour of the memory, then from old to new."""
    places = np.linspace(0, len(AGES) - 1, max(1, groups - 1)).round().astype(int)
    return [INKS[ink].light, *(AGES[place].light for place in places)]


def _bands(side: Array, names: Sequence[str], ink: str) -> list[dict[str, Any]]:
    """The shares of one sign, each on top of those before it. Stacked here and not by plotly, so that each trace is complete in itself."""
    present = np.flatnonzero(side.any(axis=1)).tolist()
    edges = np.cumsum(side[present], axis=0)
    colours = _colours(len(names), ink)
    return [
        {
            "type": "scatter",
            "name": names[group],
            "legendgroup": names[group],
            "legendrank": 1000 + group,
            "x": np.arange(side.shape[1]),
            "y": edge,
            "customdata": side[group],
            "fill": "tonexty" if place else "tozeroy",
            "mode": "lines",
            "fillcolor": colours[group],
            "line": {"width": 0.5, "color": BACKGROUND},
            "hovertemplate": f"{names[group]}, " + _("step %{x}") + "<br><b>%{customdata:.4~g}</b><extra></extra>",
        }
        for place, (group, edge) in enumerate(zip(present, edges, strict=True))
    ]


def _alt(groups: GroupedShares, values: Array, names: Sequence[str], title: str) -> str:
    last = groups.positive[:, -1] + groups.negative[:, -1]
    parts = ", ".join(f"{name}: {number(float(part))}" for name, part in zip(names, last, strict=True))
    return _("{title}: bands above and below zero. At step {step} it is {value}, made of {parts}.").format(
        title=title, step=len(values) - 1, value=number(float(values[-1])), parts=parts
    )
