"""The network's score beside those of the baselines, as bars with their numbers."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from rnn_core.apps.scores import Measure, Scores
from ui.figures.chart import Chart, Layout, figure
from ui.figures.style import INKS
from ui.i18n import _

LONGEST_LINE = 22  # letters of a name beside its bar


@dataclass(frozen=True)
class Row:
    name: str
    scores: Scores
    is_network: bool

    def is_as_good_as(self, other: "Row", measure: Measure) -> bool:
        """Where both have this measure."""
        own, theirs = self.scores.get(measure.name), other.scores.get(measure.name)
        return own is not None and theirs is not None and not measure.is_better(theirs, own)


def scores_in_numbers(rows: Sequence[Row], measures: Sequence[Measure]) -> dict[str, ArrayLike]:
    """One row for each answer, one column for each measure; not a number where an answer has no such measure."""
    scores = [[row.scores.get(measure.name, math.nan) for measure in measures] for row in rows]
    return {"scored": [row.name for row in rows], "measures": [each.name for each in measures], "scores": scores}


def score_bars(rows: Sequence[Row], measure: Measure, name: str) -> Chart:
    """One bar per row, the best on top. `name`: the label of the measure."""
    known = [row for row in rows if measure.name in row.scores]
    ordered = sorted(known, key=lambda row: row.scores[measure.name], reverse=not measure.larger_is_better)
    values = [row.scores[measure.name] for row in ordered]
    trace = dict(
        type="bar",
        orientation="h",
        x=values,
        y=["<br>".join(textwrap.wrap(row.name, LONGEST_LINE)) for row in ordered],
        marker={"color": [INKS["h" if row.is_network else "baseline"].light for row in ordered], "line": {"width": 0}},
        text=[measure.words(value) for value in values],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}<br><b>%{text}</b><extra></extra>",
        showlegend=False,
    )
    direction = _("larger is better") if measure.larger_is_better else _("smaller is better")
    title = _("{name} ({direction})").format(name=name, direction=direction)
    words = ", ".join(f"{row.name} {measure.words(value)}" for row, value in zip(ordered, values, strict=True))
    layout: Layout = {
        "xaxis": {"range": [0, max([*values, 1e-9]) * 1.12], "tickformat": ".0%" if measure.percent else ""},
        "yaxis": {"type": "category", "showgrid": False, "automargin": True},
        "bargap": 0.35,
        "margin": {"l": 10, "r": 50, "t": 10, "b": 36},
    }
    return Chart(figure([trace], title=title, height=90 + 38 * len(ordered), **layout), f"{title}. {words}.")
