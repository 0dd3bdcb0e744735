"""Norms k steps back from the loss: the LSTM's two paths, the singular values, and what is left of a memory."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnn_core.analysis.gradient_norms import GradientNorms
from ui.figures.chart import Chart
from ui.figures.lines import DASHES, Line
from ui.figures.norms import norm_chart
from ui.figures.thin import Array
from ui.figures.words import subscript
from ui.i18n import _

MOST_VALUES = 5  # singular values that have a line of their own


def back_from_end(logs: Array, end: int) -> Array:
    """(end+1,): logs (T+1,) over steps, read from the end of the run back to h_0."""
    return logs[end::-1]


def line_of(name: str, norms: GradientNorms, logs: Array, ink: str, dash: str = "solid") -> Line:
    with np.errstate(over="ignore", under="ignore"):
        return Line(name, 10.0 ** back_from_end(logs[0], int(norms.ends[0])), ink, 0, dash=dash)


def ceiling(bound: Array) -> Line:
    """It may be hundreds of powers of ten above what it bounds."""
    with np.errstate(over="ignore", under="ignore"):
        return Line("(s₁γ)ᵏ", 10.0**bound, "baseline", 0, dash="dot", in_scale=False)


def lstm_paths_chart(lstm: GradientNorms) -> Chart:
    """The gradient on the cell, split exactly."""
    assert lstm.c is not None
    assert lstm.highway is not None
    assert lstm.gates is not None
    by_gates = line_of(_("by gates"), lstm, lstm.gates, "output_gate", "dash")
    return norm_chart(
        [
            line_of(_("all of it"), lstm, lstm.c, "c"),
            line_of(_("cell alone"), lstm, lstm.highway, "forget_gate"),
            replace(by_gates, values=by_gates.values[1:], first_step=1),  # at the end nothing has met a gate yet
        ],
        title=_("The LSTM’s gradient on c, by the way it came"),
        y_title=_("norm (log scale)"),
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
    lines.append(ceiling(bound[: K + 1]))
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
    """The remaining share of a memory, for several forget biases; the first is the visitor's."""
    return norm_chart(
        [
            Line(name, 10.0**logs, "forget_gate", 0, dash=dash)
            for (name, logs), dash in zip(lines, DASHES, strict=False)
        ],
        title=_("Share of a memory left after k time steps, all weights zero"),
        y_title=_("share left (log scale)"),
        x_title=_("steps k"),
        x_letter="k",
    )
