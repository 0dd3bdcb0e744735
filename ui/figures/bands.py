"""The spread over seeds: a band between the lowest and the highest value of several seeds, drawn behind a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ui.figures.style import INKS
from ui.figures.thin import Array, thin
from ui.figures.words import number, superscript
from ui.i18n import _

MOST_POINTS = 2_000
_BEYOND = 2.0  # powers of ten: how far out of the picture a band without end is drawn


@dataclass(frozen=True)
class Band:
    name: str
    low: Array  # (N,) base-10 logarithms; may be -inf
    high: Array  # (N,)
    ink: str = "h"
    first_step: int = 0
    at: Array | None = None  # (N,) the steps of the values, where they are not at every step

    @property
    def steps(self) -> Array:
        return self.first_step + np.arange(len(self.low), dtype=np.float64) if self.at is None else self.at


def drawable_ends(band: Band) -> Array:
    """The finite ends of the band that the scale must include, within the range of float64."""
    edges = np.concatenate([band.low, band.high])
    ends: Array = np.clip(edges[np.isfinite(edges)], -320.0, 306.0)
    return ends


def band_trace(band: Band, span: Sequence[float], most: int = MOST_POINTS) -> dict[str, Any]:
    """`span` is the range of the scale, in powers of ten."""
    known = ~np.isnan(band.low) & ~np.isnan(band.high)
    if not known.any():  # yet to come: its place is kept, so that the chart need not be built anew for it
        return _shape(band, np.array([np.nan]), np.array([np.nan]))
    edges = thin(np.stack([band.low[known], band.high[known]], axis=1), most)
    steps = band.steps[known][edges.steps]
    edge = np.clip(edges.values, max(span[0] - _BEYOND, -300.0), min(span[1] + _BEYOND, 300.0))
    return _shape(
        band,
        np.concatenate([steps[:, 1], steps[::-1, 0]]),
        10.0 ** np.concatenate([edge[:, 1], edge[::-1, 0]]),
    )


def _shape(band: Band, x: Array, y: Array) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": band.name,
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": INKS[band.ink].light,
        "opacity": 0.16,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def describe_band(band: Band) -> str:
    known = np.flatnonzero(~np.isnan(band.low) & ~np.isnan(band.high))
    last = int(known[-1])
    return _("{name}: between {low} and {high} at {step}.").format(
        name=band.name,
        low=power_of_ten(band.low[last]),
        high=power_of_ten(band.high[last]),
        step=f"{band.steps[last]:g}",
    )


def power_of_ten(logarithm: float) -> str:
    """10**logarithm in words, also where it leaves the range of numbers: 3.2·10⁻⁴⁵."""
    if not np.isfinite(logarithm) or -4.0 < logarithm < 3.0:
        return number(float(10.0**logarithm))
    exponent = int(np.floor(logarithm))
    digits = f"{10.0 ** (logarithm - exponent):.2g}"
    if digits == "10":
        digits, exponent = "1", exponent + 1
    return f"{digits}·10{superscript(exponent)}"
