"""Items by their probability to be next, and items as points on a map."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.trajectories import Components
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.lines import padded
from ui.figures.style import INKS
from ui.figures.thin import Array
from ui.figures.words import finite_range
from ui.i18n import _

# One ink and one shape per category, because ten colours alone are hard to distinguish.
CATEGORY_LOOKS = tuple(
    zip(
        (
            "h",
            "forget_gate",
            "input_gate",
            "c",
            "candidate",
            "output_gate",
            "gradient",
            "update_gate",
            "reset_gate",
            "x",
        ),
        ("circle", "square", "diamond", "triangle-up", "cross", "star", "hexagon", "x", "triangle-down", "pentagon"),
        strict=True,
    )
)


@dataclass(frozen=True)
class Suggestions:
    """The items at the top of the list, the first one first."""

    names: Sequence[str]
    network: Array | None  # (n,) None where there is no network yet
    best: Array | None  # (n,) None where nobody knows how the sessions are made
    followed: Array | None  # (n,) None before the first click


def suggestions_chart(shown: Suggestions, title: str) -> Chart:
    places = np.arange(len(shown.names))
    traces: list[Trace] = []
    if shown.network is not None:
        traces.append(
            dict(
                type="bar",
                orientation="h",
                name=_("the network"),
                x=shown.network,
                y=places,
                marker={"color": INKS["h"].light, "line": {"width": 0}},
                opacity=0.65,  # so that the marks on it can be seen
                customdata=list(shown.names),
                hovertemplate="%{customdata}<br><b>%{x:.2%}</b><extra></extra>",
                showlegend=True,
            )
        )
    if shown.best is not None:
        traces.append(_marks(_("best possible"), shown.best, shown.names, "forget_gate", "diamond"))
    if shown.followed is not None:
        name = _("what followed the last item")
        traces.append(_marks(name, shown.followed, shown.names, "baseline", "circle-open"))
    shares = next(each for each in (shown.network, shown.best, shown.followed) if each is not None)
    ticks = [f"{name}  <b>{value:.1%}</b>" for name, value in zip(shown.names, shares, strict=True)]
    most = max(float(np.max(trace["x"])) for trace in traces)
    layout: Layout = {
        "xaxis": {
            "range": [0, max(0.05, 1.08 * most)],
            "tickformat": ".0%",
            "title": {"text": _("probability of the next click")},
        },
        "yaxis": {
            "tickvals": places,
            "ticktext": ticks,
            "range": [len(places) - 0.4, -0.6],
            "showgrid": False,
        },
        "bargap": 0.3,
        "margin": {"l": 10, "r": 30, "t": 34, "b": 46},
    }
    listed = ", ".join(f"{name} {value:.1%}" for name, value in zip(shown.names, shares, strict=True))
    return Chart(figure(traces, title=title, height=100 + 30 * len(places), **layout), f"{title}. {listed}.")


def _marks(name: str, values: Array, names: Sequence[str], ink: str, symbol: str) -> Trace:
    return dict(
        type="scatter",
        mode="markers",
        name=name,
        x=values,
        y=np.arange(len(values)),
        marker={"color": INKS[ink].light, "symbol": symbol, "size": 10, "line": {"width": 2}},
        customdata=list(names),
        hovertemplate=f"%{{customdata}}<br>{name} <b>%{{x:.2%}}</b><extra></extra>",
        showlegend=True,
    )


def item_map_chart(
    places: Components, names: Sequence[str], groups: Sequence[int], group_names: Sequence[str], title: str
) -> Chart:
    """One point per item; groups[k] is the category of item k."""
    traces = []
    for group, name in enumerate(group_names):
        inside = [item for item, its in enumerate(groups) if its == group]
        ink, symbol = CATEGORY_LOOKS[group]
        traces.append(
            dict(
                type="scatter",
                mode="markers",
                name=name,
                x=places.points[inside, 0],
                y=places.points[inside, 1],
                marker={"color": INKS[ink].light, "symbol": symbol, "size": 10, "opacity": 0.85},
                customdata=[names[item] for item in inside],
                hovertemplate=f"<b>%{{customdata}}</b><br>{name}<extra></extra>",
                showlegend=True,
            )
        )
    axes = [
        _("direction {number} ({share} of the variance)").format(number=k + 1, share=f"{places.shares[k]:.0%}")
        for k in (0, 1)
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": axes[0]}, "range": padded(finite_range(places.points[:, 0]))},
        "yaxis": {"title": {"text": axes[1]}, "range": padded(finite_range(places.points[:, 1]))},
        "margin": {"l": 58, "r": 20, "t": 56, "b": 46},
    }
    alt = _("{title}: {count} items in {groups} categories; the two directions hold {share} of the variance.").format(
        title=title, count=len(names), groups=len(group_names), share=f"{places.shares.sum():.0%}"
    )
    return Chart(figure(traces, title=title, height=520, **layout), alt)
