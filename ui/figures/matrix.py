"""A weight matrix: colours by sign and size, with the numbers in the cells where they fit."""

import re
from collections.abc import Sequence

import numpy as np

from ui.figures.chart import Chart, Layout, figure
from ui.figures.style import DIVERGING_LIGHT, SOFT_DIVERGING_LIGHT, TEXT
from ui.figures.thin import Array
from ui.figures.words import finite_range, largest_magnitude, number
from ui.i18n import _

MOST_WITH_NUMBERS = 144  # cells


def matrix(
    values: Array,
    *,
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    row_title: str = "",
    column_title: str = "",
    reach: float | None = None,
    most_with_numbers: int = MOST_WITH_NUMBERS,
) -> Chart:
    """values (R, C), row 0 on top as in the equation. `reach` fixes the scale, to compare matrices."""
    R, C = values.shape
    numbers = values.size <= most_with_numbers
    limit = reach or largest_magnitude(values)
    # Every cell is a number of its own place: names may repeat, and plotly would merge equal names.
    ys, xs = np.arange(R), np.arange(C)
    names = [[f"{row}, {column}" for column in columns] for row in rows]
    cells = dict(
        type="heatmap",
        name=title,
        x=xs,
        y=ys,
        z=values,
        zmin=-limit,
        zmax=limit,
        colorscale=list(zip((0.0, 0.5, 1.0), SOFT_DIVERGING_LIGHT if numbers else DIVERGING_LIGHT, strict=True)),
        customdata=names,
        texttemplate="%{z:.2f}" if numbers else None,
        meta="wide" if numbers and not _fits_a_phone(rows, C) else None,
        textfont={"size": 13, "color": TEXT},
        xgap=1,
        ygap=1,
        hovertemplate="%{customdata}<br><b>%{z:.6~g}</b><extra></extra>",
        colorbar={"thickness": 12, "outlinewidth": 0, "tickfont": {"size": 12}, "nticks": 5, "x": 1.01, "xpad": 4},
    )
    layout: Layout = {
        "xaxis": {
            "tickvals": xs,
            "ticktext": list(columns),
            "side": "top",
            "showgrid": False,
            "title": {"text": column_title},
        },
        "yaxis": {
            "tickvals": ys,
            "ticktext": list(rows),
            "range": [R - 0.5, -0.5],
            "showgrid": False,
            "title": {"text": row_title},
        },
        "margin": {"t": 54, "b": 12},
    }
    height = int(np.clip(84 + 34 * R, 170, 520))
    return Chart(figure([cells], title=title, height=height, **layout), _alt(values, title, rows, columns))


def _alt(values: Array, title: str, rows: Sequence[str], columns: Sequence[str]) -> str:
    low, high = finite_range(values)
    text = _("{title}: a {rows} × {columns} matrix, from {low} to {high}.").format(
        title=title, rows=values.shape[0], columns=values.shape[1], low=number(low), high=number(high)
    )
    magnitude = np.where(np.isfinite(values), np.abs(values), -1.0)
    row, column = map(int, np.unravel_index(magnitude.argmax(), values.shape))
    strongest = _("Strongest: {row}, {column}, with {value}.").format(
        row=rows[row], column=columns[column], value=number(float(values[row, column]))
    )
    return f"{text} {strongest}"


def _fits_a_phone(rows: Sequence[str], columns: int) -> bool:
    """Whether the numbers have room beside the names of the rows, in pixels: a chart on a phone is about 360 wide."""
    longest = max((len(re.sub("<[^>]*>", "", row)) for row in rows), default=0)
    return 8 * longest + 36 * columns <= 310
