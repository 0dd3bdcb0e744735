"""The states and gates of the example, two pictures in a column."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.learn.state import LayerView, View
from ui.browser.plot import plot
from ui.figures.chart import Chart
from ui.figures.heatmap import gate_heatmap, state_heatmap
from ui.i18n import _
from ui.lab.figures import training as figures
from ui.lab.names import value_name
from ui.links.kept_settings import in_session
from ui.widgets.stage import stage_halves

UNITS_IN_A_SET = 16
ANY_SIZE = ("candidate", "step_size")
GATE_INKS = {
    **{"forget_share": "forget_gate", "input_share": "input_gate", "decay": "forget_gate"},
    **{"recurrence_gate": "reset_gate", "write": "input_gate"},
}


def states_and_gates(view: View | None) -> DeltaGenerator:
    """States and gates, two in a column; gives the place of the column beside them."""
    if view is None:
        st.markdown(_("The example is computed when the next steps have been made."))
        return st.container()
    with st.container(horizontal=True):
        layer = _layer(view)
        units = _units(layer.hs.shape[1])
    drawn: list[tuple[str, Chart]] = [("states", _states(layer, units))]
    if layer.cs is not None:
        drawn.append(("cells", _state(layer.cs, units, "c", _("Cell state c of the example"))))
    for gate, values in zip(layer.gate_names, layer.gates, strict=True):
        drawn.append((gate, _gate(gate, values, units)))
    pairs = [drawn[first : first + 2] for first in range(0, len(drawn), 2)]
    *columns, beside = st.columns(len(pairs) + 1)
    for place, (column, pair) in enumerate(zip(columns, pairs, strict=True)):
        with column, stage_halves(str(place)) if len(pair) > 1 else st.container():
            for key, chart in pair:
                plot(chart, key=key, height="stage")
    return beside


def _layer(view: View) -> LayerView:
    if len(view.layers) == 1:
        return view.layers[0]
    names = [figures.layer_label(layer) for layer in view.layers]
    place: int = st.selectbox(
        _("Layer"),
        range(len(names)),
        format_func=names.__getitem__,
        **in_session("lab_layer"),
        label_visibility="collapsed",
        width=220,
    )
    return view.layers[min(place, len(names) - 1)]


def _units(hidden: int) -> range:
    if hidden <= UNITS_IN_A_SET:
        return range(hidden)
    sets = [range(hidden), *(range(a, min(a + UNITS_IN_A_SET, hidden)) for a in range(0, hidden, UNITS_IN_A_SET))]
    names = [_("units {first} to {last}").format(first=each[0] + 1, last=each[-1] + 1) for each in sets]
    place: int = st.selectbox(
        _("Units"),
        range(len(sets)),
        format_func=names.__getitem__,
        **in_session(f"lab_units_{hidden}"),
        label_visibility="collapsed",
        width=220,
    )
    return sets[place]


def _states(layer: LayerView, units: range) -> Chart:
    if len(layer.hs) == len(layer.gradient_norms):
        return _state(layer.hs, units, "h", _("Hidden state h of the example"))
    return _state(layer.hs, units, "", _("Output of the layer, for the example"), first_step=1)


def _state(values: np.ndarray, units: range, symbol: str, title: str, first_step: int = 0) -> Chart:
    shown = values[:, units.start : units.stop].astype(np.float64)
    return state_heatmap(shown, title=title, symbol=symbol, first_step=first_step, units=units)


def _gate(gate: str, values: np.ndarray, units: range) -> Chart:
    """Candidate and step size may have any size; gates are between 0 and 1. A gate of all units is one row."""
    units = units if values.shape[1] > 1 else range(1)
    name = value_name(gate)
    shown, title = values[:, units.start : units.stop].astype(np.float64), name[0].upper() + name[1:]
    if gate in ANY_SIZE:
        return state_heatmap(shown, title=title, symbol="", first_step=1, units=units)
    return gate_heatmap(shown, title=title, ink=GATE_INKS.get(gate, gate), units=units)
