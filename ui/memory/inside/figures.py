"""The charts of looking into a network: units beside their nulls, a histogram of two kinds, and memories in a plane."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis.inside.matching import Histogram
from rnn_core.analysis.inside.ranking import Finding, ranked
from rnn_core.arrays import Array
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import DIVERGING_LIGHT, GRID, INKS, MUTED
from ui.figures.words import number
from ui.i18n import _

ROWS = (1.0, 0.0)  # the heights of the trained and of the untrained network
SWARM = 0.38  # of a row's height, which the dots may fill
BINS = 60
TRAINED = 2  # the place of the trained network's dots among the traces of `units_beside_nulls`


def units_beside_nulls(own: Finding, untrained: Finding, unit: int, label: str, held_out: str) -> Chart:
    """Each unit's AUC as a dot: of the network above, of an untrained one below; the band of shifted labels behind both."""
    title = _("AUC of every unit for “{label}”, on {held_out}").format(label=label, held_out=held_out)
    low = min(0.5 - own.band, float(own.auc.min()), float(untrained.auc.min())) - 0.01
    band = dict(
        type="scatter",
        mode="lines",
        x=[0.5 - own.band, 0.5 + own.band, 0.5 + own.band, 0.5 - own.band, 0.5 - own.band],
        y=[-0.6, -0.6, 1.6, 1.6, -0.6],
        fill="toself",
        line={"width": 0, "color": GRID},
        hoverinfo="skip",
        name=_("shifted labels"),
    )
    best = float(untrained.auc.max())
    rule = dict(
        type="scatter",
        mode="lines",
        x=[best, best],
        y=[-0.6, 1.6],
        line={"color": MUTED.light, "width": 1, "dash": "dot"},
        name=_("best untrained unit"),
        hoverinfo="skip",
    )
    chosen = dict(
        type="scatter",
        mode="markers",
        x=[float(own.auc[unit])],
        y=[ROWS[0]],
        marker={"size": 17, "color": "rgba(0,0,0,0)", "line": {"color": INKS["h"].light, "width": 2}},
        hoverinfo="skip",
        showlegend=False,
        name=_("unit {unit}").format(unit=unit),
    )
    rows = [
        _dots(own.auc, ROWS[0], INKS["c"].light, _("trained")),
        _dots(untrained.auc, ROWS[1], MUTED.light, _("untrained")),
    ]
    probes = dict(
        type="scatter",
        mode="markers",
        x=[own.probe_auc, untrained.probe_auc],
        y=list(ROWS),
        customdata=[_("trained"), _("untrained")],
        marker={"size": 11, "symbol": "diamond-open", "color": INKS["h"].light},
        name=_("probe on all units"),
        hovertemplate="%{customdata}<br><b>%{x:.3f}</b><extra></extra>",
    )
    layout: Layout = {
        "xaxis": {"title": {"text": _("AUC")}, "range": [low, 1.02]},
        "yaxis": {
            "tickvals": list(ROWS),
            "ticktext": [_("trained"), _("untrained")],
            "range": [-0.6, 1.6],
            "showgrid": False,
        },
        "margin": {"l": 84, "r": 12},
    }
    alt = _(
        "{title}. Unit {unit}: {auc}. The best untrained unit: {untrained}. Shifted labels reach {band}. A probe on all units: {probe}."
    ).format(
        title=title,
        unit=unit,
        auc=f"{own.auc[unit]:.2f}",
        untrained=f"{best:.2f}",
        band=f"{0.5 + own.band:.2f}",
        probe=f"{own.probe_auc:.2f}",
    )
    return Chart(figure([band, rule, *rows, chosen, probes], title=title, height=280, showlegend=True, **layout), alt)


def _dots(values: Array, row: float, colour: str, name: str) -> Trace:
    return dict(
        type="scatter",
        mode="markers",
        x=values,
        y=row + swarm(values),
        customdata=[_("unit {unit}").format(unit=unit) for unit in range(len(values))],
        marker={"size": 6, "color": colour, "opacity": 0.75},
        showlegend=False,
        name=name,
        hovertemplate="%{customdata}<br><b>%{x:.3f}</b><extra></extra>",
    )


def swarm(values: Array) -> Array:
    """Dots that would lie on each other are stacked above and below the row."""
    bins = np.floor(values * BINS).astype(int)
    heights = np.zeros(len(values))
    for each in np.unique(bins):
        own = np.flatnonzero(bins == each)
        heights[own] = (np.arange(len(own)) + 1) // 2 * np.where(np.arange(len(own)) % 2, 1.0, -1.0)
    return np.asarray(heights * SWARM / max(1.0, float(np.abs(heights).max())))


def two_kinds(bins: Histogram, unit: int, value: str, label: str) -> Chart:
    """The values of a unit where the label holds upward, and where it does not downward."""
    title = _("Unit {unit}: its values where the label holds, and where it does not").format(unit=unit)
    centres = (bins.edges[:-1] + bins.edges[1:]) / 2
    width = float(bins.edges[1] - bins.edges[0]) * 0.92

    def bars(shares: Array, name: str, colour: str) -> Trace:
        return dict(
            type="bar",
            x=centres,
            y=shares,
            width=width,
            name=name,
            marker={"color": colour},
            hovertemplate="%{x:.3~g}<br><b>%{y:.1%}</b><extra></extra>",
        )

    traces = [
        bars(bins.holds, _("label holds"), INKS["h"].light),
        bars(-bins.not_holds, _("does not hold"), MUTED.light),
    ]
    layout: Layout = {
        "barmode": "overlay",
        "xaxis": {"title": {"text": value}},
        "yaxis": {"zeroline": True, "tickformat": ".0%", "showticklabels": False, "showgrid": False},
        "margin": {"l": 16, "r": 12},
    }
    middle = [float((centres * shares).sum()) for shares in (bins.holds, bins.not_holds)]
    alt = _("{title}. Mean where “{label}” holds: {there}; elsewhere: {elsewhere}.").format(
        title=title, label=label, there=number(middle[0]), elsewhere=number(middle[1])
    )
    return Chart(figure(traces, title=title, height=240, showlegend=True, **layout), alt)


def memories_in_a_plane(
    runs: Array, places: Array, stable: Sequence[bool], answers: Array, shares: Array, outgoing: Sequence[int]
) -> Chart:
    """Runs (R, T, 3) as thin lines, stable points as dots and saddles as crosses, in the first two components."""
    title = _("The states of {runs} runs, and the points where they come to rest").format(runs=len(runs))
    broken = np.concatenate([np.concatenate([run[:, :2], np.full((1, 2), np.nan)]) for run in runs])
    lines = dict(
        type="scatter",
        mode="lines",
        x=broken[:, 0],
        y=broken[:, 1],
        line={"color": INKS["baseline"].light, "width": 1},
        opacity=0.35,
        hoverinfo="skip",
        name=_("runs"),
    )
    is_stable = np.array(stable, np.bool_)
    bits = ["".join("+" if value > 0 else "−" for value in row) for row in answers]

    def marks(chosen: NDArray[np.int64], name: str, symbol: str, size: int, colour: str, words: list[str]) -> Trace:
        return dict(
            type="scatter",
            mode="markers+text" if symbol == "circle" else "markers",
            x=places[chosen, 0],
            y=places[chosen, 1],
            customdata=words,
            text=words if symbol == "circle" else None,
            textposition="top center",
            textfont={"size": 17},
            marker={"size": size, "symbol": symbol, "color": colour},
            name=name,
            hovertemplate="%{customdata}<extra></extra>",
        )

    saddles = np.flatnonzero(~is_stable).astype(np.int64)
    dots = np.flatnonzero(is_stable).astype(np.int64)
    ways = [_("saddle: {count} ways out").format(count=outgoing[int(at)]) for at in saddles]
    traces = [
        lines,
        marks(saddles, _("saddle"), "x", 8, DIVERGING_LIGHT[0], ways),
        marks(dots, _("stable"), "circle", 13, INKS["c"].light, [bits[at] for at in dots]),
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": _("component 1 ({share} of the variance)").format(share=f"{shares[0]:.0%}")}},
        "yaxis": {"title": {"text": _("component 2 ({share})").format(share=f"{shares[1]:.0%}")}},
    }
    alt = _("{title}; stable points: {stable}, saddles: {saddles}.").format(
        title=title, stable=len(dots), saddles=len(saddles)
    )
    return Chart(figure(traces, title=title, height=460, showlegend=True, **layout), alt)


def use_and_meaning(beyond: Array, bits: Array, unit: int, cost: str) -> Chart:
    """Each unit as a dot: how far its best label lies above both nulls, and what the network loses without it: `cost` names that."""
    title = _("Does the network need the units that look meaningful?")
    names = [_("unit {unit}").format(unit=each) for each in range(len(bits))]

    def dots(chosen: slice | list[int], size: int, colour: str) -> Trace:
        return dict(
            type="scatter",
            mode="markers",
            x=beyond[chosen],
            y=bits[chosen],
            customdata=np.array(names)[chosen].tolist(),
            marker={"size": size, "color": colour, "opacity": 0.75},
            showlegend=False,
            hovertemplate="%{customdata}<br><b>%{y:+.3f}</b><br>%{x:+.3f}<extra></extra>",
        )

    layout: Layout = {
        "xaxis": {"title": {"text": _("best AUC above both nulls")}, "zeroline": True},
        "yaxis": {"title": {"text": cost}, "zeroline": True},
    }
    top = int(bits.argmax())
    alt = _(
        "{title} Unit {unit} has the highest value of “{cost}”: {most}. Rank correlation of both: {correlation}."
    ).format(
        title=title, unit=top, cost=cost, most=f"{bits[top]:.2f}", correlation=f"{rank_correlation(beyond, bits):.2f}"
    )
    traces = [dots(slice(None), 7, INKS["c"].light), dots([unit], 13, INKS["h"].light)]
    return Chart(figure(traces, title=title, height=320, **layout), alt)


def rank_correlation(one: Array, two: Array) -> float:
    """Spearman's: the correlation of the ranks."""
    ranks = ranked(np.stack([one, two]).astype(np.float32)).doubled
    return float(np.asarray(np.corrcoef(ranks))[0, 1])
