"""The stage's chart: the norm of the gradient of the three cells, k steps back from the loss, with what bounds the RNN's."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from rnn_core.analysis.gradient_norms import GradientNorms
from ui.figures.bands import Band, band_trace, describe_band, power_of_ten
from ui.figures.chart import CLEAR, Chart, Layout, figure
from ui.figures.lines import Line, describe, spread
from ui.figures.norms import mark_at, scale_of, until_bad, what_happens
from ui.figures.style import CELL_DASHES, INKS, LSTM_HIDDEN_DASH, MUTED, text_ink
from ui.figures.thin import Array, thin
from ui.figures.words import thinned_note
from ui.i18n import _
from ui.memory.gradients.figures.flow import back_from_end, ceiling, line_of

MOST_POINTS = 800  # a line and its band; more points would delay a dial and show no more
HEIGHT = 560  # of the stage, about: its names keep their distance by it
NAME_GAP = 22 / (HEIGHT - 110)  # of the axis
BESIDE = 0.03  # of the axis: where the names begin
NAME_WIDTH = 168  # pixels, for a name and a number


def norms_chart(
    rnn: GradientNorms,
    gru: GradientNorms,
    lstm: GradientNorms,
    bound: Array,
    chance: Sequence[GradientNorms | None],
    *,
    title: str,
) -> Chart:
    """`chance` are the same three over several seeds, as far as they are known. The LSTM has two lines: on h and on c."""
    assert lstm.c is not None
    lines = [
        line_of("RNN", rnn, rnn.h, "rnn", CELL_DASHES["rnn"]),
        line_of("GRU", gru, gru.h, "gru", CELL_DASHES["gru"]),
        line_of("LSTM: c", lstm, lstm.c, "lstm", CELL_DASHES["lstm"]),
        line_of("LSTM: h", lstm, lstm.h, "lstm", LSTM_HIDDEN_DASH),
        ceiling(bound),
    ]
    bands = [
        _band(name, norms, norms.h if norms.c is None else norms.c, ink) if norms is not None else _to_come(name, ink)
        for name, norms, ink in zip(("RNN", "GRU", "LSTM: c"), chance, ("rnn", "gru", "lstm"), strict=True)
    ]
    cut = [until_bad(line, "start") for line in lines]
    shown = [line for line, _bad in cut]
    (low, high), tick = scale_of(shown, bands)
    last = max(len(line.values) for line in lines) - 1
    ends = [logs[0, 0] for logs in (rnn.h, gru.h, lstm.c, lstm.h)]
    names = [
        f"<b>{line.name}</b> {power_of_ten(float(end))}" for line, end in zip(lines, [*ends, bound[-1]], strict=True)
    ]
    span = (low, high)
    traces = [
        _above(bound, span, last),
        *(band_trace(band, span, MOST_POINTS) for band in bands),
        *map(_drawn, shown),
        *_names(shown, names, span, last),
        _words_above(bound, span, last),
        {
            "type": "scatter",
            "x": [0.0],
            "y": [1.0],
            "xaxis": "x2",
            "mode": "markers",
            "opacity": 0,
            "hoverinfo": "skip",
            "showlegend": False,
        },
    ]
    layout: Layout = {
        "xaxis": _across(_("k steps back from the loss →"), [-0.005 * last, (1.0 + BESIDE) * last]),
        "xaxis2": _across(_("← time step t"), [1.005 * last, -BESIDE * last]) | {"overlaying": "x", "side": "top"},
        "yaxis": {
            "type": "log",
            "title": {"text": _("norm of the gradient")},
            "range": [low, high],
            "dtick": tick,
            "tickfont": {"size": 12},
        },
        "annotations": [
            mark_at(line, bad, "start", span, "k")
            for line, (_shown, bad) in zip(lines, cut, strict=True)
            if bad is not None and line.in_scale
        ],
        "hovermode": "x",
        "hoverdistance": -1,
        "margin": {"r": NAME_WIDTH, "t": 44, "b": 50},
        "meta": {
            "sentence": True,
            "card": {
                "traces": list(range(1 + len(bands), 1 + len(bands) + len(lines))),
                "to": 1 + len(bands),
                "head": _("k = {k} · t = {t}"),
                "columns": [_("norm"), _("to the RNN")],
            },
        },
    }
    most = max(len(line.values) for line in lines)
    note = thinned_note(most, MOST_POINTS) if most > MOST_POINTS else ""
    return Chart(figure(traces, title=title, height=HEIGHT, **layout), _alt(title, cut, lines, bands), note)


def _across(title: str, span: Sequence[float]) -> dict[str, Any]:
    return {"title": {"text": title, "standoff": 4}, "range": list(span), "nticks": 7, "showgrid": False}


def _drawn(line: Line) -> dict[str, Any]:
    shown = thin(line.values[:, None], MOST_POINTS)
    return {
        "type": "scatter",
        "name": line.name,
        "x": line.steps[shown.steps[:, 0]],
        "y": shown.values[:, 0],
        "mode": "lines",
        "line": {"color": INKS[line.ink].light, "width": 2 if line.ink == "baseline" else 3, "dash": line.dash},
        "hoverinfo": "none",  # the card reads all lines at one k
        "showlegend": False,
    }


def _names(lines: Sequence[Line], names: Sequence[str], span: tuple[float, float], last: int) -> list[dict[str, Any]]:
    """One trace a line: from its end, in its dash, to its name and last value. A line that ends or leaves the picture before has
    its name there."""
    low, high = span
    seen = [_last_seen(line, span) for line in lines]
    at_edge = [place is not None and place[0] == last for place in seen]
    edge = [place[1] for place, is_edge in zip(seen, at_edge, strict=True) if place and is_edge]
    heights = iter(spread(edge, (high - low) * NAME_GAP, low, high))
    traces = []
    for line, name, place, is_edge in zip(lines, names, seen, at_edge, strict=True):
        if place is None:
            x, y = [np.nan] * 3, [np.nan] * 3
        elif is_edge:
            height = next(heights)
            x, y = [last, (1 + BESIDE / 3) * last, (1 + BESIDE) * last], [place[1], height, height]
        else:
            x, y = [place[0]] * 3, [min(place[1], high - 0.025 * (high - low))] * 3  # under the upper axis
        y = _powers(np.array(y, dtype=np.float64)).tolist()
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+text",
                "x": x,
                "y": y,
                "text": ["", "", "\N{EN SPACE}" + (name if is_edge else name.replace("</b> ", "</b> → "))],
                "textposition": "middle right",
                "textfont": {"color": text_ink(line.ink).light, "size": 14},
                "line": {"color": INKS[line.ink].light, "width": 2, "dash": line.dash},
                "cliponaxis": False,
                "hoverinfo": "skip",
                "showlegend": False,
                "meta": "end",
            }
        )
    return traces


def _powers(logarithms: Array) -> Array:
    """Powers of ten as far as a double reaches: the scale has room for words above that."""
    shown: Array = 10.0 ** np.clip(logarithms, -323.0, 308.0)
    return shown


def _last_seen(line: Line, span: tuple[float, float]) -> tuple[float, float] | None:
    """k and height of the last value inside the picture."""
    with np.errstate(divide="ignore", invalid="ignore"):
        heights = np.log10(line.values)
    inside = np.flatnonzero(np.isfinite(heights) & (heights >= span[0]) & (heights <= span[1]))
    return (float(inside[-1]), float(heights[inside[-1]])) if inside.size else None


def _above(bound: Array, span: tuple[float, float], last: int) -> dict[str, Any]:
    """Where no gradient of the RNN can be: above the bound."""
    edge = np.clip(np.nan_to_num(bound, nan=0.0), *span)
    steps = np.unique(np.linspace(0, len(bound) - 1, min(len(bound), MOST_POINTS // 2)).round().astype(int))
    return {
        "type": "scatter",
        "x": np.concatenate([steps, [last, 0.0]]).astype(np.float64),
        "y": _powers(np.concatenate([edge[steps], [span[1], span[1]]])),
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": CLEAR,
        "fillpattern": {"shape": "/", "fgcolor": MUTED.light, "fgopacity": 0.22, "size": 9, "solidity": 0.12},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _words_above(bound: Array, span: tuple[float, float], last: int) -> dict[str, Any]:
    """They stand where there is room: at the left under a bound that grows, at the right over one that falls."""
    grows = bound[-1] > 0
    quarter = bound[len(bound) // 4]
    has_room = not grows or quarter < span[1] - 0.12 * (span[1] - span[0])
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0.015 * last if grows else 0.985 * last, np.nan],
        "y": _powers(np.array([span[1] - 0.05 * (span[1] - span[0]), np.nan])),
        "text": [f"<i>{_('no gradient of this RNN can be here')}</i>" if has_room else "", ""],
        "textposition": "middle right" if grows else "middle left",
        "textfont": {"color": MUTED.light, "size": 14},
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": "end",
    }


def _band(name: str, norms: GradientNorms, logs: Array, ink: str) -> Band:
    """Seeds whose runs overflowed are counted from their own ends; where they have no value, the band is that of the other seeds."""
    rows = np.full(logs.shape, np.nan)
    for row, (run, end) in enumerate(zip(logs, norms.ends, strict=True)):
        rows[row, : end + 1] = back_from_end(run, end)
    several = _("{name}, {count} seeds").format(name=name, count=len(logs))
    return Band(several, np.fmin.reduce(rows), np.fmax.reduce(rows), ink)


def _to_come(name: str, ink: str) -> Band:
    nothing = np.array([np.nan])
    return Band(name, nothing, nothing, ink)


def _alt(title: str, cut: Sequence[tuple[Line, int | None]], lines: Sequence[Line], bands: Sequence[Band]) -> str:
    kind = _("{title}: lines on a logarithmic scale over {x}.").format(title=title, x=_("steps back k"))
    words = [
        describe(line) + ("" if bad is None else " " + what_happens(line, bad))
        for line, (_cut, bad) in zip(lines, cut, strict=True)
    ]
    return " ".join([kind, *words, *(describe_band(band) for band in bands if not np.isnan(band.low).all())])
