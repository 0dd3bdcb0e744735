"""A linear recurrence read twice: by a loop, step after step, and by a scan, as a tree of rounds with one clock for both.

The browser code is in scan/. It draws every round from one message, and plays them without asking the page; where the clock
rests it tells the page, so that the moment stands in the link.
"""

from collections.abc import Sequence

import streamlit as st

from rnn_core.passes.scan import Scan
from ui.browser import assets, door
from ui.browser.dial import MOVE, DialSpec, dial_value, moved, take_moved, write_link
from ui.i18n import _

HEIGHT = 560  # until the part knows the height of the stage

_part = st.components.v2.component("unrolled_scan", js=assets.LOADER)


def scan_tree(found: Scan, clock: DialSpec, sentences: Sequence[str], *, key: str, alt: str) -> None:
    """`found` is a scan of one unit. `sentences` say what is seen at each moment of the clock."""
    sent = door.read(st.session_state.get(key), MOVE, moved(clock))
    value = dial_value(clock)
    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("scan"),
                "height": HEIGHT,
                "rounds": [
                    {
                        "A": each.A.ravel().tolist(),
                        "B": each.B.ravel().tolist(),
                        "combined": each.combined.tolist(),
                        "starts": each.starts.tolist(),
                    }
                    for each in found.rounds
                ],
                "moment": value,
                "answered": sent["at"] if sent else 0,
                "sentences": list(sentences),
                "alt": alt,
                "words": _words(),
            }
        ),
        on_moved_change=take_moved(clock, key, MOVE),
    )
    write_link(clock, value)


def _words() -> dict[str, str]:
    return {
        "loop": _("One by one"),
        "scan": _("Scan"),
        "ready": _("{count} of {all}"),
        "states": _("states are ready"),
        "given": "(a, b)",
        "round": _("round {number}"),
        "result": _("state h"),
        "clock": _("Clock {moment} of {last}"),
        "play": _("Play"),
        "pause": _("Pause"),
        "back": _("One moment back"),
        "on": _("One moment on"),
        "keys": _("The arrow keys choose a pair of the tree."),
        "unavailable": _("The scan could not be drawn. Please reload the page; the text says what it shows."),
    }
