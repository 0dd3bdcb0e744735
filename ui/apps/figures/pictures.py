"""Small pictures, pixel by pixel, and the probabilities of a network's answers step by step."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.figures.chart import Chart, Layout, figure
from ui.figures.style import GRADIENT_LIGHT, INKS, SOFT_DIVERGING_LIGHT, TEXT, ZERO
from ui.figures.thin import Array
from ui.figures.words import largest_magnitude, number
from ui.i18n import _

MOST_WITH_NUMBERS = 130  # cells
MARGIN = {"l": 44, "r": 14, "t": 10, "b": 44}


def picture_chart(image: Array, *, title: str, height: int = 330, push: bool = False) -> Chart:
    """A picture (h, w) from 0 to 1; or with `push`, a signed number for each pixel."""
    h, w = image.shape
    cells = _cells(image, np.arange(1, w + 1), list(range(1, h + 1)), "x") | {
        "hovertemplate": _("row %{y}, column %{x}") + "<br><b>%{z:.3~g}</b><extra></extra>",
        "xgap": 1,
        "ygap": 1,
    }
    if push:
        reach = largest_magnitude(image)
        cells |= {"zmin": -reach, "zmax": reach, "colorscale": list(zip((0.0, 0.5, 1.0), GRADIENT_LIGHT, strict=True))}
    layout: Layout = {
        "xaxis": {"range": [0.5, w + 0.5], "title": {"text": _("column")}, "showgrid": False} | _every(w),
        "yaxis": {"range": [h + 0.5, 0.5], "dtick": 1, "title": {"text": _("row")}, "showgrid": False},
        "margin": MARGIN,
    }
    if not push:
        alt = _("{title}: a picture of {rows} rows and {columns} columns; {share} of it is ink.").format(
            title=title, rows=h, columns=w, share=f"{image.mean():.0%}"
        )
    else:
        row, column = np.unravel_index(int(np.abs(image).argmax()), image.shape)
        alt = _("{title}: strongest in row {row}, column {column}, with {value}.").format(
            title=title, row=row + 1, column=column + 1, value=number(float(image[row, column]))
        )
    return Chart(figure([cells], title=title, height=height, **layout), alt)


def beliefs_chart(
    beliefs: Array, names: Sequence[str], *, title: str, height: int = 330, first_step: int = 1, x_title: str = ""
) -> Chart:
    """beliefs (T, K): the share that each of K answers has after each step."""
    T, K = beliefs.shape
    steps = np.arange(first_step, first_step + T)
    cells = _cells(beliefs.T, steps, list(names), "h") | {
        "zmax": 1.0,
        "hovertemplate": "%{y}, " + (x_title or _("step t")) + " %{x}<br><b>%{z:.1%}</b><extra></extra>",
        "texttemplate": "%{z:.0%}" if beliefs.size <= MOST_WITH_NUMBERS else None,
        "textfont": {"size": 12, "color": TEXT},
        "colorscale": [[0.0, ZERO.light], [1.0, SOFT_DIVERGING_LIGHT[2]]],
        "xgap": 1,
        "ygap": 1,
    }
    layout: Layout = {
        "xaxis": {
            "range": [first_step - 0.5, first_step + T - 0.5],
            "title": {"text": x_title or _("step t")},
            "showgrid": False,
        }
        | _every(T),
        "yaxis": {"type": "category", "range": [K - 0.5, -0.5], "tickvals": list(names), "showgrid": False},
        "margin": MARGIN,
    }
    last = beliefs[-1]
    alt = _("{title}: after the last of {steps} steps the strongest is {name}, with {share}.").format(
        title=title, steps=T, name=names[int(last.argmax())], share=f"{last.max():.0%}"
    )
    return Chart(figure([cells], title=title, height=height, **layout), alt)


def strip_chart(image: Array, beliefs: Array, path: Sequence[str], names: Sequence[str], *, title: str) -> Chart:
    """The strip (h, w) above, frame by frame below it what is believed (T, K); over each frame what its likeliest answer is,
    "" for the blank. Both share the axis of frames."""
    h, w = image.shape
    T, K = beliefs.shape
    per_frame = w / T
    places = (np.arange(w) + 0.5) / per_frame + 0.5
    strip = _cells(image, places, list(range(1, h + 1)), "x") | {
        "yaxis": "y2",
        "hovertemplate": _("row %{y}, frame %{x:.1f}") + "<br><b>%{z:.3~g}</b><extra></extra>",
    }
    below = _cells(beliefs.T, np.arange(1, T + 1), list(names), "h") | {
        "zmax": 1.0,
        "hovertemplate": "%{y}, " + _("frame") + " %{x}<br><b>%{z:.1%}</b><extra></extra>",
        "xgap": 1,
        "ygap": 1,
    }
    layout: Layout = {
        "xaxis": {"range": [0.5, T + 0.5], "title": {"text": _("frame")}, "showgrid": False, "nticks": 14},
        "yaxis": {
            "type": "category",
            "range": [K - 0.5, -0.5],
            "domain": [0.0, 0.52],
            "tickvals": list(names),
            "showgrid": False,
        },
        "yaxis2": {"range": [h + 0.5, 0.5], "domain": [0.66, 1.0], "anchor": "x", "showgrid": False, "visible": False},
        "annotations": [
            {
                "text": label,
                "x": t,
                "y": 0.59,
                "yref": "paper",
                "showarrow": False,
                "font": {"size": 15, "color": INKS["h"].light},
            }
            for t, label in enumerate(path, start=1)
            if label
        ],
        "margin": MARGIN,
    }
    labels = " ".join(each or "–" for each in path)
    alt = _("{title}: frame by frame the likeliest answers are {said}.").format(title=title, said=labels)
    return Chart(figure([strip, below], title=title, height=440, **layout), alt)


def alignment_chart(alignment: Array, places: Sequence[str], *, title: str) -> Chart:
    """alignment (T, 2L+1): the share of all paths that are at each place at each frame."""
    T, S = alignment.shape
    cells = _cells(alignment.T, np.arange(1, T + 1), list(range(S)), "gradient") | {
        "zmax": 1.0,
        "customdata": [[place] * T for place in places],
        "hovertemplate": "%{customdata}, " + _("frame") + " %{x}<br><b>%{z:.1%}</b><extra></extra>",
        "xgap": 1,
        "ygap": 1,
    }
    layout: Layout = {
        "xaxis": {"range": [0.5, T + 0.5], "title": {"text": _("frame")}, "showgrid": False, "nticks": 14},
        "yaxis": {"range": [S - 0.5, -0.5], "tickvals": list(range(S)), "ticktext": list(places), "showgrid": False},
        "margin": MARGIN,
    }
    firsts = ", ".join(f"{place} {int(alignment[:, s].argmax()) + 1}" for s, place in enumerate(places) if s % 2)
    alt = _("{title}: each digit and the frame at which most paths output it: {places}.").format(
        title=title, places=firsts or "–"
    )
    return Chart(figure([cells], title=title, height=int(np.clip(90 + 24 * S, 150, 380)), **layout), alt)


def _every(count: int) -> dict[str, int]:
    return {"dtick": 1} if count <= 16 else {"nticks": 12}


def _cells(values: Array, xs: Any, ys: list[Any], ink: str) -> dict[str, Any]:
    return dict(
        type="heatmap",
        x=xs,
        y=ys,
        z=values,
        zmin=0.0,
        zmax=1.0,
        colorscale=[[0.0, ZERO.light], [1.0, INKS[ink].light]],
        showscale=False,
        hoverongaps=False,
    )
