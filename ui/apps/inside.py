"""Look inside: the states, gates and gradients of the example on the page."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from rnn_core.cells import AnyGradients, AnyTrace
from ui.browser.plot import plot
from ui.cells.gate_names import gate_name
from ui.figures.chart import Chart
from ui.figures.heatmap import gate_heatmap, state_heatmap
from ui.figures.lines import Line
from ui.figures.norms import norm_chart
from ui.figures.step_names import with_step_names
from ui.i18n import _
from ui.memory.gates.intervention_text import GATES
from ui.widgets.choices import choice

MOST_UNITS = 64


def inside(trace: AnyTrace, gradients: AnyGradients, cursor: str, steps: Sequence[str] = ()) -> None:
    """`steps`: the words or letters of the input, one per time step."""
    labels = {"states": _("states"), "gates": _("gates"), "gradients": _("gradients")}
    if not trace.gates:
        labels.pop("gates")
    shown = choice(st.segmented_control, _("Show"), labels, "states", "inside")
    if shown == "gates":
        _gates(trace, cursor, steps)
    elif shown == "gradients":
        _gradients(gradients, cursor, steps)
    else:
        _states(trace, cursor, steps)


def _states(trace: AnyTrace, cursor: str, steps: Sequence[str]) -> None:
    _draw(state_heatmap(trace.hs[:, :MOST_UNITS], title=_("Hidden states h")), "inside_h", cursor, steps)
    if (cs := getattr(trace, "cs", None)) is not None:
        _draw(state_heatmap(cs[:, :MOST_UNITS], title=_("Cell states c"), symbol="c"), "inside_c", cursor, steps)


def _gates(trace: AnyTrace, cursor: str, steps: Sequence[str]) -> None:
    columns = st.columns(2)
    for place, (letter, gate) in enumerate(GATES[trace.params.cell].items()):
        values, title = getattr(trace, gate)[:, :MOST_UNITS], f"{gate_name(gate)} {letter}"
        with columns[place % 2]:
            if gate == "candidate":
                drawn = state_heatmap(values, title=title, symbol=letter, first_step=1)
            else:
                drawn = gate_heatmap(values, title=title, ink=gate, symbol=letter)
            _draw(drawn, f"inside_{gate}", cursor, steps)


def _gradients(gradients: AnyGradients, cursor: str, steps: Sequence[str]) -> None:
    norms = np.linalg.norm(gradients.dhs, axis=1)
    last = int(np.flatnonzero(norms).max(initial=1))  # later steps have no influence on the answer
    lines = [
        Line("∂/∂h", norms[: last + 1], "gradient", 0),
        Line("∂/∂x", np.linalg.norm(gradients.dxs[:last], axis=1), "x", 1),
    ]
    drawn = norm_chart(
        lines, title=_("Sensitivity of the answer to each time step"), y_title=_("norm"), read_from="end"
    )
    _draw(drawn, "inside_felt", cursor, steps)


def _draw(chart: Chart, key: str, cursor: str, steps: Sequence[str]) -> None:
    plot(with_step_names(chart, steps) if steps else chart, key=key, cursor=cursor)
