"""Curves of several settings: a line for the median of the seeds, and a band from the lowest to the highest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rnn_core.lab.outcomes import Spread
from ui.figures.bands import Band
from ui.figures.chart import Chart, Layout
from ui.figures.drawing import Figure
from ui.figures.lines import MOST_NAMED, Line, describe, drawn
from ui.figures.norms import norm_chart
from ui.figures.style import CELL_DASHES, INKS
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _
from ui.lab.figures.training import Curve, guess_line, named_above

SERIES = (
    "h",
    "forget_gate",
    "input_gate",
    "gradient",
    "candidate",
    "output_gate",
)  # a setting has no symbol of its own
DASHES = ("solid", "dash", "dashdot", "longdash", "longdashdot", "12px,2px")  # dots are the baseline's
LONGEST_NAME = 22  # letters: longer names take too many rows beside a chart
WORST_SHOWN = -0.5  # a measure may be far below 0: success is what there is to see


class Look(NamedTuple):
    ink: str
    dash: str


def looks_of(cells: Sequence[str]) -> list[Look]:
    """How each of several settings is drawn. Where cells are compared, a setting has the colour of its cell, and further settings
    of one cell differ in their dash; settings of one cell alone are a series of other colours."""
    if len(set(cells)) == 1:
        return [Look(SERIES[place % len(SERIES)], DASHES[place % len(DASHES)]) for place in range(len(cells))]
    before = [cells[:place].count(cell) for place, cell in enumerate(cells)]
    return [
        Look(look.ink, DASHES[place % len(DASHES)] if earlier else look.dash)
        for place, (look, earlier) in enumerate(zip(cell_looks(cells), before, strict=True))
    ]


def cell_looks(cells: Sequence[str]) -> list[Look]:
    """RNN, GRU and LSTM have colours of their own; the cells after them take others in their order here."""
    others = [cell for cell in dict.fromkeys(cells) if cell not in CELL_DASHES]
    series = {cell: Look(SERIES[place % len(SERIES)], DASHES[place % len(DASHES)]) for place, cell in enumerate(others)}
    return [Look(cell, CELL_DASHES[cell]) if cell in CELL_DASHES else series[cell] for cell in cells]


@dataclass(frozen=True)
class Named:
    """One setting: its name, how it is drawn, and the seeds' values."""

    name: str
    look: Look
    spread: Spread
    budget: int  # where the axis of steps ends, however far the runs have come

    def line(self) -> Curve:
        return Curve(self.name, self.spread.median, self.look.ink, dash=self.look.dash, at=self.spread.steps)


def losses_chart(
    named: Sequence[Named],
    title: str,
    baseline: tuple[str, float] | None,
    y_title: str = "",
    guess: float | None = None,
) -> Chart:
    """On a logarithmic scale. `baseline`: its name and its loss. `guess`: the loss that the visitor expects."""
    lines: list[Line] = [each.line() for each in named] + guess_line(guess, named[0].budget)
    if baseline is not None:
        lines.append(
            Curve(baseline[0], np.full(2, baseline[1]), "baseline", dash="dot", at=np.array([0.0, named[0].budget]))
        )
    bands = [
        Band(each.name, _log(each.spread.low), _log(each.spread.high), each.look.ink, at=each.spread.steps)
        for each in named
    ]
    scale = y_title or _("loss (log scale)")
    chart = norm_chart(lines, title=title, y_title=scale, x_title=_("training step"), bands=bands)
    return _whole_budget(_readable_names(chart, lines), named)


def success_chart(named: Sequence[Named], title: str) -> Chart:
    lines: list[Line] = [each.line() for each in named]
    lowest = min(float(np.nanmin(each.spread.low, initial=0.0)) for each in named)
    span = (max(WORST_SHOWN, lowest) - 0.04, 1.04)
    behind = [_linear_band(each, span) for each in named]
    layout: Layout = {"yaxis": {"title": {"text": _("share (1 = all)")}, "range": list(span)}}
    alt = " ".join([_("{title}: lines over {x}.").format(title=title, x=_("training step")), *map(describe, lines)])
    return _whole_budget(
        _readable_names(drawn(lines, lines, title, _("training step"), layout, alt, behind), lines), named
    )


def _readable_names(chart: Chart, lines: Sequence[Line]) -> Chart:
    """Names at the ends of the lines, or above the chart where they are too many or too long for its edge."""
    return (
        chart
        if len(lines) <= MOST_NAMED and max(len(line.name) for line in lines) <= LONGEST_NAME
        else named_above(chart)
    )


def _whole_budget(chart: Chart, named: Sequence[Named]) -> Chart:
    """The axis of steps ends at the budget, so that it is constant and the same for charts side by side."""
    drawn_here = chart.figure.to_plotly_json()
    layout, budget = drawn_here["layout"], named[0].budget
    axis = layout["xaxis"] | {"range": [-0.01 * budget, 1.01 * budget]}
    return Chart(Figure(drawn_here["data"], layout | {"xaxis": axis}), chart.alt, chart.note)


@dataclass(frozen=True)
class Reach:
    """One cell over lengths: the final loss of every seed."""

    name: str
    look: Look
    lengths: Array  # (n,)
    losses: Array  # (n, seeds); NaN where a run is not over


def reach_chart(cells: Sequence[Reach], title: str, baseline: tuple[str, float]) -> Chart:
    """The last validation loss over the length T of the task."""
    lines: list[Line] = []
    bands = []
    with np.errstate(all="ignore"):
        for each in cells:
            known = ~np.isnan(each.losses).all(axis=1)
            losses, lengths, look = each.losses[known], each.lengths[known], each.look
            if not len(lengths):
                continue
            lines.append(Curve(each.name, np.nanmedian(losses, axis=1), look.ink, dash=look.dash, at=lengths))
            low, high = np.nanmin(losses, axis=1), np.nanmax(losses, axis=1)
            bands.append(Band(each.name, _log(low), _log(high), look.ink, at=lengths))
    ends = np.array([cells[0].lengths[0], cells[0].lengths[-1]])
    lines.append(Curve(baseline[0], np.full(2, baseline[1]), "baseline", dash="dot", at=ends))
    chart = norm_chart(
        lines, title=title, y_title=_("loss (log scale)"), x_title=_("length T of the task"), bands=bands
    )
    return _readable_names(chart, lines)


def loss_result(named: Sequence[Named]) -> str:
    """Which setting has the lowest loss now, and which the highest, by the medians of their seeds."""
    low, high = _extremes(named)
    said = _("Validation loss: {best} is lowest at {low}, {worst} highest at {high}")
    if number(low[1]) == number(high[1]):
        said = _("Validation loss: {best} is at {low}")
    return said.format(best=low[0], low=number(low[1]), worst=high[0], high=number(high[1]))


def success_result(named: Sequence[Named], measure: str) -> str:
    low, high = _extremes(named)
    said = _("{measure}: {best} reaches {high}, {worst} {low}")
    if f"{low[1]:.0%}" == f"{high[1]:.0%}":
        said = _("{measure}: {best} reaches {high}")
    return said.format(measure=measure, best=high[0], high=f"{high[1]:.0%}", worst=low[0], low=f"{low[1]:.0%}")


def _extremes(named: Sequence[Named]) -> tuple[tuple[str, float], tuple[str, float]]:
    """The settings with the smallest and the largest last median, to two digits. A run that has diverged counts as the largest."""
    ends = [(each.name, float(f"{each.spread.median[-1]:.2g}")) for each in named]
    ends = [(name, end if np.isfinite(end) else np.inf) for name, end in ends]
    return min(ends, key=lambda end: end[1]), max(ends, key=lambda end: end[1])


def _log(values: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(np.log10(values))


def _linear_band(each: Named, span: tuple[float, float]) -> dict[str, object]:
    steps, low, high = each.spread.steps, each.spread.low, each.spread.high
    return {
        "type": "scatter",
        "name": each.name,
        "x": np.concatenate([steps, steps[::-1]]),
        "y": np.clip(np.concatenate([high, low[::-1]]), span[0] - 1, span[1] + 1),
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": INKS[each.look.ink].light,
        "opacity": 0.16,
        "hoverinfo": "skip",
        "showlegend": False,
    }
