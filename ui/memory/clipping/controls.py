"""Where gradient descent on the cliff starts, how fast it goes, and when it is clipped."""

import streamlit as st

from ui.browser.plot import last_click
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.clipping.compute import B_RANGE, W_RANGE

RATES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0)
THRESHOLDS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
NETWORK_THRESHOLDS = (0.1, 0.5, 1.0, 5.0, 10.0, 100.0, 1000.0)


def descent_controls(map_key: str) -> tuple[tuple[float, float], float, float]:
    """Start (w, b), rate and threshold. A click on the map is a start, too."""
    _start_at_click(map_key)
    one, two, three, four = st.columns(4)
    with one:
        w = st.slider(_("Start: w"), *W_RANGE, 4.7, 0.01, **in_link("w0"))
    with two:
        b = st.slider(_("Start: b"), *B_RANGE, -1.85, 0.01, **in_link("b0"))
    with three:
        rate = st.select_slider(_("Learning rate"), RATES, 0.2, **in_link("rate"))
    with four:
        threshold = st.select_slider(_("Clip at c"), THRESHOLDS, 0.5, **in_link("clip"))
    return (w, b), rate, threshold


def _start_at_click(map_key: str) -> None:
    """The map tells its last click at every run: it sets the sliders once, and then they are the reader's again."""
    click = last_click(st.session_state.get(map_key))
    if click is None or click.x is None or click.y is None or click == st.session_state.get("last_start"):
        return
    st.session_state["last_start"] = click
    for key, place, (low, high) in (("w0", click.x, W_RANGE), ("b0", click.y, B_RANGE)):
        st.session_state[key] = round(min(max(place, low), high), 2)


def network_threshold() -> float:
    return st.select_slider(_("Clip the networks at c"), NETWORK_THRESHOLDS, 5.0, **in_link("clip_rnn"), width=320)
