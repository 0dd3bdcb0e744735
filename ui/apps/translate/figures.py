"""Attention as lines between input and output and as a matrix, and accuracy by length."""

from collections.abc import Sequence

import numpy as np

from rnn_core.apps.translate.lengths import ByLength
from ui.as_text import in_chart
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import INKS, ZERO
from ui.figures.thin import Array
from ui.i18n import _

LEVELS = (0.05, 0.15, 0.35, 0.6)  # lines are drawn in four strengths; weaker weights are not drawn
SPACE, END = "␣", "∎"


def visible(symbols: Sequence[str]) -> list[str]:
    """The symbols with visible spaces."""
    return [SPACE if symbol == " " else symbol for symbol in symbols]


def attention_lines(
    source: Sequence[str], output: Sequence[str], weights: Array | None, chosen: int, title: str
) -> Chart:
    """The input above, the output below; weights (S, T), or None without attention. `chosen`: a symbol of the output."""
    wide = max(_total_width(source), _total_width(output))
    xs, ys = _spread(source, wide), _spread(output, wide)
    traces = _door(xs, ys, wide) if weights is None else _lines(xs, ys, weights, chosen)
    traces += [
        _row(visible(source), xs, 1.0, "x", None if weights is None else weights[chosen]),
        _row(visible(output), ys, 0.0, "y", None, chosen),
    ]
    layout: Layout = {
        "xaxis": {"range": [0.0, wide], "visible": False},
        "yaxis": {"range": [-0.35, 1.35], "visible": False},
        "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
    }
    if weights is None:
        alt = _("{title}: “{source}” above and “{said}” below; between them there is only the last state.")
        alt = alt.format(title=title, source="".join(source), said="".join(output))
    else:
        looks = ", ".join(
            f"{symbol}: {visible(source)[int(row.argmax())]}" for symbol, row in zip(output, weights, strict=True)
        )
        alt = _("{title}: the input symbol with the largest weight for each output symbol. {looks}.").format(
            title=title, looks=looks
        )
    return Chart(figure(traces, title=title, height=300, **layout), alt)


def _total_width(symbols: Sequence[str]) -> float:
    """The width that the symbols need, in letters; a word has its own length, and a gap."""
    return float(sum(_width(symbol) for symbol in symbols))


def _width(symbol: str) -> float:
    return 1.0 if len(symbol) == 1 else len(symbol) + 1.0


def _spread(symbols: Sequence[str], wide: float) -> Array:
    """The middle of each symbol; the shorter row is spread below the longer one."""
    widths = np.array([_width(symbol) for symbol in symbols])
    return np.asarray((widths.cumsum() - widths / 2) * wide / widths.sum())


def _row(
    symbols: list[str], at: Array, height: float, ink: str, shares: Array | None, chosen: int | None = None
) -> Trace:
    words = any(len(symbol) > 1 for symbol in symbols)
    sizes = [13 if words else 20 if place == chosen else 15 for place in range(len(symbols))]
    if shares is not None:
        sizes = [round(13 + 9 * float(share)) for share in shares]
    return dict(
        type="scatter",
        mode="text",
        x=at,
        y=np.full(len(symbols), height + (0.12 if height else -0.14)),
        text=[f"<b>{shown}</b>" if place == chosen else shown for place, shown in enumerate(map(in_chart, symbols))],
        textfont={"size": sizes, "color": INKS[ink].light},
        hoverinfo="skip",
        showlegend=False,
    )


def _door(xs: Array, ys: Array, wide: float) -> list[Trace]:
    """Without attention: the input ends in one state, and the output starts from it."""
    points = [(x, 1.0, wide / 2, 0.5) for x in xs] + [(wide / 2, 0.5, y, 0.0) for y in ys]
    lines = np.array([[[x, y], [to_x, to_y], [np.nan, np.nan]] for x, y, to_x, to_y in points]).reshape(-1, 2)
    return [
        dict(
            type="scatter",
            mode="lines",
            x=lines[:, 0],
            y=lines[:, 1],
            line={"color": INKS["baseline"].light, "width": 1},
            opacity=0.5,
            hoverinfo="skip",
            showlegend=False,
        ),
        dict(
            type="scatter",
            mode="markers+text",
            x=[wide / 2],
            y=[0.5],
            text=["  h<sub>T</sub>"],
            textposition="middle right",
            textfont={"size": 16, "color": INKS["h"].light},
            marker={"size": 16, "color": INKS["h"].light},
            hoverinfo="skip",
            showlegend=False,
        ),
    ]


def _lines(xs: Array, ys: Array, weights: Array, chosen: int) -> list[Trace]:
    traces = []
    for strong in (False, True):  # the chosen symbol's lines on top, in the colour of attention
        for low, high in zip(LEVELS, (*LEVELS[1:], 1.01), strict=True):
            inside = (weights >= low) & (weights < high)
            inside[np.arange(len(weights)) != chosen if strong else [chosen]] = False
            rows, columns = np.nonzero(inside)
            gap = np.full(len(rows), np.nan)
            traces.append(
                dict(
                    type="scatter",
                    mode="lines",
                    x=np.stack([xs[columns], ys[rows], gap], axis=1).ravel(),
                    y=np.stack([np.ones(len(rows)), np.zeros(len(rows)), gap], axis=1).ravel(),
                    line={"color": INKS["h" if strong else "baseline"].light, "width": 1 + 4 * low},
                    opacity=min(1.0, 0.25 + low) * (1.0 if strong else 0.6),
                    hoverinfo="skip",
                    showlegend=False,
                )
            )
    return traces


def attention_matrix(source: Sequence[str], output: Sequence[str], weights: Array, title: str) -> Chart:
    """weights (S, T) from 0 to 1: a row for each symbol of the output."""
    cells = dict(
        type="heatmap",
        x=np.arange(len(source)),
        y=np.arange(len(output)),
        z=weights,
        zmin=0.0,
        zmax=1.0,
        colorscale=[[0.0, ZERO.light], [1.0, INKS["h"].light]],
        customdata=[[in_chart(f"{one} ← {other}") for other in visible(source)] for one in visible(output)],
        hovertemplate="%{customdata}<br><b>%{z:.3f}</b><extra></extra>",
        colorbar={"thickness": 12, "outlinewidth": 0, "nticks": 5},
    )
    layout: Layout = {
        "xaxis": {
            "tickvals": np.arange(len(source)),
            "ticktext": [in_chart(symbol) for symbol in visible(source)],
            "side": "top",
            "showgrid": False,
            "tickangle": 0,
            "title": {"text": _("input symbols")},
        },
        "yaxis": {
            "tickvals": np.arange(len(output)),
            "ticktext": [in_chart(symbol) for symbol in visible(output)],
            "range": [len(output) - 0.5, -0.5],
            "showgrid": False,
            "title": {"text": _("output symbols")},
        },
        "margin": {"t": 56, "b": 12},
    }
    alt = _("{title}: {rows} output symbols, {columns} input symbols; in each row the weights add up to 1.").format(
        title=title, rows=len(output), columns=len(source)
    )
    height = int(np.clip(110 + 26 * len(output), 220, 560))
    return Chart(figure([cells], title=title, height=height, **layout), alt)


def length_chart(networks: Sequence[tuple[str, bool, ByLength]], title: str, x_title: str) -> Chart:
    """networks: name, whether it is the one on the page, and its shares. The last group is longer than the training data."""
    traces, sentences = [], []
    for name, here, found in networks:
        labels = [*found.labels[:-1], _("beyond")]
        traces.append(
            dict(
                type="scatter",
                mode="lines+markers",
                name=name,
                x=np.arange(len(labels)),
                y=found.shares,
                customdata=[f"{label} ({count})" for label, count in zip(labels, found.counts, strict=True)],
                line={
                    "color": INKS["h" if here else "baseline"].light,
                    "width": 3 if here else 2,
                    "dash": "solid" if here else "dash",
                },
                marker={"size": 9, "symbol": "circle" if here else "square"},
                hovertemplate=f"{name}<br>%{{customdata}}<br><b>%{{y:.1%}}</b><extra></extra>",
                showlegend=True,
            )
        )
        shares = ", ".join(f"{label}: {share:.0%}" for label, share in zip(labels, found.shares, strict=True))
        sentences.append(f"{name}: {shares}.")
    layout: Layout = {
        "xaxis": {"tickvals": np.arange(len(labels)), "ticktext": labels, "title": {"text": x_title}},
        "yaxis": {"range": [-0.05, 1.08], "tickformat": ".0%", "title": {"text": _("exactly right")}},
        "margin": {"l": 64, "r": 20, "t": 40, "b": 50},
    }
    return Chart(figure(traces, title=title, height=340, **layout), f"{title}. {' '.join(sentences)}")
