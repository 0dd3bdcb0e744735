"""Shares from 0 up in rows over steps, blank where there is no value: attention weights, or the mask of real steps."""

import numpy as np

from ui.figures.chart import Chart, Layout, figure, time_range
from ui.figures.style import INKS, ZERO
from ui.figures.thin import Array
from ui.figures.words import finite_range, number
from ui.i18n import _


def step_grid(
    values: Array,
    *,
    title: str,
    ink: str,
    x_title: str,
    y_title: str,
    top: float | None = None,
    height: int | None = None,
) -> Chart:
    """values (R, T), not below 0, row 1 at the top; nan stays blank. `top` is the end of the scale."""
    R, T = values.shape
    low, high = finite_range(values)
    cells = dict(
        type="heatmap",
        name=title,
        x=np.arange(1, T + 1),
        y=np.arange(1, R + 1),
        z=values,
        zmin=0.0,
        zmax=top or high or 1.0,
        colorscale=[[0.0, ZERO.light], [1.0, INKS[ink].light]],
        showscale=low < high,
        hoverongaps=False,
        hovertemplate=f"{y_title} %{{y}}, {x_title} %{{x}}<br><b>%{{z:.6~g}}</b><extra></extra>",
        colorbar={"thickness": 12, "outlinewidth": 0, "tickfont": {"size": 12}, "nticks": 5, "x": 1.01, "xpad": 4},
    )
    layout: Layout = {
        "xaxis": {"title": {"text": x_title}, "range": time_range(1, T), "showgrid": False},
        "yaxis": {"title": {"text": y_title}, "range": [R + 0.5, 0.5], "showgrid": False}
        | ({"dtick": 1} if R <= 8 else {"nticks": 6}),
    }
    made = figure([cells], title=title, height=height or int(np.clip(90 + 26 * R, 150, 380)), **layout)
    return Chart(made, _alt(values, title, x_title, y_title))


def _alt(values: Array, title: str, x_title: str, y_title: str) -> str:
    row, column = np.unravel_index(int(np.nanargmax(values)), values.shape)
    text = _(
        "{title}: {rows} rows ({y}) over {columns} columns ({x}). The largest is {high}, in row {row}, column {column}."
    )
    return text.format(
        title=title,
        rows=values.shape[0],
        y=y_title,
        columns=values.shape[1],
        x=x_title,
        high=number(float(values[row, column])),
        row=row + 1,
        column=column + 1,
    )
