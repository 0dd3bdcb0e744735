"""The contribution of each time step to the gradient of a weight: of all entries, and of one as a running sum."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.figures.chart import Chart, Layout, figure, time_range
from ui.figures.lines import padded
from ui.figures.style import AGES, BACKGROUND, GRADIENT_LIGHT, INKS
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _

MOST_BANDS = len(AGES)
NEGATIVE, _ZERO, POSITIVE = GRADIENT_LIGHT


def entry_names(shape: tuple[int, ...]) -> list[str]:
    """[1,2] for the first row's second entry."""
    return [f"[{','.join(str(place + 1) for place in entry)}]" for entry in np.ndindex(shape)]


def stacked(parts: Array, whole: Array | None, *, symbol: str, title: str) -> Chart:
    """parts (T, *shape): one bar per entry, one band per group of steps. `whole` is the full gradient, given where it was truncated.

    The first picture shows the sum; the others add step after step, from the last back to the first.
    """
    T, shape = len(parts), parts.shape[1:]
    flat, names = parts.reshape(T, -1), entry_names(shape)
    bands = np.array_split(np.arange(T), min(T, MOST_BANDS))
    starts = (0, *reversed(range(T)))
    without = [] if whole is None else [_marks(whole.ravel(), names, _("not truncated"), "diamond-open", "baseline")]
    kinds = ["bar"] * len(bands) + ["scatter"]
    frames = [
        {
            "data": [{"type": kind, "y": y} for kind, y in zip(kinds, _heights(flat, bands, first), strict=True)],
            "name": _step_range(first + 1, T),
            "traces": list(range(len(kinds))),
        }
        for first in starts
    ]
    ends = np.stack([np.where(flat > 0, flat, 0).sum(axis=0), np.where(flat < 0, flat, 0).sum(axis=0)])
    span = np.concatenate([ends.ravel(), [] if whole is None else whole.ravel()])
    layout: Layout = {
        "barmode": "relative",
        "bargap": 0.35,
        "xaxis": {"showgrid": False, "type": "category", "tickangle": 0},
        "yaxis": {
            "zeroline": True,
            "range": padded((float(span.min()), float(span.max()))),
            "title": {"text": f"∂L/∂{symbol}"},
        },
        "legend": {"title": {"text": _("from steps")}, "traceorder": "normal"},
        "margin": {"r": 24},
    }
    alt = _("{title}: each bar is a stack of the steps’ contributions. The sums: {sums}.").format(
        title=title,
        sums=", ".join(f"{name} {number(float(value))}" for name, value in zip(names, flat.sum(axis=0), strict=True)),
    )
    return Chart(figure([*_bars(flat, bands, names), *without], title=title, height=400, frames=frames, **layout), alt)


def _heights(flat: Array, bands: list[NDArray[np.intp]], first: int) -> list[Array]:
    """The height of each band's bars, and the sums, of steps `first` (from 0) to the last."""
    there = np.where(np.arange(len(flat))[:, None] >= first, flat, 0.0)
    return [*(there[band].sum(axis=0) for band in bands), there.sum(axis=0)]


def _bars(flat: Array, bands: list[NDArray[np.intp]], names: list[str]) -> list[dict[str, Any]]:
    """The bars of all steps."""
    shades = np.linspace(0, len(AGES) - 1, len(bands)).round().astype(int)
    *heights, sums = _heights(flat, bands, 0)
    bars = [
        {
            "type": "bar",
            "name": _step_range(int(band[0]) + 1, int(band[-1]) + 1),
            "x": names,
            "y": height,
            "marker": {"color": AGES[shade].light, "line": {"width": 0.5, "color": BACKGROUND}},
            "hovertemplate": "%{x}<br><b>%{y:.6~g}</b><extra>%{fullData.name}</extra>",
        }
        for band, shade, height in zip(bands, shades, heights, strict=True)
    ]
    return [*bars, _marks(sums, names, _("sum"), "diamond", "gradient")]


def _marks(sums: Array, names: list[str], name: str, symbol: str, ink: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": names,
        "y": sums,
        "marker": {
            "symbol": symbol,
            "size": 12,
            "color": INKS[ink].light,
            "line": {"width": 2, "color": INKS[ink].light},
        },
        "hovertemplate": "%{x}<br><b>%{y:.6~g}</b><extra>" + name + "</extra>",
    }


def _step_range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def adding_up(parts: Array, whole: float | None, *, name: str, title: str) -> Chart:
    """parts (T,) of one entry: each bar begins where the sum of the later steps ended. `whole` as in `stacked`."""
    steps = np.arange(1, len(parts) + 1)
    sums = np.cumsum(parts[::-1])[::-1]  # of this step and all later ones
    bars = {
        "type": "bar",
        "name": name,
        "x": steps,
        "y": parts,
        "base": sums - parts,
        "marker": {"color": np.where(parts < 0, NEGATIVE, POSITIVE).tolist(), "line": {"width": 0}},
        "customdata": sums,
        "hovertemplate": _("step %{x} adds")
        + " <b>%{y:.6~g}</b><br>"
        + _("sum from the last step back to here:")
        + " %{customdata:.6~g}<extra></extra>",
    }
    total = float(sums[0])
    levels = [_level(total, "gradient", _("sum"), is_upper=whole is None or total >= whole)]
    if whole is not None:
        levels.append(_level(whole, "baseline", _("not truncated"), is_upper=whole > total))
    reach = np.concatenate([sums, [0.0], [] if whole is None else [whole]])
    layout: Layout = {
        "xaxis": {"title": {"text": _("step t")}, "range": time_range(1, len(parts))},
        "yaxis": {"title": {"text": name}, "range": padded((float(reach.min()), float(reach.max()))), "zeroline": True},
        "shapes": [shape for shape, _words in levels],
        "annotations": [words for _shape, words in levels],
        "bargap": 0.25,
        "showlegend": False,
    }
    largest = int(np.abs(parts).argmax())
    alt = _("{title}: it adds up to {total}. Step {step} adds most: {part}.").format(
        title=title, total=number(total), step=largest + 1, part=number(float(parts[largest]))
    )
    return Chart(figure([bars], title=title, height=320, **layout), alt)


def _level(value: float, ink: str, name: str, *, is_upper: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    line = {"color": INKS[ink].light, "width": 1.5, "dash": "dash"}
    shape = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": value, "y1": value, "line": line}
    words = {
        "text": f"{name} {number(value)}",
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": value,
        "yanchor": "bottom" if is_upper else "top",
        "showarrow": False,
        "font": {"color": INKS[ink].light, "size": 13},
    }
    return shape, words
