"""Norms over time on a logarithmic scale: vanishing and exploding are straight lines there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from ui.figures.bands import Band, band_trace, describe_band, drawable_ends
from ui.figures.chart import Chart, remark
from ui.figures.lines import Line, describe, drawn
from ui.figures.style import INKS
from ui.figures.words import number
from ui.i18n import _


def norm_chart(
    lines: Sequence[Line],
    *,
    title: str,
    y_title: str,
    x_title: str = "",
    read_from: Literal["start", "end"] = "start",
    bands: Sequence[Band] = (),
) -> Chart:
    """Each line is drawn up to its first value that has no logarithm (0, infinite, not a number), and marked there.

    `read_from="end"` for what flows backward, such as gradients: the first such value is then the last one in time.
    The bands stand behind the lines.
    """
    cut = [_until_bad(line, read_from) for line in lines]
    shown = [line for line, _bad in cut]
    positive = np.concatenate([line.values for line in shown])
    exponents = np.concatenate([np.log10(positive[np.isfinite(positive)]), *map(drawable_ends, bands)])
    # Whole powers of ten: the axis stands still for small changes, and a constant norm is a flat line and not magnified noise.
    low, high = (float(exponents.min()), float(exponents.max())) if exponents.size else (0.0, 0.0)
    span = (float(np.floor(low - 0.05)), float(np.ceil(high + 0.05)))
    layout: dict[str, Any] = {
        "yaxis": {
            "type": "log",
            "title": {"text": y_title},
            "range": list(span),
            # Less than a power of ten has its own digits: plotly's "D1" names 2, 3, 4 and so on.
            "dtick": max(1, round((span[1] - span[0]) / 6)) if span[1] - span[0] >= 1.5 else "D1",
            "tickfont": {"size": 11},  # plotly writes powers of ten a quarter larger
        },
        "annotations": [
            _mark(line, bad, read_from, span) for line, (_shown, bad) in zip(lines, cut, strict=True) if bad is not None
        ],
    }
    words = [
        describe(line) + ("" if bad is None else " " + _what_happens(line, bad))
        for line, (_cut, bad) in zip(lines, cut, strict=True)
    ]
    alt = " ".join(
        [_("{title}: lines on a logarithmic scale over {x}.").format(title=title, x=x_title or _("step t")), *words]
    )
    if bands:
        alt = " ".join([alt, *map(describe_band, bands)])
    return drawn(shown, lines, title, x_title, layout, alt, [band_trace(band, span) for band in bands])


def _until_bad(line: Line, read_from: Literal["start", "end"]) -> tuple[Line, int | None]:
    """The line with everything from its first bad value on taken out, and where that is."""
    drawable = np.isfinite(line.values) & (line.values > 0)
    if drawable.all():
        return line, None
    places = np.flatnonzero(~drawable)
    bad = int(places[0] if read_from == "start" else places[-1])
    keep = np.arange(len(line.values)) < bad if read_from == "start" else np.arange(len(line.values)) > bad
    return replace(line, values=np.where(keep, line.values, np.nan)), bad


def _what_happens(line: Line, bad: int) -> str:
    value = float(line.values[bad])
    return _("At {step} it is {value}.").format(
        step=f"{line.steps[bad]:g}",
        value=_("exactly 0 (too small for the computer)") if value == 0 else number(value),
    )


def _mark(line: Line, bad: int, read_from: Literal["start", "end"], span: tuple[float, float]) -> dict[str, Any]:
    """A cross where the line ends, and why."""
    value = float(line.values[bad])
    neighbour = bad - 1 if read_from == "start" else bad + 1
    known = 0 <= neighbour < len(line.values) and np.isfinite(line.values[neighbour]) and line.values[neighbour] > 0
    height = float(np.log10(line.values[neighbour])) if known else sum(span) / 2
    text = _("step {step}: {what}").format(step=f"{line.steps[bad]:g}", what="0" if value == 0 else number(value))
    # Beside the line's end where the line is not; where that is too near the edge for words, on the free side of its slope.
    place = bad / max(1, len(line.values) - 1)
    to_the_left = place > 0.25 if read_from == "end" else place > 0.75
    over_the_line = to_the_left != (read_from == "end")
    further = 2 * neighbour - bad
    rises = known and 0 <= further < len(line.values) and (line.values[further] > line.values[neighbour])
    below = bool(rises)  # the line goes up from its end: the room is under it
    return remark(
        f"{text} ✕" if to_the_left else f"✕ {text}",
        x=float(line.steps[bad]),
        y=height,
        xanchor="right" if to_the_left else "left",
        yanchor=("top" if below else "bottom") if over_the_line else "middle",
        yshift=(-6 if below else 6) if over_the_line else 0,
        font={"color": INKS[line.ink].light, "size": 13},
    )
