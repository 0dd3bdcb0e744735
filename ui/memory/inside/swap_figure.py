"""Two runs of one sentence with a word changed, and between them how much of the answer each swapped unit brings back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_core.arrays import Array
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import CELL_DASHES, INKS, SOFT_DIVERGING_LIGHT, TEXT, text_ink
from ui.i18n import _

CLOSE = 0.2  # of the height: the names of two ends this close are moved apart
LEAST_WRITTEN = 0.1  # of a share of the answer
MAP, UPPER, LOWER = (0.27, 0.74), (0.79, 1.0), (0.0, 0.21)  # parts of the height


@dataclass(frozen=True)
class Roads:
    """The answer after each step (T,)."""

    clean: Array
    corrupted: Array
    swapped: Array


@dataclass(frozen=True)
class Answer:
    """How an answer is drawn and written."""

    ends: tuple[str, str]  # the names of the ends of its axis
    title: str
    changed: str  # the name of the corrupted run
    report: str  # {clean}, {corrupted} and {swapped} at the end
    write: Callable[[float], str]
    hover: str  # d3's format of a value
    low: float = 0.0
    high: float = 1.0
    named_steps: tuple[int, int] = (1, 0)  # the name of every so many steps is written, from this one on
    note: str = ""  # what was changed, where the names of the steps do not say it


def probability(ends: tuple[str, str], are_words: bool = True) -> Answer:
    """`ends` names the answers 0 and 1; a word was changed, or a symbol."""
    report = (
        _("P({answer}) at the end: {{clean}} clean, {{corrupted}} with the word changed, {{swapped}} swapped.")
        if are_words
        else _("P({answer}) at the end: {{clean}} clean, {{corrupted}} with the symbol changed, {{swapped}} swapped.")
    )
    return Answer(
        ends,
        _("Share of the answer that comes back, in percent, by the unit and the word after which it is swapped")
        if are_words
        else _("Share of the answer that comes back, in percent, by the unit and the symbol after which it is swapped"),
        _("one word changed") if are_words else _("one symbol changed"),
        report.format(answer=ends[1].replace("{", "{{").replace("}", "}}")),
        lambda share: f"{share:.0%}",
        ".1%",
    )


def swapped_shares(
    shares: Array,
    rows: Sequence[str],
    words: Sequence[str],
    roads: Roads,
    place: tuple[int, int],
    answer: Answer,
) -> Chart:
    """shares (R, T): how much of the answer comes back, in percent where it is worth a number. `place` is the swap whose run is
    drawn below: its word and its row."""
    title = answer.title
    xs = np.arange(len(words), dtype=np.float64)
    step, chosen = place
    changed, swapped = answer.changed, _("swapped")
    traces = [
        _cells(shares, rows, words, title),
        _road(xs, roads.clean, _("clean"), "y", "solid", "y2", words, answer),
        _road(xs, roads.corrupted, changed, "baseline", "dash", "y3", words, answer),
        _road(xs[step:], roads.swapped[step:], swapped, "c", CELL_DASHES["rnn"], "y3", words[step:], answer),
    ]
    frame = dict(type="rect", x0=step - 0.5, x1=step + 0.5, y0=chosen - 0.5, y1=chosen + 0.5)
    frame["line"] = {"color": INKS["h"].light, "width": 3}
    arrow = dict(type="line", xref="x", yref="paper", x0=step, x1=step, line={"color": INKS["h"].light, "width": 1.5})
    margin = 0.05 * (answer.high - answer.low)
    axis: dict[str, Any] = {
        "anchor": "x",
        "range": [answer.low - margin, answer.high + margin],
        "tickvals": [answer.low, answer.high],
        "ticktext": list(answer.ends),
        "showgrid": True,
    }
    height, apart = answer.high - answer.low, float(roads.swapped[-1] - roads.corrupted[-1])
    gap = float(np.copysign(CLOSE / 2 * height, apart)) if abs(apart) < CLOSE * height else 0.0
    traces += [
        _end(xs, roads.clean, _("clean"), "y", "y2", answer),
        _end(xs, roads.corrupted, changed, "baseline", "y3", answer, -gap),
        _end(xs, roads.swapped, swapped, "c", "y3", answer, gap),
    ]
    named = slice(answer.named_steps[1], None, answer.named_steps[0])
    layout: Layout = {
        "xaxis": {
            "tickvals": xs[named],
            "ticktext": list(words)[named],
            "side": "top",
            "showgrid": False,
            "range": [-0.5, len(words) - 0.5],
            "anchor": "free",
            "position": 1.0,
            "tickfont": {"size": 16},
        },
        "yaxis": {
            "tickvals": np.arange(len(rows)),
            "ticktext": list(rows),
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
            "domain": list(MAP),
        },
        "yaxis2": {**axis, "domain": list(UPPER)},
        "yaxis3": {**axis, "domain": list(LOWER)},
        "shapes": [frame, {**arrow, "y0": MAP[1], "y1": UPPER[0]}, {**arrow, "y0": LOWER[1], "y1": MAP[0]}],
        "margin": {"t": 40, "b": 12, "l": 84, "r": 150},
        "showlegend": False,
    }
    row, column = map(int, np.unravel_index(int(shares[1:].argmax()), shares[1:].shape))
    alt = _("{title}. The most of a single unit: {unit} after “{word}”, {share}.").format(
        title=title, unit=rows[row + 1], word=words[column], share=f"{shares[row + 1, column]:.0%}"
    )
    ends = {"clean": roads.clean, "corrupted": roads.corrupted, "swapped": roads.swapped}
    reported = answer.report.format(**{name: answer.write(float(road[-1])) for name, road in ends.items()})
    return Chart(figure(traces, title=title, height=560, **layout), f"{alt} {reported}")


def _cells(shares: Array, rows: Sequence[str], words: Sequence[str], title: str) -> Trace:
    written = [
        [f"{100 * share:.0f}".replace("-", "−") if abs(share) >= LEAST_WRITTEN else "" for share in row]
        for row in shares
    ]
    return dict(
        type="heatmap",
        meta="wide",
        name=title,
        x=np.arange(len(words)),
        y=np.arange(len(rows)),
        z=shares,
        zmin=-1.0,
        zmax=1.0,
        colorscale=list(zip((0.0, 0.5, 1.0), SOFT_DIVERGING_LIGHT, strict=True)),
        customdata=[[f"{row}, {word}" for word in words] for row in rows],
        text=written,
        texttemplate="%{text}",
        textfont={"size": 14, "color": TEXT},
        xgap=2,
        ygap=2,
        showscale=False,
        hovertemplate="%{customdata}<br><b>%{z:.1%}</b><extra></extra>",
    )


def _road(
    xs: Array, values: Array, name: str, ink: str, dash: str, axis: str, words: Sequence[str], answer: Answer
) -> Trace:
    return dict(
        type="scatter",
        mode="lines+markers",
        name=name,
        x=xs,
        y=values,
        yaxis=axis,
        customdata=list(words),
        line={"color": INKS[ink].light, "width": 4, "dash": dash, "shape": "spline"},
        marker={"size": 8, "color": INKS[ink].light},
        hovertemplate=f"{name}, %{{customdata}}<br><b>%{{y:{answer.hover}}}</b><extra></extra>",
    )


def _end(xs: Array, values: Array, name: str, ink: str, axis: str, answer: Answer, moved: float = 0.0) -> Trace:
    """The last value and the name of a road; a narrow chart has room for the value alone."""
    return dict(
        type="scatter",
        mode="text",
        meta="end",
        x=[float(xs[-1])],
        y=[float(values[-1]) + moved],
        yaxis=axis,
        text=[f"\N{EM SPACE}<b>{answer.write(float(values[-1]))}</b> {name}"],
        textposition="middle right",
        textfont={"color": text_ink(ink).light, "size": 14},
        cliponaxis=False,
        hoverinfo="skip",
    )
