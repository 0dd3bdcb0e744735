"""A drawing of a sequence task: inputs below, states in the middle, outputs above, with arrows and the numbers so far."""

from collections.abc import Iterator, Sequence

from rnn_core.studies.task_shapes import StepOfTask
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import GRID, INKS, MUTED
from ui.figures.words import number
from ui.i18n import _, listed

ROWS = {"x": 0.0, "h": 1.0, "y": 2.0}
HALF = 0.27  # of the height of a box
Arrow = tuple[float, float, float, float]  # from x, y to x, y


def shape_chart(steps: Sequence[StepOfTask], done: int, *, title: str) -> Chart:
    """`done` steps have run: later boxes are empty."""
    traces = [_boxes(steps, done, row) for row in ROWS]
    layout: Layout = {
        "annotations": [_arrow(arrow, is_done=place <= done) for place, arrow in _arrows(steps)],
        "xaxis": {"range": [0.4, len(steps) + 0.6], "dtick": 1, "title": {"text": _("step t")}, "showgrid": False},
        "yaxis": {
            "range": [-0.5, 2.5],
            "tickvals": list(ROWS.values()),
            "ticktext": [_("input"), _("state"), _("output")],
            "showgrid": False,
        },
        "margin": {"r": 20, "t": 34},
    }
    shown = [number(step.y) for step in steps[:done] if step.y is not None]
    alt = _("{title}: {steps} steps, of which {done} have run. Outputs so far: {outputs}.").format(
        title=title, steps=len(steps), done=done, outputs=listed(shown) or "–"
    )
    return Chart(figure(traces, title=title, height=360, **layout), alt)


def _value(step: StepOfTask, row: str) -> float | None:
    return {"x": step.x, "h": step.h, "y": step.y}[row]


def _boxes(steps: Sequence[StepOfTask], done: int, row: str) -> Trace:
    places = [(at, value) for at, step in enumerate(steps, 1) if (value := _value(step, row)) is not None]
    inks = [INKS["rnn" if row == "h" and steps[at - 1].is_decoder else row].light for at, _value_at in places]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [at for at, _value_at in places],
        "y": [ROWS[row]] * len(places),
        "text": [number(value) if at <= done else "" for at, value in places],
        "marker": {
            "symbol": "circle" if row == "h" else "square",
            "size": 46,
            "color": "rgba(0,0,0,0)",
            "line": {"color": inks, "width": 2},
        },
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
    }


def _arrows(steps: Sequence[StepOfTask]) -> Iterator[tuple[int, Arrow]]:
    """Each with the step at which it is used."""
    for at, step in enumerate(steps, 1):
        if step.x is not None:
            yield at, (at, ROWS["x"] + HALF, at, ROWS["h"] - HALF)
        if step.y is not None:
            yield at, (at, ROWS["h"] + HALF, at, ROWS["y"] - HALF)
        if at > 1:
            yield at, (at - 1 + 0.28, ROWS["h"], at - 0.28, ROWS["h"])
        if step.is_fed_back:
            yield at, (at - 1 + 0.2, ROWS["y"] - HALF, at - 0.2, ROWS["x"] + HALF)


def _arrow(arrow: Arrow, *, is_done: bool) -> dict[str, object]:
    x0, y0, x1, y1 = arrow
    ends = {"ax": x0, "ay": y0, "x": x1, "y": y1, "axref": "x", "ayref": "y", "xref": "x", "yref": "y"}
    look = {"arrowhead": 2, "arrowwidth": 1.6, "arrowcolor": MUTED.light if is_done else GRID}
    return {"text": "", "showarrow": True, **ends, **look}
