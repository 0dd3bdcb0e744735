"""Slow points in the plane of the runs, coloured by what is read out of them."""

import numpy as np

from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import DIVERGING_LIGHT, INKS, MUTED
from ui.figures.words import number
from ui.i18n import _
from ui.memory.inside.rest_compute import Rest


def points_in_a_plane(found: Rest, answer: str) -> Chart:
    """`answer` names what is read out, on the colour scale."""
    title = _("Runs, and the points where the state hardly moves")
    broken = np.concatenate([np.concatenate([run, np.full((1, 2), np.nan)]) for run in found.runs])
    reach = float(max(np.abs(found.answers).max(initial=0.0), np.abs(found.ends).max(), 1e-9))
    scale = list(zip((0.0, 0.5, 1.0), DIVERGING_LIGHT, strict=True))

    def coloured(values: np.ndarray[tuple[int], np.dtype[np.float64]], size: int, symbol: str) -> Trace:
        return {
            "size": size,
            "symbol": symbol,
            "color": values,
            "cmin": -reach,
            "cmax": reach,
            "colorscale": scale,
            "line": {"width": 1, "color": MUTED.light},
        }

    eigenvalues = [f"{number(row[0].real)}" for row in found.points.eigenvalues]
    traces: list[Trace] = [
        dict(
            type="scatter",
            mode="lines",
            name=_("runs"),
            x=broken[:, 0],
            y=broken[:, 1],
            line={"color": INKS["baseline"].light, "width": 1},
            opacity=0.4,
            hoverinfo="skip",
        ),
        dict(
            type="scatter",
            mode="markers",
            name=_("end of a run"),
            x=[float(run[-1, 0]) for run in found.runs],
            y=[float(run[-1, 1]) for run in found.runs],
            customdata=found.ends,
            marker=coloured(found.ends, 8, "diamond"),
            hovertemplate=f"{answer}<br><b>%{{customdata:.2f}}</b><extra></extra>",
        ),
        dict(
            type="scatter",
            mode="markers",
            name=_("slow point"),
            x=found.places[:, 0],
            y=found.places[:, 1],
            customdata=[
                f"{answer} {value:.2f}<br>λ = {text}" for value, text in zip(found.answers, eigenvalues, strict=True)
            ],
            marker=coloured(found.answers, 13, "circle"),
            hovertemplate="%{customdata}<extra></extra>",
        ),
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": _("component 1 ({share} of the variance)").format(share=f"{found.shares[0]:.0%}")}},
        "yaxis": {"title": {"text": _("component 2 ({share})").format(share=f"{found.shares[1]:.0%}")}},
    }
    alt = _("{title}: {points} slow points; {answer} from {low} to {high}.").format(
        title=title,
        points=len(found.answers),
        answer=answer,
        low=number(float(found.answers.min(initial=0.0))),
        high=number(float(found.answers.max(initial=0.0))),
    )
    return Chart(figure(traces, title=title, height=460, showlegend=True, **layout), alt)
