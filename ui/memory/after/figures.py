"""Pictures of the page after the LSTM: a memory of pairs and its errors, gradients through time, parity."""

from collections.abc import Sequence

import numpy as np

from rnn_core.studies.modern.comparison import CellRun
from rnn_core.studies.modern.pairs import RecallCurves, Rule
from rnn_core.studies.modern.recurrences import ParityLanes
from ui.figures.bars import bars
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.heatmap import SIGNED_COLOURS
from ui.figures.lines import Line, lines_over_time, unit_lines
from ui.figures.marks import marked
from ui.figures.matrix import matrix
from ui.figures.norms import norm_chart
from ui.figures.style import CELL_DASHES, ZERO
from ui.figures.style import INKS as INKS_OF_SYMBOLS
from ui.figures.thin import Array
from ui.i18n import _

STAGE_HEIGHT = 540  # about as tall as the stage makes them: names at the ends of lines need to know it
WITH_A_MATRIX: tuple[Rule, ...] = ("hebbian", "delta")
INKS: dict[Rule, str] = {"hebbian": "gru", "delta": "lstm", "gated_delta": "forget_gate", "softmax": "y"}


def rule_names() -> dict[Rule, str]:
    return {
        "hebbian": _("Hebbian"),
        "delta": _("delta rule"),
        "gated_delta": _("gated delta rule"),
        "softmax": _("softmax attention"),
    }


def outputs_chart(run: CellRun, name: str) -> Chart:
    units = range(min(3, run.outputs.shape[1]))
    title = _("{cell}: the first outputs").format(cell=name)
    return unit_lines(run.outputs, units, title=title, symbol="y", ink="h")


def gradient_chart(runs: dict[str, CellRun]) -> Chart:
    """The norm of the gradient on the state after each step, or on the inputs where a cell has no state."""
    lines = [
        Line(name, run.input_gradient, ink, 1, dash=dash)
        if run.state_gradient is None
        else Line(name, run.state_gradient, ink, 0, dash=dash)
        for (name, run), (ink, dash) in zip(runs.items(), (("h", "solid"), ("lstm", CELL_DASHES["lstm"])), strict=False)
    ]
    title = _("Gradient through time")
    return norm_chart(lines, title=title, y_title=_("norm (log scale)"), x_title=_("step t"), read_from="end")


def memory_matrices(states: Sequence[Array], N: int) -> list[Chart]:
    """The memories of the rules with a matrix, on one scale."""
    reach = max(float(np.abs(state).max()) for state in states) or 1.0
    names = rule_names()
    charts = []
    for state, rule in zip(states, WITH_A_MATRIX, strict=True):
        places = [str(place + 1) for place in range(len(state))]
        title = _("{rule}: S after {N} pairs").format(rule=names[rule].capitalize(), N=N)
        charts.append(
            matrix(
                state,
                title=title,
                rows=places,
                columns=places,
                row_title=_("value"),
                column_title=_("key"),
                reach=reach,
                most_with_numbers=0,
            )
        )
    return charts


def recall_chart(curves: RecallCurves, d: int, N: int) -> Chart:
    first, last = curves.pairs[0], curves.pairs[-1]
    counts = np.arange(first, last + 1, dtype=np.float64)
    lines = [
        Line(rule_names()[rule], np.interp(counts, curves.pairs, error), INKS[rule], first)
        for rule, error in curves.error.items()
    ]
    top = 1.05 * max(1.0, float(max(line.values.max() for line in lines)))
    lines.append(Line(_("theory (N − 1)/d"), (counts - 1.0) / d, "baseline", first, dash="dot"))
    chart = lines_over_time(
        lines,
        title=_("Squared error of a read"),
        y_title=_("mean error"),
        x_title=_("pairs N"),
        y_range=(-0.03 * top, top),
        height=STAGE_HEIGHT,
    )
    return marked(chart, [(float(d), "d"), (float(N), "N")])


def read_bars(hebbian: Array, delta: Array) -> tuple[Chart, Chart]:
    """The squared error of every stored pair, on one scale."""
    highest = 1.15 * max(1.0, float(hebbian.max()), float(delta.max()))
    names = [str(place + 1) for place in range(len(hebbian))]
    titles = (_("Hebbian: error of every pair"), _("Delta rule: error of every pair"))
    first, second = (
        bars(each, names, title=title, y_title=_("squared error"), x_title=_("pair"), inks=ink, y_range=(0.0, highest))
        for each, title, ink in zip((hebbian, delta), titles, ("gru", "lstm"), strict=True)
    )
    return first, second


def parity_chart(bits: Array, lanes: ParityLanes) -> Chart:
    """The bits and their parity; below, the state of each cell, with a cross where its best threshold is wrong."""
    steps = np.arange(1.0, len(bits) + 1)
    cells = {"positive_gate": _("positive gate"), "sign": _("sign ±1"), "lstm": "LSTM", "gru": "GRU"}
    states = np.stack([getattr(lanes, name) for name in cells])
    counts = [int(lanes.right[name].sum()) for name in cells]
    given = _lanes(steps, np.stack([bits, lanes.parity]), [0.0, 1.0], [_("bits"), _("parity")], 0.0)
    given["colorscale"] = [[0.0, ZERO.light], [1.0, INKS_OF_SYMBOLS["x"].light]]
    drawn = _lanes(steps, states, [2.2 + 1.2 * row for row in range(4)], list(cells.values()), -1.0)
    drawn["colorscale"] = SIGNED_COLOURS
    wrong = [(step, drawn["y"][row]) for row, name in enumerate(cells) for step in steps[lanes.right[name] == 0]]
    crosses = dict(
        type="scatter",
        mode="markers",
        x=[step for step, _row in wrong],
        y=[row + 0.5 for _step, row in wrong],
        marker={"symbol": "x-thin", "size": 8, "line": {"width": 2, "color": INKS_OF_SYMBOLS["loss"].light}},
        name=_("wrong"),
        hoverinfo="skip",
        cliponaxis=False,
    )
    labels = [f"<b>{_('bits')}</b>", f"<b>{_('parity')}</b>"]
    labels += [
        f"<b>{label}</b><br>" + _("{right} of {all} right").format(right=count, all=len(bits))
        for label, count in zip(cells.values(), counts, strict=True)
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": _("step t")}, "range": [0.5, len(bits) + 0.5], "showgrid": False},
        "yaxis": {
            "tickvals": [*given["y"], *drawn["y"]],
            "ticktext": labels,
            "range": [6.5, -0.5],
            "showgrid": False,
            "tickfont": {"size": 15},
        },
        "margin": {"l": 130, "r": 8},
    }
    title = _("States of four cells; a cross: the best threshold gives the wrong parity")
    reported = " ".join(
        _("{cell}: {right} of {all} right.").format(cell=label, right=count, all=len(bits))
        for label, count in zip(cells.values(), counts, strict=True)
    )
    return Chart(figure([given, drawn, crosses], title=title, height=STAGE_HEIGHT, **layout), f"{title}. {reported}")


def _lanes(steps: Array, values: Array, rows: list[float], names: list[str], low: float) -> Trace:
    return dict(
        type="heatmap",
        x=steps,
        y=rows,
        z=values,
        zmin=low,
        zmax=1.0,
        customdata=[[name] * len(steps) for name in names],
        showscale=False,
        ygap=10,
        hovertemplate="%{customdata}, %{x}<br><b>%{z:.4~g}</b><extra></extra>",
    )
