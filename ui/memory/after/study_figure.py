"""The recorded study on keeping track in one picture: the share of right answers of every cell, task and length."""

from collections.abc import Sequence

import numpy as np

from rnn_core.studies.tracking.results import CELLS, Study
from rnn_core.studies.tracking.tasks import TASKS
from ui.figures.chart import Chart, Layout, figure
from ui.figures.modern_names import NAMES
from ui.figures.style import EARLY_STATE, TEXT, ZERO
from ui.i18n import _

GAP = 0.5  # columns between two tasks


def task_names() -> dict[str, str]:
    return {
        "parity": _("parity"),
        "mod3": _("sum modulo 3"),
        "cups": _("three cups"),
        "copying": _("selective copying"),
        "recall": _("recall of pairs"),
    }


def cell_names() -> dict[str, str]:
    own = {"diagonal_positive": _("diagonal, a in (0, 1)"), "diagonal_signed": _("diagonal, a in (−1, 1)")}
    own |= {"delta_net_negative": _("DeltaNet, β up to 2"), "attention": _("Softmax attention")}
    return {cell: own.get(cell) or NAMES[cell] for cell in CELLS}


def study_chart(study: Study, tasks: Sequence[str]) -> Chart:
    """One row a cell, one column a length; the darker, the further above chance. The first length of a task was trained."""
    starts = np.cumsum([0.0, *(len(TASKS[task].lengths) + GAP for task in tasks)])
    names = task_names()
    rows = list(cell_names().values())
    cells, ticks, lengths, heads, sentences = [], [], [], [], []
    for task, start in zip(tasks, starts, strict=False):
        found = [study.outcome(task, cell) for cell in CELLS]
        each = TASKS[task]
        shares = np.array([[outcome.at(T).mean() for T in each.lengths] for outcome in found if outcome])
        at = start + np.arange(len(each.lengths))
        cells.append(
            dict(
                type="heatmap",
                meta="wide" if len(tasks) > 1 else None,
                name=names[task],
                x=at,
                y=rows,
                z=shares,
                zmin=each.chance,
                zmax=1.0,
                colorscale=[[0.0, ZERO.light], [1.0, EARLY_STATE.light]],
                showscale=False,
                text=[[f"{100 * share:.0f}" for share in row] for row in shares],
                texttemplate="%{text}",
                textfont={"size": 15, "color": TEXT},
                customdata=[list(each.lengths)] * len(rows),
                hovertemplate=f"%{{y}}, {names[task]}, %{{customdata}}<br><b>%{{z:.1%}}</b><extra></extra>",
                xgap=2,
                ygap=3,
            )
        )
        ticks += at.tolist()
        lengths += [f"<b>{T}</b>" if place == 0 else str(T) for place, T in enumerate(each.lengths)]
        heads.append(float(at.mean()))
        best = rows[int(shares[:, -1].argmax())]
        sentences.append(
            _("{task}: at length {length} most are right with {cell}, {share}.").format(
                task=names[task], length=each.lengths[-1], cell=best, share=f"{shares[:, -1].max():.0%}"
            )
        )
    written = dict(
        type="scatter",
        mode="text",
        meta="wide" if len(tasks) > 1 else None,
        x=heads,
        y=[1.0] * len(heads),
        yaxis="y2",
        text=[f"<b>{names[task]}</b>" for task in tasks],
        textposition="top center",
        textfont={"size": 14, "color": TEXT},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    layout: Layout = {
        "xaxis": {
            "tickvals": ticks,
            "ticktext": lengths,
            "showgrid": False,
            "range": [-0.6, ticks[-1] + 0.6],
            "title": {"text": _("length of the tested sequences (bold: the trained one)")},
        },
        "yaxis": {"type": "category", "showgrid": False, "autorange": "reversed"},
        "margin": {"l": 150, "r": 8, "t": 34, "b": 46},
        "yaxis2": {"overlaying": "y", "range": [0.0, 1.0], "visible": False},
    }
    title = _("Percent of right answers: trained on short sequences, tested on longer ones")
    return Chart(figure([*cells, written], title=title, height=520, **layout), f"{title}. {' '.join(sentences)}")
