"""A strip of small moving pictures: the ball plays, and on one time axis below lie the frames, the kind of motion that a network
expects, and its hidden state. Behind the last frame that was read come the frames that the network draws itself.

The browser code is in strip/. A path that the visitor drags or types is sent as a whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from rnn_core.apps.watch.motion import SIDE
from rnn_core.arrays import Array
from ui.browser import assets, door
from ui.i18n import _

HEIGHT = 600
PATH = "path"
FEWEST, MOST = 2, 24  # frames of a visitor's path

_part = st.components.v2.component("unrolled_strip", js=assets.LOADER)


@dataclass(frozen=True)
class Played:
    name: str  # another one plays at once
    frames: Array  # (T, pixels) read, then the network's own, from 0 to 1
    seen: int  # how many of them were read
    predicted: Array | None  # (T, pixels) for each frame; the first row has no meaning. None: no network yet
    places: (
        Array  # (n, 2) where the ball was at each frame, as far as it is known, in the order in which they were read
    )
    states: Array | None  # (T, H) from -1 to 1
    beliefs: Array | None  # (T, kinds)
    kinds: Sequence[str]
    answer: int | None  # after the last frame that was read
    right: int | None
    sentence: str  # strong between **


def strip_stage(played: Played, *, key: str, take: Callable[[Array], None]) -> None:
    """Calls `take` with the visitor's path (n, 2), in pixels of the field, before the page's run."""

    def take_path() -> None:
        points = door.read(st.session_state.get(key), PATH, drawn_path)
        if points is not None:
            take(points)

    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("strip"),
                "height": HEIGHT,
                "name": played.name,
                "side": SIDE,
                "frames": _percent(played.frames),
                "seen": played.seen,
                "predicted": _percent(played.predicted),
                "places": played.places.round(2).tolist(),
                "states": _percent(played.states),
                "beliefs": _percent(played.beliefs),
                "kinds": list(played.kinds),
                "answer": played.answer,
                "right": played.right,
                "sentence": played.sentence,
                "most": MOST,
                "words": _words(),
            }
        ),
        on_path_change=take_path,
    )


def drawn_path(sent: object) -> Array:
    point = door.several(door.number(0.0, SIDE), 2, 2)
    return np.array(door.several(point, FEWEST, MOST)(sent))


def _percent(values: Array | None) -> object:
    return None if values is None else (100 * values).round().astype(int).tolist()


def _words() -> dict[str, str]:
    return {
        "field": _("The ball: drag it along a path of your own"),
        "keys": _(
            "Keys: each arrow moves the ball by half a pixel and adds a frame, Enter ends the path, Escape drops it."
        ),
        "hint": _("Drag the ball along a path."),
        "drawing": _("{count} frames"),
        "read": _("it reads"),
        "expected": _("it expects"),
        "kinds": _("kind of motion"),
        "state": _("hidden state"),
        "own": _("its own frames"),
        "frame": _("frame {frame}"),
        "ring": _("ring: where the ball really is"),
        "play": _("Play"),
        "pause": _("Pause"),
        "axis": _("Frames of the strip"),
        "unavailable": _("The strip could not be loaded. Please reload the page."),
    }
