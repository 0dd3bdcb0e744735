"""The eigenvalues of a matrix in the complex plane, with the unit circle, and the circle that bounds them."""

import numpy as np
from numpy.typing import NDArray

from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import INKS
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _


def eigenvalue_plane(eigenvalues: NDArray[np.complex128], largest_singular: float, *, title: str) -> Chart:
    """No eigenvalue is larger than the largest singular value: that circle is drawn dashed."""
    radius = float(np.abs(eigenvalues).max())
    reach = 1.12 * max(1.0, largest_singular)
    turn = np.linspace(0.0, 2 * np.pi, 181)
    traces = [
        _circle(_("unit circle"), 1.0, turn, "solid", "y"),
        _circle(_("largest singular value"), largest_singular, turn, "dash", "baseline"),
        {
            "type": "scatter",
            "name": _("eigenvalues"),
            "x": eigenvalues.real,
            "y": eigenvalues.imag,
            "mode": "markers",
            "marker": {"size": 8, "color": INKS["h"].light},
            "customdata": np.abs(eigenvalues),
            "hovertemplate": "%{x:.4~g} + %{y:.4~g} i<br><b>|λ| = %{customdata:.4~g}</b><extra></extra>",
        },
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": _("real part")}, "range": [-reach, reach]},
        "yaxis": {"title": {"text": _("imaginary part")}, "range": [-reach, reach], "scaleanchor": "x"},
        "margin": {"r": 20, "t": 34},
    }
    alt = _(
        "{title}: {count} points in the complex plane. The largest is {radius} from zero, {inside} lie inside the unit circle; "
        "none can be further out than the largest singular value, {s1}."
    ).format(
        title=title,
        count=len(eigenvalues),
        radius=number(radius),
        inside=int((np.abs(eigenvalues) < 1.0).sum()),
        s1=number(largest_singular),
    )
    return Chart(figure(traces, title=title, height=380, **layout), alt)


def _circle(name: str, radius: float, turn: Array, dash: str, ink: str) -> Trace:
    return {
        "type": "scatter",
        "name": name,
        "x": radius * np.cos(turn),
        "y": radius * np.sin(turn),
        "mode": "lines",
        "line": {"color": INKS[ink].light, "width": 1.5, "dash": dash},
        "hoverinfo": "skip",
    }
