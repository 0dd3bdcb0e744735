"""The widgets of gradient descent on the cliff: start, learning rate and clipping threshold."""

from dataclasses import dataclass

import streamlit as st

from ui.browser.dial import page_dial
from ui.browser.plot import last_click
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.clipping.compute import B_RANGE, W_RANGE
from ui.widgets.stage import Stage

RATES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0)
THRESHOLDS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
DEFAULTS = {"w0": 4.7, "b0": -1.85, "rate": 0.2, "clip": 0.5}
NETWORK_THRESHOLDS = (0.1, 0.5, 1.0, 5.0, 10.0, 100.0, 1000.0)


@dataclass(frozen=True)
class Descending:
    start: tuple[float, float]  # w, b
    rate: float
    threshold: float


def descent_controls(stage: Stage, map_key: str) -> Descending:
    """Rate and threshold are in the dock, the start in the drawer. A click on the map is a start, too."""
    _start_at_click(map_key)
    with stage.dock:
        threshold = st.select_slider(_("Clip at c"), THRESHOLDS, DEFAULTS["clip"], **in_link("clip"))
        rate = st.select_slider(_("Learning rate"), RATES, DEFAULTS["rate"], **in_link("rate"))
    with stage.drawer:
        w = page_dial(_("Start: w"), *W_RANGE, DEFAULTS["w0"], 0.01, key="w0")
        b = page_dial(_("Start: b"), *B_RANGE, DEFAULTS["b0"], 0.01, key="b0")
    return Descending((w, b), rate, threshold)


def _start_at_click(map_key: str) -> None:
    """The map reports its last click in every run of the script; a click sets the sliders only once, so that they can be moved afterwards."""
    click = last_click(st.session_state.get(map_key))
    if click is None or click.x is None or click.y is None or click == st.session_state.get("last_start"):
        return
    st.session_state["last_start"] = click
    for key, place, (low, high) in (("w0", click.x, W_RANGE), ("b0", click.y, B_RANGE)):
        st.session_state[key] = round(min(max(place, low), high), 2)


def network_threshold() -> float:
    return st.select_slider(_("Clip the networks at c"), NETWORK_THRESHOLDS, 5.0, **in_link("clip_rnn"), width=320)
