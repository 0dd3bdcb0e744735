"""The waves of the Home page: those to try, and the wave of the link."""

import numpy as np
import streamlit as st

from rnn_core.arrays import Array
from ui.browser.wave import LONGEST, RANGE, SHORTEST, WaveToTry
from ui.cells.setup import SetupProblem, parse_numbers
from ui.i18n import _

READ, AHEAD = LONGEST, 40  # time steps that are drawn, and time steps that the network goes on for


def waves_to_try() -> dict[str, WaveToTry]:
    t = np.arange(READ)
    return {
        "even": WaveToTry(_("Even"), _values(0.84 * np.sin(2 * np.pi * t / 16))),
        "quick": WaveToTry(_("Quick"), _values(0.66 * np.sin(2 * np.pi * t / 9))),
        "slow": WaveToTry(_("Slow"), _values(0.86 * np.sin(2 * np.pi * t / 30 + 0.4))),
        "fading": WaveToTry(_("Fading"), _values(0.98 * np.exp(-t / 42) * np.sin(2 * np.pi * t / 13))),
        "two": WaveToTry(
            _("Two at once"), _values(0.6 * np.sin(2 * np.pi * t / 22) + 0.2 * np.sin(4 * np.pi * t / 22 + 1))
        ),
        "flat": WaveToTry(_("Flat line"), _values(np.full(READ, 0.5))),
    }


def _values(wave: Array) -> list[float]:
    return [float(value) for value in np.round(wave, 2)]


def wave_of_link() -> tuple[float, ...] | None:
    """The wave of the link; None where it has none, or one that cannot be drawn."""
    text = st.query_params.get("wave", "")
    if not text:
        return None
    try:
        wave = tuple(row[0] for row in parse_numbers(text, 1, most=READ))
    except SetupProblem:
        wave = ()
    if len(wave) < SHORTEST or not all(RANGE[0] <= value <= RANGE[1] for value in wave):
        problem = _("The wave in this link cannot be read, so the page begins with its own.")
        st.warning(problem, icon=":material/link_off:")
        return None
    return wave


def write_link(wave: tuple[float, ...], usual: tuple[float, ...]) -> None:
    text = ",".join(f"{value:g}" for value in wave)
    if wave == usual:
        st.query_params.pop("wave", None)
    elif st.query_params.get("wave") != text:
        st.query_params["wave"] = text
