"""Norms over time on a logarithmic scale: vanishing and exploding are straight lines there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from ui.figures.bands import Band, band_trace, describe_band, drawable_ends
from ui.figures.chart import Chart, Layout, remark
from ui.figures.lines import MOST_POINTS, Line, describe, drawn
from ui.figures.style import text_ink
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _

_ROOM_OUTSIDE = 0.5  # of the height of what must be seen
_ROOM_FOR_WORDS = 0.06
_TICKS = (1, 2, 5, 10, 20, 50, 100, 200)
_MOST_TICKS = 5
_SMALLEST, _LARGEST = -324.0, 308.0  # powers of ten that a double can hold


def norm_chart(
    lines: Sequence[Line],
    *,
    title: str,
    y_title: str,
    x_title: str = "",
    x_letter: str = "",
    read_from: Literal["start", "end"] = "start",
    bands: Sequence[Band] = (),
    most: int = MOST_POINTS,
) -> Chart:
    """Each line is drawn up to its first value that has no logarithm (0, infinite, not a number), and marked there.

    `read_from="end"` for what flows backward, such as gradients: the first such value is then the last one in time.
    The bands stand behind the lines. `x_letter` is what a mark calls the axis when it does not count steps in time: k = 12.
    """
    cut = [until_bad(line, read_from) for line in lines]
    shown = [line for line, _bad in cut]
    span, tick = scale_of(shown, bands)
    layout: Layout = {
        "yaxis": {
            "type": "log",
            "title": {"text": y_title},
            "range": list(span),
            "dtick": tick,
            "tickfont": {"size": 11},  # plotly writes powers of ten a quarter larger
        },
        "annotations": [
            mark_at(line, bad, read_from, span, x_letter)
            for line, (_shown, bad) in zip(lines, cut, strict=True)
            if bad is not None and line.in_scale
        ],
    }
    words = [
        describe(line) + ("" if bad is None else " " + what_happens(line, bad))
        for line, (_cut, bad) in zip(lines, cut, strict=True)
    ]
    alt = " ".join(
        [_("{title}: lines on a logarithmic scale over {x}.").format(title=title, x=x_title or _("step t")), *words]
    )
    alt = " ".join([alt, *(describe_band(band) for band in bands if not np.isnan(band.low).all())])
    return drawn(shown, lines, title, x_title, layout, alt, [band_trace(band, span, most) for band in bands], most)


def scale_of(lines: Sequence[Line], bands: Sequence[Band]) -> tuple[tuple[float, float], float | str]:
    """Limits in powers of ten, and a tick's step.

    The limits are half ticks: the axis stands still while a slider moves a little, and a constant norm is a flat line and
    not magnified noise. What need not be in the scale gets at most half as much room again.
    """
    low, high = _reach([_exponents(line) for line in lines if line.in_scale] + [drawable_ends(band) for band in bands])
    outer_low, outer_high = _reach([_exponents(line) for line in lines] + [np.array([low, high])])
    room = max(3.0, _ROOM_OUTSIDE * (high - low))
    low, high = max(outer_low, low - room), min(outer_high, high + room)
    if high - low < 1.4:  # within a power of ten plotly's "D1" names 2, 3, 4 and so on, its "D2" only 2 and 5
        ends = (float(np.floor(low - 0.05)), float(np.ceil(high + 0.05)))
        return ends, "D1" if ends[1] - ends[0] == 1 else "D2"
    tick = next(step for step in _TICKS if step * _MOST_TICKS >= high - low)
    half = tick / 2
    low = max(_SMALLEST, float(np.floor((low - 0.05) / half)) * half)
    # Above the largest float64 there is space for text but no tick: plotly would label it as infinite.
    room = min(_ROOM_FOR_WORDS * (_LARGEST - low), tick - _LARGEST % tick - 1.0)
    return (low, min(_LARGEST + room, float(np.ceil((high + 0.05) / half)) * half)), tick


def _exponents(line: Line) -> Array:
    return np.log10(line.values[np.isfinite(line.values) & (line.values > 0)])


def _reach(groups: Sequence[Array]) -> tuple[float, float]:
    values = np.concatenate(groups)
    return (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)


def until_bad(line: Line, read_from: Literal["start", "end"]) -> tuple[Line, int | None]:
    """The line with everything from its first bad value on taken out, and where that is."""
    drawable = np.isfinite(line.values) & (line.values > 0)
    if drawable.all():
        return line, None
    places = np.flatnonzero(~drawable)
    bad = int(places[0] if read_from == "start" else places[-1])
    keep = np.arange(len(line.values)) < bad if read_from == "start" else np.arange(len(line.values)) > bad
    return replace(line, values=np.where(keep, line.values, np.nan)), bad


def what_happens(line: Line, bad: int) -> str:
    value = float(line.values[bad])
    return _("At {step} it is {value}.").format(
        step=f"{line.steps[bad]:g}",
        value=_("exactly 0 (too small for the computer)") if value == 0 else number(value),
    )


def mark_at(
    line: Line, bad: int, read_from: Literal["start", "end"], span: tuple[float, float], x_letter: str
) -> dict[str, Any]:
    """A cross at the end of the line, with the reason why it ends."""
    value = float(line.values[bad])
    neighbour = bad - 1 if read_from == "start" else bad + 1
    known = 0 <= neighbour < len(line.values) and np.isfinite(line.values[neighbour]) and line.values[neighbour] > 0
    height = float(np.log10(line.values[neighbour])) if known else sum(span) / 2
    at, what = f"{line.steps[bad]:g}", "0" if value == 0 else number(value)
    text = f"{x_letter} = {at}: {what}" if x_letter else _("step {step}: {what}").format(step=at, what=what)
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
        font={"color": text_ink(line.ink).light, "size": 13},
    )
