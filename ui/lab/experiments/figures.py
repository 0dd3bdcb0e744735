"""The units of a network that was trained on a^n b^n, and the largest n that it counts."""

from collections.abc import Sequence

import numpy as np

from rnn_core.lab.counts import CountingRun
from ui.figures.chart import Chart, figure, time_range
from ui.figures.lines import DASHES, Line, lines_over_time
from ui.figures.style import INKS, ZERO
from ui.figures.thin import Array
from ui.figures.words import subscript
from ui.i18n import _
from ui.lab.figures.training import NARROW

FAINT = 0.35
ROW = 44  # pixels for a network


def best_counter(run: CountingRun) -> tuple[int, float]:
    """The unit that follows the number of open a's most closely, and its correlation with it."""
    open_as = np.cumsum([{"a": 1, "b": -1}.get(symbol, 0) for symbol in run.symbols])
    moves = run.memory.std(axis=0) > 1e-9
    if len(run.symbols) < 3 or not moves.any():
        return 0, 0.0
    with np.errstate(all="ignore"):
        scores = [abs(np.corrcoef(run.memory[:, unit], open_as)[0, 1]) for unit in range(run.memory.shape[1])]
    best = int(np.nanargmax(np.where(moves, scores, np.nan)))
    return best, float(scores[best])


def memory_chart(run: CountingRun, symbol: str) -> Chart:
    """All units; the one that counts best is drawn stronger."""
    best, score = best_counter(run)
    ink = "c" if symbol == "c" else "h"
    rest = [unit for unit in range(run.memory.shape[1]) if unit != best]
    lines = [
        Line(
            symbol + subscript(unit + 1),
            run.memory[:, unit],
            "baseline",
            dash=DASHES[place % len(DASHES)],
            opacity=FAINT,
        )
        for place, unit in enumerate(rest)
    ]
    lines.append(Line(symbol + subscript(best + 1), run.memory[:, best], ink))
    title = _("{unit} follows the count with a correlation of {score}").format(
        unit=symbol + subscript(best + 1), score=f"{score:.3f}"
    )
    return lines_over_time(lines, title=title, y_title=symbol, x_title=_("step t: the a’s, then the b’s"))


def counted_chart(names: Sequence[str], right: Array, longest: int) -> Chart:
    """Which strings each network gets right: names (R,), right (R, N) for n = 1..N; trained up to `longest`."""
    ns = np.arange(1, right.shape[1] + 1)
    cells = dict(
        type="heatmap",
        x=ns,
        y=list(names),
        z=right,
        zmin=0.0,
        zmax=1.0,
        colorscale=[[0.0, ZERO.light], [1.0, INKS["h"].light]],
        showscale=False,
        hovertemplate="%{y}, n = %{x}: %{z}<extra></extra>",
        xgap=1,
        ygap=3,
    )
    edge = dict(type="line", x0=longest + 0.5, x1=longest + 0.5, yref="paper", y0=0, y1=1)
    edge["line"] = {"color": INKS["baseline"].light, "width": 2, "dash": "dot"}
    title = _("Which strings are right")
    sentences = [
        _("{name}: {count} of {all} are right.").format(name=name, count=int(row.sum()), all=len(row))
        for name, row in zip(names, right, strict=True)
    ]
    return Chart(
        figure(
            [cells],
            title=title,
            height=110 + ROW * len(names),
            margin=NARROW,
            shapes=[edge],
            xaxis={
                "title": {"text": _("n (dark: right; trained up to the dotted line)")},
                "range": time_range(1, len(ns)),
            },
            yaxis={"type": "category", "showgrid": False, "autorange": "reversed"},
        ),
        f"{title}. {' '.join(sentences)}",
    )
