"""Arrays as small heat maps for a notebook, in HTML with inline SVG: time steps across, units down."""

from collections import defaultdict
from collections.abc import Mapping
from html import escape
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_STEPS, MOST_UNITS = 60, 16  # at most so many are drawn, evenly spaced
LEVELS = 10  # shades on either side of 0
PIXELS = 8  # side of the square that shows one value
BLUE, WHITE, ORANGE, GREY = (33, 102, 172), (255, 255, 255), (179, 88, 6), "#999"


def heat_maps(title: str, maps: Mapping[str, Array], least_scale: float = 0.0) -> str:
    """One heat map for each array (T, H), under a title.

    The darkest shade is the largest absolute value of an array, or `least_scale` where that is larger.

    >>> html = heat_maps("one unit", {"h": np.array([[0.5], [-1.0]])})
    >>> "h, from -1 to 0.5" in html
    True
    """
    drawn = "".join(_heat_map(name, values, least_scale) for name, values in maps.items())
    legend = "Time steps from left to right, units from top to bottom. Blue is below 0, white is 0, orange is above 0."
    return f"<div><code>{escape(title)}</code><div>{drawn}</div><small>{legend}</small></div>"


def _heat_map(name: str, values: Array, least_scale: float) -> str:
    (T, H), finite = values.shape, values[np.isfinite(values)]
    steps, units = _chosen(T, MOST_STEPS), _chosen(H, MOST_UNITS)
    largest = float(np.abs(finite).max(initial=least_scale))
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (np.nan, np.nan)
    label = f"{name}, from {low:.3g} to {high:.3g}"
    if len(steps) < T or len(units) < H:
        label += f" ({len(steps)} of {T} steps, {len(units)} of {H} units)"
    paths = "".join(
        f'<path stroke="{colour}" d="{lines}"/>'
        for colour, lines in _lines_of_colours(values[np.ix_(steps, units)].T, largest or 1.0).items()
    )
    width, height = len(steps) * PIXELS, len(units) * PIXELS
    return (
        f'<div style="display:inline-block;margin:6px 16px 0 0;vertical-align:top"><div>{escape(label)}</div>'
        f'<svg role="img" aria-label="{escape(label)}" width="{width}" height="{height}" style="background:#fff" '
        f'viewBox="0 0 {len(steps)} {len(units)}" shape-rendering="crispEdges" stroke-width="1">{paths}</svg></div>'
    )


def _chosen(count: int, most: int) -> NDArray[np.intp]:
    """At most `most` evenly spaced indices."""
    return np.linspace(0, count - 1, min(count, most)).round().astype(np.intp)


def _lines_of_colours(rows: Array, scale: float) -> dict[str, str]:
    """The horizontal lines of each colour as an SVG path. Neighbours of one shade share a line; white is left out."""
    lines: defaultdict[str, str] = defaultdict(str)
    for y, row in enumerate(rows):
        x = 0
        for level, group in groupby(_levels(row, scale)):
            length = len(list(group))
            if level != 0:
                lines[_colour(level)] += f"M{x} {y}.5h{length}"
            x += length
    return lines


def _levels(row: Array, scale: float) -> list[int | None]:
    """Whole numbers from -LEVELS to LEVELS; None where a value is infinite or not a number."""
    return [round(value / scale * LEVELS) if np.isfinite(value) else None for value in row.tolist()]


def _colour(level: int | None) -> str:
    if level is None:
        return GREY
    share, end = abs(level) / LEVELS, BLUE if level < 0 else ORANGE
    return "#" + "".join(f"{round(white + share * (full - white)):02x}" for white, full in zip(WHITE, end, strict=True))
