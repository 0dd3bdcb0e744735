"""The stage of the Home page: a wave that the visitor draws, and the network that goes on with it, computed in the browser.

The browser code is in wave/. What it computes is rnn_core/studies/home_wave.py; tests/ui/browser/test_wave.py holds both equal.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from rnn_core.arrays import weight_names
from rnn_core.studies.home_wave import WaveNetwork
from ui.browser import assets, door
from ui.figures.style import INKS
from ui.i18n import _

HEIGHT = 780
KEY = "wave_stage"
RANGE = (-1.15, 1.15)
SHORTEST, LONGEST = 2, 48  # time steps that can be drawn

_part = st.components.v2.component("unrolled_wave", js=assets.LOADER)


class WaveToTry(NamedTuple):
    label: str
    values: Sequence[float]


def wave_stage(
    network: WaveNetwork, start: Sequence[float], to_try: Mapping[str, WaveToTry], *, ahead: int, is_own: bool
) -> tuple[float, ...]:
    """The drawn values. `is_own`: `start` comes from a link, so nothing is played over it."""
    started = hashlib.sha256(json.dumps(list(start)).encode()).hexdigest()[:12]
    chosen = next((name for name, wave in to_try.items() if list(wave.values) == list(start)), None)
    result = _part(
        key=KEY,
        data=assets.component_data(
            {
                "module": assets.serve("wave"),
                "height": HEIGHT,
                "weights": _weights(network),
                "start": list(start),
                "started": started,
                "isOwn": is_own,
                "preset": chosen,
                "ahead": ahead,
                "presets": [
                    {"name": name, "label": wave.label, "values": list(wave.values)} for name, wave in to_try.items()
                ],
                "inks": {"drawn": list(INKS["h"]), "network": list(INKS["gru"])},
                "words": _words(),
            }
        ),
        on_drawn_change=door.no_callback,
    )
    return door.read(result, "drawn", drawn_wave(started)) or tuple(start)


def drawn_wave(started: str) -> door.Reader[tuple[float, ...]]:
    """A wave of any length that can be drawn, of a drawing that began with this start."""
    fields = door.record(started=door.exactly(started), values=door.several(door.number(*RANGE), SHORTEST, LONGEST))

    def reader(sent: object) -> tuple[float, ...]:
        values: tuple[float, ...] = fields(sent)["values"]
        return values

    return reader


def _weights(network: WaveNetwork) -> dict[str, list[float]]:
    gru = {name: getattr(network.gru, name).ravel().tolist() for name in weight_names(network.gru)}
    return gru | {"W_hy": network.W_hy.ravel().tolist(), "b_y": network.b_y.ravel().tolist()}


def _words() -> dict[str, str]:
    return {
        "label": _(
            "A wave for the network to read. The arrow keys left and right choose a time step, up and down change its value."
        ),
        "yours": _("your wave"),
        "network": _("the network goes on"),
        "state": _("its state h: eight numbers per time step"),
        "axis": _("time step t"),
        "hint": _("Your turn: draw here"),
        "play": _("Read it again"),
        "presets": _("Waves to try"),
        "summary": _("Over your last {count} steps its prediction was off by {error} on average."),
        "period": _("It goes on with a period of about {period} steps."),
        "no_period": _("It goes on without swinging."),
        "first": _("Step {step}: you drew {value}. The network has read nothing before."),
        "given": _("Step {step}: you drew {value}; the network had predicted {predicted}."),
        "own": _("Step {step}: the network’s own prediction {value} is its next input."),
        "unavailable": _("The drawing area could not be loaded. Please reload the page."),
    }
