"""All units of a layer beside one another, each as a small picture of its values over the same few steps: the chosen one is framed,
those that stand out are in full colour, and the arrow keys choose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from rnn_core.arrays import Array, Mask
from ui.browser import assets, door
from ui.browser.long_text import as_bytes
from ui.figures.style import DIVERGING_DARK, DIVERGING_LIGHT
from ui.i18n import _

HEIGHT = 107  # pixels that are reserved until the browser has counted the rows
KEY = "inside_all_units"

_part = st.components.v2.component("unrolled_all_units", js=assets.LOADER)


@dataclass(frozen=True)
class AllUnits:
    values: Array  # (H, T) from -1 to 1, in the order in which the units are shown
    names: Sequence[str]  # (H,) what is said of each of them
    clear: Mask  # (H,) the others are faded
    position: int  # of the chosen one


def all_units(shown: AllUnits, *, title: str, take_position: Callable[[int], None]) -> None:
    """`take_position` is called with the position of a unit that was clicked or asked for by a key, before the page's run."""

    def take_chosen() -> None:
        position = door.read(st.session_state.get(KEY), "position", door.whole(0, len(shown.names) - 1))
        if position is not None:
            take_position(position)

    _part(
        key=KEY,
        data=assets.component_data(
            {
                "module": assets.serve("all_units"),
                "height": HEIGHT,
                "steps": shown.values.shape[1],
                "units": as_bytes(shown.values),
                "names": list(shown.names),
                "clear": shown.clear.tolist(),
                "position": shown.position,
                "title": title,
                "colours": list(zip(DIVERGING_LIGHT, DIVERGING_DARK, strict=True)),
                "words": {
                    "some": _("Shown: {first} to {last} of {units}."),
                    "unavailable": _("The units could not be loaded. Please reload the page."),
                },
            }
        ),
        on_position_change=take_chosen,
    )
