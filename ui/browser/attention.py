"""The stage of the translator: what is read, what is written, and where the network looked before each written symbol.

The browser code is in attention/. A click on a written symbol asks the page to look into it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from rnn_core.arrays import Array
from ui.browser import assets, door
from ui.i18n import _

HEIGHT = 570
SAID = "said"

_part = st.components.v2.component("unrolled_attention", js=assets.LOADER)


@dataclass(frozen=True)
class Panel:
    title: str  # where there are several
    source: Sequence[str]  # (T,)
    output: Sequence[str]  # (S,)
    weights: Array | None  # (S, T) None without attention
    state: Array  # (H,) the encoder's last one, from -1 to 1


def attention(panels: Sequence[Panel], sentence: str, *, key: str, say: Callable[[int], None]) -> None:
    """`sentence` says what is shown, strong between **. A click on a written symbol calls `say` with its place, before the page's
    run."""
    longest = max(len(panel.output) for panel in panels)

    def take_said() -> None:
        place = door.read(st.session_state.get(key), SAID, door.whole(0, longest - 1))
        if place is not None:
            say(place)

    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("attention"),
                "height": HEIGHT,
                "panels": [_panel(panel) for panel in panels],
                "sentence": sentence,
                "words": {
                    "play": _("Write it again, symbol by symbol"),
                    "looks": _("“{symbol}” looks most at “{other}” ({share})"),
                    "unavailable": _("The picture could not be loaded. Please reload the page."),
                },
            }
        ),
        on_said_change=take_said,
    )


def _panel(panel: Panel) -> dict[str, object]:
    return {
        "title": panel.title,
        "source": list(panel.source),
        "output": list(panel.output),
        "weights": None if panel.weights is None else _percent(panel.weights),
        "state": _percent(panel.state),
    }


def _percent(values: Array) -> object:
    return (100 * values).round().astype(int).tolist()
