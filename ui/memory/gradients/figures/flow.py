"""The norm of the gradient k steps back from the loss: the three cells, the LSTM's two paths, the singular values."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnn_core.analysis.gradient_norms import GradientNorms
from ui.figures.bands import Band
from ui.figures.chart import Chart
from ui.figures.lines import DASHES, Line
from ui.figures.norms import norm_chart
from ui.figures.style import CELL_DASHES, LSTM_HIDDEN_DASH
from ui.figures.thin import Array
from ui.figures.words import subscript
from ui.i18n import _

MOST_POINTS = 800  # a line and its band; more points would delay a slider and show no more
MOST_VALUES = 5  # singular values that have a line of their own


def back_from_end(logs: Array, end: int) -> Array:
    """(end+1,): logs (T+1,) over steps, read from the end of the run back to h_0."""
    return logs[end::-1]


def _line(name: str, norms: GradientNorms, logs: Array, ink: str, dash: str = "solid") -> Line:
    with np.errstate(over="ignore", under="ignore"):
        return Line(name, 10.0 ** back_from_end(logs[0], int(norms.ends[0])), ink, 0, dash=dash)


def _ceiling(bound: Array) -> Line:
    """It may be hundreds of powers of ten above what it bounds."""
    with np.errstate(over="ignore", under="ignore"):
        return Line("(s₁γ)ᵏ", 10.0**bound, "baseline", 0, dash="dot", in_scale=False)


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


def flow_chart(
    rnn: GradientNorms,
    gru: GradientNorms,
    lstm: GradientNorms,
    bound: Array,
    chance: Sequence[GradientNorms | None],
) -> Chart:
    """`chance` are the same three over several seeds, as far as they are known. The LSTM has two lines: on h and on c."""
    assert lstm.c is not None
    lines = [
        _line("RNN", rnn, rnn.h, "rnn", CELL_DASHES["rnn"]),
        _line("GRU", gru, gru.h, "gru", CELL_DASHES["gru"]),
        _line("LSTM: c", lstm, lstm.c, "lstm", CELL_DASHES["lstm"]),
        _line("LSTM: h", lstm, lstm.h, "lstm", LSTM_HIDDEN_DASH),
    ]
    lines.append(_ceiling(bound))
    return norm_chart(
        lines,
        title=_("Length of the gradient, k steps back from the loss"),
        y_title=_("length (log scale)"),
        x_title=_("steps back k"),
        x_letter="k",
        bands=[
            _band(name, norms, norms.h if norms.c is None else norms.c, ink)
            if norms is not None
            else _to_come(name, ink)
            for name, norms, ink in zip(("RNN", "GRU", "LSTM: c"), chance, ("rnn", "gru", "lstm"), strict=True)
        ],
        most=MOST_POINTS,
    )


def lstm_paths_chart(lstm: GradientNorms) -> Chart:
    """The gradient on the cell, split exactly."""
    assert lstm.c is not None
    assert lstm.highway is not None
    assert lstm.gates is not None
    by_gates = _line(_("by gates"), lstm, lstm.gates, "output_gate", "dash")
    return norm_chart(
        [
            _line(_("all of it"), lstm, lstm.c, "c"),
            _line(_("cell alone"), lstm, lstm.highway, "forget_gate"),
            replace(by_gates, values=by_gates.values[1:], first_step=1),  # at the end nothing has met a gate yet
        ],
        title=_("The LSTM’s gradient on c, by the way it came"),
        y_title=_("length (log scale)"),
        x_title=_("steps back k"),
        x_letter="k",
    )


def spread_chart(singular_values: Array, bound: Array) -> Chart:
    """singular_values (K+1, H) of the product of k Jacobians; a value is drawn until rounding errors are larger."""
    K, H = singular_values.shape[0] - 1, singular_values.shape[1]
    shown = sorted({round(place) for place in np.linspace(0, H - 1, min(H, MOST_VALUES))})
    lines = [
        Line("σ" + subscript(place + 1), _until_rounding(singular_values[:, place]), "h", 0, dash=dash)
        for place, dash in zip(shown, DASHES, strict=False)
    ]
    lines.append(_ceiling(bound[: K + 1]))
    return norm_chart(
        lines,
        title=_("Singular values of the product of k Jacobians"),
        y_title=_("singular value (log scale)"),
        x_title=_("steps back k"),
        x_letter="k",
    )


def _until_rounding(values: Array) -> Array:
    eaten = np.isnan(values)
    return values[: int(eaten.argmax())] if eaten.any() else values


def memory_chart(lines: Sequence[tuple[str, Array]]) -> Chart:
    """What is left of a memory, for several forget biases; the first is the visitor's."""
    return norm_chart(
        [
            Line(name, 10.0**logs, "forget_gate", 0, dash=dash)
            for (name, logs), dash in zip(lines, DASHES, strict=False)
        ],
        title=_("What is left of a memory after k steps, gates at rest"),
        y_title=_("share left (log scale)"),
        x_title=_("steps k"),
        x_letter="k",
    )
