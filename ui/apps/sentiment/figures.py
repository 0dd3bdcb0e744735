"""A review: the belief after each word, and the influence of each word."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ui.as_text import in_chart
from ui.figures.chart import Chart, Layout, figure
from ui.figures.heatmap import SIGNED_COLOURS
from ui.figures.style import INKS, ZERO
from ui.figures.thin import Array
from ui.figures.words import largest_magnitude, number
from ui.i18n import _


@dataclass(frozen=True)
class WordRow:
    name: str
    values: Array  # (T,)


def belief_chart(words: Sequence[str], beliefs: Array, bag: float, title: str, axis: str) -> Chart:
    """beliefs (T+1,) before the first word and after each; the bag's answer does not depend on the order."""
    steps = np.arange(len(words) + 1)
    names = [_("(nothing yet)"), *words]
    line = dict(
        type="scatter",
        name=_("network"),
        x=steps,
        y=beliefs,
        mode="lines+markers",
        line={"color": INKS["y"].light, "width": 2, "shape": "hv" if len(words) > 40 else "linear"},
        marker={"size": 8, "color": [_side(value) for value in beliefs]},
        text=[in_chart(name) for name in names],
        hovertemplate="%{text}<br><b>%{y:.1%}</b><extra></extra>",
    )
    whole = dict(
        type="scatter",
        name=_("bag of words"),
        x=[steps[0], steps[-1]],
        y=[bag, bag],
        mode="lines",
        line={"color": INKS["baseline"].light, "width": 2, "dash": "dot"},
        hovertemplate="<b>%{y:.1%}</b><extra></extra>",
    )
    layout: Layout = {
        "xaxis": _word_axis(names, 0),
        "yaxis": {"range": [-0.04, 1.04], "tickformat": ".0%", "dtick": 0.25, "title": {"text": axis}},
        "margin": {"t": 30},
    }
    after_words = ", ".join(f"{name} {value:.0%}" for name, value in zip(names, beliefs.tolist(), strict=True))
    alt = _("{title}. After each word: {told}. The bag of words predicts {bag}.").format(
        title=title, told=after_words, bag=f"{bag:.0%}"
    )
    return Chart(figure([line, whole], title=title, height=330, **layout), alt)


def signed_rows(words: Sequence[str], rows: Sequence[WordRow], title: str) -> Chart:
    """Evidence for positive (blue) and for negative (orange), each row on its own scale."""
    return _rows(words, rows, title, SIGNED_COLOURS, -1.0)


def share_rows(words: Sequence[str], rows: Sequence[WordRow], title: str) -> Chart:
    """Amounts from 0 up, each row on a scale of its own."""
    return _rows(words, rows, title, [[0.0, ZERO.light], [1.0, INKS["h"].light]], 0.0)


def _rows(words: Sequence[str], rows: Sequence[WordRow], title: str, colours: Sequence[object], low: float) -> Chart:
    values = np.stack([row.values for row in rows])
    scaled = np.stack([row.values / largest_magnitude(row.values) for row in rows])
    names = [row.name for row in rows]
    cells = dict(
        type="heatmap",
        x=np.arange(1, len(words) + 1),
        y=names,
        z=scaled,
        zmin=low,
        zmax=1.0,
        customdata=values,
        colorscale=colours,
        showscale=False,
        xgap=2,
        ygap=3,
        hovertemplate="%{y}<br><b>%{customdata:.4~g}</b><extra></extra>",
    )
    layout: Layout = {
        "xaxis": _word_axis(words, 1) | {"showgrid": False},
        "yaxis": {"type": "category", "range": [len(rows) - 0.5, -0.5], "showgrid": False, "automargin": True},
        "margin": {"l": 10, "r": 20, "t": 10},
    }
    listed = ". ".join(f"{row.name}: {_largest(words, row.values)}" for row in rows)
    return Chart(figure([cells], title=title, height=96 + 44 * len(rows), **layout), f"{title}. {listed}.")


def _largest(words: Sequence[str], values: Array) -> str:
    """The three largest values: an alternative text should be short."""
    order = np.argsort(-np.abs(values))[:3]
    return ", ".join(f"{words[at]} {number(float(values[at]))}" for at in order)


def _word_axis(names: Sequence[str], first: int) -> dict[str, object]:
    """Every word under its place: horizontal where there is room, else rotated."""
    short = [name if len(name) <= 14 else name[:13] + "…" for name in names]
    return {
        "tickmode": "array",
        "tickvals": list(range(first, first + len(names))),
        "ticktext": [in_chart(name) for name in short],
        "autotickangles": [0, -60],
        "range": [first - 0.5, first + len(names) - 0.5],
        "showgrid": False,
        "title": {"text": ""},
    }


def _side(belief: float) -> str:
    """The colour of the nearer side."""
    low, _zero, high = (colour for _place, colour in SIGNED_COLOURS)
    return high if belief > 0.5 else low
