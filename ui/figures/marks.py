"""Vertical lines in a chart at steps that mean something, each with a word at its top."""

from collections.abc import Sequence
from typing import Any

from ui.figures.chart import Chart, remark
from ui.figures.drawing import Figure
from ui.figures.style import INKS
from ui.i18n import _


def marked(chart: Chart, marks: Sequence[tuple[float, str]]) -> Chart:
    """The chart with vertical lines at the given steps, each with a label at its top."""
    if not marks:
        return chart
    line = {"color": INKS["baseline"].light, "width": 1.5, "dash": "dot"}
    shapes = [
        {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": at, "x1": at, "line": line} for at, _word in marks
    ]
    words = [remark(word, x=at, y=1.0, yref="paper", xanchor="left", yanchor="top") for at, word in marks if word]
    before = chart.figure.to_plotly_json()["layout"].get("annotations", ())
    descriptions = " ".join(_("{word} at {step}.").format(word=word, step=f"{at:g}") for at, word in marks if word)
    drawn = laid_out(chart, shapes=shapes, annotations=[*before, *words])
    return Chart(drawn.figure, f"{chart.alt} {descriptions}".strip(), chart.note)


def laid_out(chart: Chart, **layout: Any) -> Chart:
    drawn = chart.figure.to_plotly_json()
    return Chart(Figure(drawn["data"], drawn["layout"] | layout), chart.alt, chart.note)
