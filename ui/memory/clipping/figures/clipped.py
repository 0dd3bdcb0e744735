"""The effect of clipping on losses, on gradients, and on each step's contribution to the gradient of a real network."""

import math
from collections.abc import Sequence

import numpy as np

from ui.figures.bands import power_of_ten
from ui.figures.chart import Chart
from ui.figures.lines import Line, lines_over_time
from ui.figures.norms import norm_chart
from ui.figures.thin import Array
from ui.i18n import _
from ui.memory.clipping.figures.cliff import Path


def loss_chart(paths: Sequence[Path]) -> Chart:
    return lines_over_time(
        [Line(path.name, path.descent.losses, path.ink, 0, dash=path.dash) for path in paths],
        title=_("Loss E, step by step"),
        y_title="E",
        x_title=_("step of descent"),
    )


def gradient_chart(paths: Sequence[Path], threshold: float) -> Chart:
    """The raw gradient on each path, which is the step without clipping."""
    lengths = [np.linalg.norm(path.descent.gradients, axis=1) for path in paths]
    lines = [Line(path.name, length, path.ink, 0, dash=path.dash) for path, length in zip(paths, lengths, strict=True)]
    limit = Line(_("threshold c"), np.full(len(lengths[0]), threshold), "baseline", 0, dash="dot")
    return norm_chart(
        [*lines, limit],
        title=_("Norm of the gradient before clipping"),
        y_title=_("norm (log scale)"),
        x_title=_("step of descent"),
    )


def clipped_run_chart(raw: Array, clipped: Array, before: float, after: float, *, title: str) -> Chart:
    """The contribution of each step (T,), with the norm of the whole gradient before and after clipping.

    Raw and clipped values are equal where nothing was clipped: then the raw line is visible between the dashes.
    """
    whole = _("{title}: norm {before} before clipping, {after} after clipping").format(
        title=title, before=_length(before), after=_length(after)
    )
    return norm_chart(
        [
            Line(_("before clipping"), raw[1:], "gradient", 2),  # step 1 adds nothing: it reads h_0 = 0
            Line(_("after clipping"), clipped[1:], "input_gate", 2, dash="dash"),
        ],
        title=whole,
        y_title=_("part of the gradient"),
        read_from="end",
    )


def _length(length: float) -> str:
    return power_of_ten(math.log10(length))
